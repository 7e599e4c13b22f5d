package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.Register;
import dev.tapwright.compiler.bpf.code.RegisterTypes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a program takes of what the kernel gives.
 *
 * @param instructions how many, a constant of 64 bits counted twice as the kernel does
 * @param stackBytes of the 512 of the stack
 * @param maps places of the maps it uses, ascending
 */
record ProgramCost(int instructions, int stackBytes, Set<Integer> maps) {
  /** Counts it. */
  static ProgramCost of(List<Instruction> instructions) {
    RegisterTypes types = RegisterTypes.of(instructions);
    Set<Integer> maps = new TreeSet<>();
    int slots = 0;
    int lowest = 0;
    for (int i = 0; i < instructions.size(); i++) {
      slots++;
      switch (instructions.get(i)) {
        case Instruction.LoadConstant _ -> slots++;
        case Instruction.LoadMap(Register _, int map) -> {
          slots++;
          maps.add(map);
        }
        case Instruction.LoadMapValue(Register _, int map, int _) -> {
          slots++;
          maps.add(map);
        }
        case Instruction.Load load ->
            lowest = Math.min(lowest, offset(types.of(i, load.base()), load.offset()));
        case Instruction.Store store ->
            lowest = Math.min(lowest, offset(types.of(i, store.base()), store.offset()));
        case Instruction.Call _ -> {
          for (int argument = 1; argument <= 5; argument++) {
            lowest = Math.min(lowest, offset(types.of(i, Register.of(argument)), 0));
          }
        }
        default -> {}
      }
    }
    return new ProgramCost(slots, -lowest, maps);
  }

  /** Of a place on the stack, and some bytes on, the offset; of all else 0. */
  private static int offset(RegisterTypes.Type type, int further) {
    return type instanceof RegisterTypes.Type.Stack(var offset) ? offset.orElse(0) + further : 0;
  }

  /** In words, with the names of the maps. */
  String text(List<MapDefinition> definitions) {
    String names =
        String.join(", ", maps.stream().map(map -> definitions.get(map).name()).toList());
    return "%d instructions, %d bytes of stack, %s"
        .formatted(instructions, stackBytes, names.isEmpty() ? "no maps" : "maps " + names);
  }
}
