package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How to get at a value of the traced program, such as {@code $file->f_inode->i_ino}: a first
 * value, and steps that each make another out of it. The last one's is the result.
 *
 * @param base the first value
 * @param steps in order
 * @param type of the result
 * @param isUser whether addresses are those of a user program, not of the kernel
 * @param cType the result's type as C writes it
 * @param pointee where the result is an address, the number of the type of what is there; empty
 *     where that is not known
 */
public record ContextAccess(
    Base base, List<Step> steps, Type type, boolean isUser, String cType, OptionalInt pointee) {
  /** Copies the list. */
  public ContextAccess {
    steps = List.copyOf(steps);
  }

  /**
   * Whether where it finds its value depends on how the kernel was built: on its structures, on the
   * parameters of its functions, and on the records of its tracepoints.
   */
  public boolean isOfKernelBuild() {
    boolean isOfBase =
        base instanceof Base.Variable(ContextVariable.Location location, int _, boolean _)
            && !(location instanceof ContextVariable.Location.MarkArgument
                || location instanceof ContextVariable.Location.Register
                || location instanceof ContextVariable.Location.Answer);
    return isOfBase
        || steps.stream()
            .anyMatch(step -> step instanceof Step.Offset || step instanceof Step.BitField);
  }

  /** A first value. */
  public sealed interface Base {
    /**
     * A context variable, or a register.
     *
     * @param size bytes of its type: what is above them is not part of the value
     */
    record Variable(ContextVariable.Location location, int size, boolean isSigned)
        implements Base {}

    /** What an expression of the script gives: an address. */
    record Value(Expression expression) implements Base {}
  }

  /** A step. */
  public sealed interface Step {
    /**
     * Adds the place of a member.
     *
     * @param structure the structure or union as C writes it, such as {@code struct file}
     * @param member its member; the way through members without names is left out
     */
    record Offset(long bytes, String structure, String member) implements Step {}

    /** Adds the place of an element. */
    record Index(Expression index, long elementSize) implements Step {}

    /**
     * Takes the number at the address.
     *
     * @param size 1, 2, 4 or 8 bytes
     */
    record Load(int size, boolean isSigned) implements Step {}

    /**
     * Cuts a bit-field out of a number.
     *
     * @param offset the lowest bit
     */
    record BitField(int offset, int size, boolean isSigned) implements Step {}

    /**
     * Takes the string at the address, up to its NUL.
     *
     * @param limit most bytes it can have, without a NUL; 0 where that is not known
     */
    record Text(int limit) implements Step {}

    /** Takes the name that a number has in an enumeration; its digits where it has none. */
    record EnumeratorName(TypeShape.Enumeration enumeration) implements Step {}
  }

  /** Whether it is what the handler answers the kernel, which it may write to. */
  public boolean isAnswer() {
    return base instanceof Base.Variable(ContextVariable.Location.Answer _, int _, boolean _)
        && steps.isEmpty();
  }

  /** Whether it reads memory at an address. */
  public boolean readsMemory() {
    return steps.stream().anyMatch(step -> step instanceof Step.Load || step instanceof Step.Text);
  }

  /** The expressions of the script that it uses, in the order in which they are evaluated. */
  public List<Expression> operands() {
    List<Expression> operands = new ArrayList<>();
    if (base instanceof Base.Value(Expression expression)) {
      operands.add(expression);
    }
    for (Step step : steps) {
      if (step instanceof Step.Index(Expression index, long size)) {
        operands.add(index);
      }
    }
    return operands;
  }
}
