package dev.tapwright.compiler.probe;

import java.util.OptionalInt;

/**
 * A variable that a probe point offers as {@code $name}.
 *
 * @param name without {@code $}; {@code return} for a function's result
 * @param type as C writes it, such as {@code struct task_struct *}
 * @param typeId the type's number in {@link dev.tapwright.compiler.target.DataTypes}; 0 where it is
 *     not known
 * @param location where its value is
 */
public record ContextVariable(String name, String type, int typeId, Location location) {
  /** Where a probe's handler finds a value. */
  public sealed interface Location {
    /**
     * An argument of the function or tracepoint.
     *
     * @param index its place among those that each fill one register or slot
     */
    record Argument(int index) implements Location {}

    /**
     * The same of an argument of a type that the verifier does not let a program read where it is.
     */
    record CopiedArgument(int index) implements Location {}

    /**
     * An argument of the system call that the process makes or has made.
     *
     * @param index its place, 0 to 5
     */
    record SystemCallArgument(int index) implements Location {}

    /** The number of that system call. */
    record SystemCallNumber() implements Location {}

    /**
     * What the function returns.
     *
     * @param slot its place behind the arguments, where those fill slots
     * @param isCopied whether the verifier does not let a program read it there
     */
    record Result(int slot, boolean isCopied) implements Location {}

    /** The address of the program's context: its arguments, each in eight bytes. */
    record Context() implements Location {}

    /**
     * Bytes behind the address that an argument is.
     *
     * @param index of the argument
     */
    record Pointed(int index, int offset, int size) implements Location {}

    /** What the handler answers the kernel that asks it, as far as it has been assigned to. */
    record Answer() implements Location {}

    /**
     * A register as it was where the probe was hit.
     *
     * @param number as DWARF numbers the architecture's registers
     */
    record Register(int number) implements Location {}

    /**
     * An argument of a mark in a program.
     *
     * @param size bytes of it
     */
    record MarkArgument(Operand operand, int size, boolean isSigned) implements Location {}

    /** Bytes of the tracepoint's record: a number. */
    record RecordField(int offset, int size, boolean isSigned) implements Location {}

    /** Bytes of the tracepoint's record: an array, whose address is the value. */
    record RecordArray(int offset, int size) implements Location {}

    /**
     * A place further back in the tracepoint's record, whose address is the value: a word of the
     * record holds its offset in the low half and its length in the high half.
     *
     * @param isRelative whether that offset counts from behind the word
     */
    record RecordData(int offset, boolean isRelative) implements Location {}
  }

  /** What the compiler has put an argument of a mark in; registers as DWARF numbers them. */
  public sealed interface Operand {
    /** Always the same. */
    record Constant(long value) implements Operand {}

    /** A register, or its lower bytes. */
    record Register(int number) implements Operand {}

    /** Memory of the process at {@code base + index * scale + displacement}. */
    record Memory(int base, OptionalInt index, int scale, long displacement) implements Operand {}
  }

  /** As {@code -L} lists it: {@code $prev:struct task_struct*}. */
  public String listing() {
    return "$" + name + ":" + type.replace(" *", "*");
  }
}
