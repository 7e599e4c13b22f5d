package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.DataTypes.PrototypeTypes;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import dev.tapwright.compiler.target.TypeShape;
import java.util.List;

/**
 * What fentry, fexit and security programs can be attached to, and which arguments the verifier
 * lets them read: {@code btf_distill_func_proto} and {@code btf_ctx_access} of {@code
 * kernel/bpf/btf.c}, {@code arch_prepare_bpf_trampoline} of {@code arch/x86/net/bpf_jit_comp.c}.
 */
final class Trampolines {
  private static final int SLOT = Long.BYTES;

  /** Arguments that the kernel's calling convention passes in registers. */
  private static final int IN_REGISTERS = 6;

  /** {@code MAX_BPF_FUNC_ARGS}. */
  private static final int MOST_SLOTS = 12;

  private Trampolines() {}

  /** Whether a function has one. */
  static boolean carry(FunctionPrototype prototype, DataTypes data, KernelProfile profile) {
    if (prototype.parameters().stream().anyMatch(parameter -> parameter.type().equals("..."))) {
      return false;
    }
    PrototypeTypes types = data.typesOf(prototype).orElse(new PrototypeTypes(0, List.of()));
    if (data.shape(types.result()) instanceof TypeShape.Composite) {
      return false;
    }
    int slots = 0;
    for (int type : types.parameters()) {
      if (data.shape(type) instanceof TypeShape.Composite value && !isCarried(value, profile)) {
        return false;
      }
      slots += slots(data, type);
    }
    return slots <= (profile.has(KernelFeature.TRAMPOLINE_STACK) ? MOST_SLOTS : IN_REGISTERS);
  }

  private static boolean isCarried(TypeShape.Composite value, KernelProfile profile) {
    return profile.has(KernelFeature.TRAMPOLINE_STRUCTURES)
        && !value.isUnion()
        && value.size() <= 2 * SLOT;
  }

  /**
   * Whether every verifier lets a program read an argument or result of a type out of its slot:
   * numbers, and pointers to what can be a pointer of its own kind or is none at all.
   */
  static boolean isReadable(DataTypes data, int type) {
    return !(data.shape(type) instanceof TypeShape.Pointer(int target))
        || target == 0
        || (data.shape(target) instanceof TypeShape.Composite && !data.isDeclaration(target))
        || isPlainCharacter(data.spelling(target));
  }

  private static boolean isPlainCharacter(String spelling) {
    return spelling.equals("char") || spelling.equals("const char");
  }

  /** How many slots or registers a value of a type fills. */
  static int slots(DataTypes data, int type) {
    return Math.max(1, (int) ((data.size(type) + SLOT - 1) / SLOT));
  }

  /** Hands out places to the arguments of a function, one after the other. */
  interface Places {
    /** The place of an argument of so many slots. */
    int next(int slots);

    /** One slot behind the other, as a trampoline and a tracepoint have them. */
    static Places consecutive() {
      return new Places() {
        private int used;

        @Override
        public int next(int slots) {
          int place = used;
          used += slots;
          return place;
        }
      };
    }

    /**
     * Registers, and behind them the stack: the System V calling convention of x86-64. What does
     * not fit into the registers that are left, or is of more than two, lies on the stack.
     */
    static Places ofCallingConvention() {
      return new Places() {
        private int registers;
        private int stack = IN_REGISTERS;

        @Override
        public int next(int slots) {
          if (slots > 2 || registers + slots > IN_REGISTERS) {
            int place = stack;
            stack += slots;
            return place;
          }
          int place = registers;
          registers += slots;
          return place;
        }
      };
    }
  }
}
