package dev.tapwright.compiler.bpf.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.bpf.code.Instruction.Arithmetic;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.target.Helper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionEncoderTest {
  /** What LLVM's assembler of the day has no syntax for. */
  private static final Set<Operation> UNKNOWN_TO_ASSEMBLER =
      EnumSet.of(Operation.MODULO, Operation.DIVIDE_SIGNED, Operation.MODULO_SIGNED);

  @TempDir Path directory;

  private static List<Instruction> everyForm() {
    List<Instruction> all = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      if (UNKNOWN_TO_ASSEMBLER.contains(operation)) {
        continue;
      }
      for (boolean is64Bit : List.of(true, false)) {
        if (operation == Operation.NEGATE) {
          all.add(new Arithmetic(operation, is64Bit, Register.R3, new Source.Immediate(0)));
          continue;
        }
        all.add(
            new Arithmetic(operation, is64Bit, Register.R3, new Source.InRegister(Register.R9)));
        all.add(
            new Arithmetic(
                operation, is64Bit, Register.R0, new Source.Immediate(operation.name().length())));
      }
    }
    for (Size size : Size.values()) {
      all.add(new Instruction.Load(size, Register.R1, Register.R10, -8));
      all.add(new Instruction.Store(size, Register.R10, -16, new Source.InRegister(Register.R2)));
    }
    for (Comparison comparison : EnumSet.complementOf(EnumSet.of(Comparison.BITS_SET))) {
      all.add(
          new Instruction.JumpIf(
              comparison, true, Register.R1, new Source.InRegister(Register.R2), 2));
      all.add(new Instruction.JumpIf(comparison, true, Register.R1, new Source.Immediate(-7), 2));
    }
    all.add(new Instruction.LoadConstant(Register.R7, 0x1234_5678_9abc_def0L));
    all.add(new Instruction.LoadConstant(Register.R7, -2));
    all.add(new Instruction.Atomic(AtomicOperation.ADD, Size.DOUBLE, Register.R0, 0, Register.R1));
    all.add(new Instruction.Call(Helper.MAP_LOOKUP_ELEM));
    all.add(new Instruction.Exit());
    return all;
  }

  @Test
  void encodesAsTheAssemblerDoes() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/llvm-mc")), "llvm-mc is not installed");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/llvm-objcopy")), "llvm-objcopy is not installed");
    StringBuilder source = new StringBuilder();
    List<Long> encoded = new ArrayList<>();
    for (Instruction instruction : everyForm()) {
      source.append(InstructionPrinter.print(instruction)).append('\n');
      // Where a jump goes to: the instruction after the next one.
      List<Instruction> program =
          List.of(instruction, new Instruction.Exit(), new Instruction.Exit());
      encoded.addAll(
          InstructionEncoder.encode(program)
              .slots()
              .subList(0, InstructionEncoder.slots(instruction)));
    }
    String assembly =
        source.toString().replaceAll("goto \\d+", "goto +1").replaceAll("call .*#", "call ");
    assertThat(encoded).containsExactlyElementsOf(assembled(assembly));
  }

  private List<Long> assembled(String source) throws IOException, InterruptedException {
    Path assembly = Files.writeString(directory.resolve("a.s"), source + "\n");
    Path object = directory.resolve("a.o");
    Path text = directory.resolve("a.bin");
    run(
        "llvm-mc",
        "-triple",
        "bpfel",
        "-mcpu=v3",
        "-filetype=obj",
        assembly.toString(),
        "-o",
        object.toString());
    run("llvm-objcopy", "-O", "binary", "--only-section=.text", object.toString(), text.toString());
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(text)).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> slots = new ArrayList<>();
    while (bytes.hasRemaining()) {
      slots.add(bytes.getLong());
    }
    return slots;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void encodesWhatAssemblersDoNotKnowAsTheStandardHasIt() {
    assertThat(
            InstructionEncoder.encode(
                    List.of(
                        new Arithmetic(
                            Operation.MODULO,
                            true,
                            Register.R1,
                            new Source.InRegister(Register.R2)),
                        new Arithmetic(
                            Operation.DIVIDE_SIGNED,
                            true,
                            Register.R1,
                            new Source.InRegister(Register.R2)),
                        new Arithmetic(
                            Operation.MODULO_SIGNED, true, Register.R1, new Source.Immediate(5)),
                        new Instruction.Atomic(
                            AtomicOperation.FETCH_ADD, Size.DOUBLE, Register.R6, 8, Register.R1)))
                .slots())
        .containsExactly(0x219fL, 0x1213fL, 0x5_0001_0197L, 0x1_0008_16dbL);
  }

  @Test
  void namesTheSlotsThatWantMaps() {
    InstructionEncoder.Encoding encoding =
        InstructionEncoder.encode(
            List.of(
                new Instruction.LoadMap(Register.R1, 3),
                new Instruction.LoadMapValue(Register.R2, 1, 24),
                new Instruction.Jump(3),
                new Instruction.Exit()));
    assertThat(encoding.slotOf()).containsExactly(0, 2, 4, 5);
    assertThat(encoding.mapReferences())
        .containsExactly(
            new InstructionEncoder.MapUse(0, 3, false), new InstructionEncoder.MapUse(2, 1, true));
    assertThat(encoding.slots().get(3)).isEqualTo(24L << 32);
    assertThat(encoding.slots().get(4)).isEqualTo(0x05L);
  }
}
