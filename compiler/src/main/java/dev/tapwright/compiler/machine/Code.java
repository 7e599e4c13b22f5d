package dev.tapwright.compiler.machine;

/** An expression, or what may stand in its place between the brackets of an array. */
public sealed interface Code permits NumberCode, TextCode, Code.AnyValue {
  /** Refuses a program if this names what it does not have. */
  void check(ProgramCheck check);

  /** {@code *} between the brackets of an array. */
  record AnyValue() implements Code {
    @Override
    public void check(ProgramCheck check) {
      throw check.refuse("a wildcard that is no key");
    }
  }
}
