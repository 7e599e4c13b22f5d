package dev.tapwright.compiler.agreement;

import java.util.List;
import java.util.Random;

/** Chance, and how often a mistake is made. The same seed gives the same throws. */
final class Dice {
  private final Random random;
  private final double mistakes;

  /**
   * @param mistakes how many of all choices are wrong on purpose, from 0 to 1
   */
  Dice(long seed, double mistakes) {
    this.random = new Random(seed * 7919 + 17);
    this.mistakes = mistakes;
  }

  /** A number from 0 up to, and without, {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  boolean isMistaken() {
    return mistakes > 0 && chance(mistakes);
  }

  /** One of some, each as likely as the others. */
  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of a list that is not empty. */
  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A number or a text. */
  Scope.Kind kind() {
    return random.nextBoolean() ? Scope.Kind.NUMBER : Scope.Kind.TEXT;
  }
}
