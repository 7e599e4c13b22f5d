package dev.tapwright.compiler.target;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A kernel and three modules, of which two are described.
 *
 * <pre>
 *   kernel   struct secret;                              // only declared
 *            struct box { int count; struct secret *secret; };
 *            enum state { IDLE = 1 };
 *            int open_box(struct box *box);
 *   one      struct secret { int key; struct box box; };
 *            int open_box(struct secret *secret, enum state state);
 *            void (*btf_trace_opened)(void *, struct secret *);     // tracepoint opened(struct secret *secret)
 *   two      struct secret { struct secret *other; char text[8]; };
 *            enum color { RED = 7 };
 *   three    int shut_box(void);                         // not described
 * </pre>
 */
public record ModuleMachine(BtfFixture kernel, Map<String, BtfFixture> modules) {
  private static final int SIGNED_INT = 0x01000020;

  /**
   * The machine, with the functions of its kernel; {@code later} is a module that is not loaded.
   */
  public static Target target() throws MalformedFileException {
    KernelTypes types = of(ByteOrder.nativeOrder()).types();
    FixedTarget symbols =
        new FixedTarget(
            KernelProfile.ofVersion(KernelVersion.of(6, 12)),
            List.of(
                symbol("open_box", Optional.empty()),
                symbol("open_box", Optional.of("one")),
                symbol("__traceiter_opened", Optional.of("one")),
                symbol("shut_box", Optional.of("three"))),
            OptionalLong.empty(),
            List.of(),
            List.of(),
            List.of(new Tracepoints.Tracepoint("boxes", "opened")),
            List.of());
    return new ForwardingTarget(symbols) {
      @Override
      public Optional<KernelTypes> kernelTypes() {
        return Optional.of(types);
      }

      @Override
      public ModuleState moduleState(String name) {
        return switch (name) {
          case "two" -> ModuleState.LOADED;
          case "later" -> ModuleState.NOT_LOADED;
          case "inside" -> ModuleState.BUILT_IN;
          default -> super.moduleState(name);
        };
      }
    };
  }

  private static KernelSymbols.KernelSymbol symbol(String name, Optional<String> module) {
    return new KernelSymbols.KernelSymbol(name, OptionalLong.empty(), module);
  }

  static ModuleMachine of(ByteOrder order) {
    BtfFixture kernel = new BtfFixture(order);
    int number = kernel.add(BtfKind.INT, "int", 0, 4, SIGNED_INT);
    int character = kernel.add(BtfKind.INT, "char", 0, 1, 8);
    int declared = kernel.add(BtfKind.FWD, "secret", 0, 0);
    int secret = kernel.add(BtfKind.PTR, "", 0, declared);
    int box =
        kernel.add(
            BtfKind.STRUCT,
            "box",
            2,
            16,
            kernel.name("count"),
            number,
            0,
            kernel.name("secret"),
            secret,
            64);
    int boxes = kernel.add(BtfKind.PTR, "", 0, box);
    int state = kernel.add(BtfKind.ENUM, "state", 1, 4, kernel.name("IDLE"), 1);
    int opening = kernel.add(BtfKind.FUNC_PROTO, "", 1, number, kernel.name("box"), boxes);
    kernel.add(BtfKind.FUNC, "open_box", 0, opening);

    BtfFixture one = kernel.module();
    int ones =
        one.add(
            BtfKind.STRUCT, "secret", 2, 24, one.name("key"), number, 0, one.name("box"), box, 64);
    int toOnes = one.add(BtfKind.PTR, "", 0, ones);
    int taking =
        one.add(
            BtfKind.FUNC_PROTO,
            "",
            2,
            number,
            one.name("secret"),
            toOnes,
            one.name("state"),
            state);
    one.add(BtfKind.FUNC, "open_box", 0, taking);
    int handler = one.add(BtfKind.FUNC_PROTO, "", 2, 0, 0, boxes, 0, toOnes);
    one.add(BtfKind.TYPEDEF, "btf_trace_opened", 0, one.add(BtfKind.PTR, "", 0, handler));
    int caller =
        one.add(
            BtfKind.FUNC_PROTO,
            "",
            2,
            number,
            one.name("__data"),
            boxes,
            one.name("secret"),
            toOnes);
    one.add(BtfKind.FUNC, "__traceiter_opened", 0, caller);

    BtfFixture two = kernel.module();
    int text = two.add(BtfKind.ARRAY, "", 0, 0, character, number, 8);
    int toTwos = two.add(BtfKind.PTR, "", 0, text + 2);
    two.add(
        BtfKind.STRUCT, "secret", 2, 16, two.name("other"), toTwos, 0, two.name("text"), text, 64);
    two.add(BtfKind.ENUM, "color", 1, 4, two.name("RED"), 7);
    return new ModuleMachine(kernel, Map.of("one", one, "two", two));
  }

  byte[] module(String name) {
    return Optional.ofNullable(modules.get(name)).orElseThrow().toBytes();
  }

  KernelTypes types() throws MalformedFileException {
    return BtfTypes.parse(
        kernel.toBytes(),
        new BtfFixture.Modules(
            Map.of("one", module("one"), "two", module("two"), "bad", new byte[9])));
  }
}
