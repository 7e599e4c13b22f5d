package dev.tapwright.compiler.runtime;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Choices that a seed makes: the same for each run. */
final class RandomChoices {
  private final Random random;
  private final Set<RandomConstruct> constructs = EnumSet.noneOf(RandomConstruct.class);

  /**
   * Decides first which constructs there are, so that handlers differ in kind.
   *
   * @param kernel the version that they are for; empty for one that has everything
   */
  RandomChoices(long seed, String kernel) {
    this.random = new Random(seed * 0x9e3779b97f4a7c15L);
    for (RandomConstruct construct : RandomConstruct.values()) {
      if (random.nextInt(4) > 0 && construct.isCarriedBy(kernel)) {
        constructs.add(construct);
      }
    }
  }

  boolean has(RandomConstruct construct) {
    return constructs.contains(construct);
  }

  /** A number from 0 to one less than the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in so many times. */
  boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** One of several. */
  String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of a list. */
  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
