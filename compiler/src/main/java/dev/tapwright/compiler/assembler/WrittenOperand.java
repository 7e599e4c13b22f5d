package dev.tapwright.compiler.assembler;

/** An operand as written. */
sealed interface WrittenOperand {
  /** Place in the block's text. */
  int start();

  /** Place behind it. */
  int end();

  /** {@code -}. */
  record Absent(int start, int end) implements WrittenOperand {}

  /** A number with its sign. */
  record Number(int start, int end, long value) implements WrittenOperand {}

  /** A register's name, a label, a helper or a constant. */
  record Word(AssemblyToken token) implements WrittenOperand {
    @Override
    public int start() {
      return token.start();
    }

    @Override
    public int end() {
      return token.end();
    }

    /** The name. */
    String text() {
      return token.text();
    }
  }

  /** A string. */
  record Text(AssemblyToken token) implements WrittenOperand {
    @Override
    public int start() {
      return token.start();
    }

    @Override
    public int end() {
      return token.end();
    }
  }

  /** {@code [base + offset]}. */
  record Memory(int start, int end, WrittenOperand base, long offset) implements WrittenOperand {}
}
