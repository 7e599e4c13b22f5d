package dev.tapwright.compiler.runtime;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the verifier's reasons mean, in plain words (kernel, kernel/bpf/verifier.c). */
final class VerifierReason {
  private record Known(Pattern words, String meaning) {
    static Known of(String words, String meaning) {
      return new Known(Pattern.compile(words), meaning);
    }
  }

  /** The first that fits counts. */
  private static final List<Known> KNOWN =
      List.of(
          Known.of(
              "invalid (unbounded |)variable-offset (indirect |)(read|write|access).* stack",
              "the place on the stack is computed from a number that could be anything: compare it with both bounds first"),
          Known.of(
              "invalid (indirect |)read from stack|invalid indirect access to stack",
              "bytes of the stack are read that were never written"),
          Known.of(
              "invalid (write to|read from|access to|zero-sized read from) stack|invalid stack type|out of bounds .*stack|invalid stack off",
              "this is outside of the stack"),
          Known.of(
              "invalid mem access '.*_or_null'",
              "an address that can be null is used before it is compared with 0"),
          Known.of("invalid mem access '(scalar|inv|unknown)'", "a number is used as an address"),
          Known.of(
              "invalid access to map value|(min|max) value is (negative|outside)|unbounded memory access|R\\d+ min value is",
              "this can be outside of the memory that an address belongs to: compare the number that moves it with both bounds first"),
          Known.of(
              "invalid access to memory|invalid bpf_context access|dereference of modified ctx|off=.* size=.* is not allowed",
              "this is not a part of what can be read at that address"),
          Known.of(
              "math between .* pointer|pointer arithmetic|pointer operation|arithmetic .*prohibited|bitwise operator",
              "an address is computed in a way that the verifier cannot follow"),
          Known.of("!read_ok", "a register is read that has no value on one way at least"),
          Known.of(
              "type=\\S+ expected=", "a helper is given something that it does not take there"),
          Known.of(
              "unknown func|cannot use helper|helper call is not allowed|program of this type cannot use",
              "this kernel has no such helper for probes of this kind"),
          Known.of(
              "back-edge|infinite loop|loop detected", "the verifier does not see this loop end"),
          Known.of(
              "program is too large|too many states|jumps is too complex|too many processed",
              "there are more ways through the handler than the verifier goes through"),
          Known.of(
              "combined stack size|stack depth|stack size",
              "the handler needs more stack than there is"),
          Known.of("div(ision|) by zero", "this divides by zero"),
          Known.of("invalid shift", "a shift is by more bits than there are"),
          Known.of("leaks addr|R0 leaks", "an address would be given out of the kernel"),
          Known.of(
              "cannot write into|write .*prohibited|only read is supported",
              "this memory can only be read"),
          Known.of("misaligned", "the place is not a multiple of the bytes that are accessed"));

  private VerifierReason() {}

  /** What a line of the log means; empty when it is none of the known reasons. */
  static Optional<String> of(String line) {
    return KNOWN.stream()
        .filter(known -> known.words().matcher(line).find())
        .map(Known::meaning)
        .findFirst();
  }
}
