package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import dev.tapwright.compiler.target.KernelTypes.TypedParameter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of modules, which go on behind those of their kernel. */
class BtfModulesTest {
  private static List<String> members(DataTypes types, int type) {
    return types.members(type).stream()
        .map(member -> types.spelling(member.type()) + " " + member.name())
        .toList();
  }

  @Test
  void haveFunctionsAndTracepointsOfTheirOwn() throws MalformedFileException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      KernelTypes kernel = ModuleMachine.of(order).types();
      KernelTypes one = kernel.module("one").orElseThrow();
      assertThat(kernel.function("open_box").orElseThrow().parameters())
          .containsExactly(new TypedParameter("box", "struct box *"));
      assertThat(one.function("open_box").orElseThrow().parameters())
          .containsExactly(
              new TypedParameter("secret", "struct secret *"),
              new TypedParameter("state", "enum state"));
      assertThat(kernel.tracepoint("opened")).isEmpty();
      assertThat(one.tracepoint("opened").orElseThrow().parameters())
          .containsExactly(new TypedParameter("secret", "struct secret *"));
      assertThat(kernel.tracepointNames()).isEmpty();
      assertThat(one.tracepointNames()).containsExactly("opened");
      assertThat(kernel.module("two").orElseThrow().function("open_box")).isEmpty();
      assertThat(kernel.module("three")).isEmpty();
      assertThat(kernel.module("bad")).isEmpty();
    }
  }

  @Test
  void haveNumbersThatAllOthersUnderstand() throws MalformedFileException {
    KernelTypes kernel = ModuleMachine.of(ByteOrder.LITTLE_ENDIAN).types();
    KernelTypes one = kernel.module("one").orElseThrow();
    KernelTypes two = kernel.module("two").orElseThrow();
    int ones = one.dataTypes().named("struct secret").orElseThrow();
    int twos = two.dataTypes().named("secret").orElseThrow();
    assertThat(kernel.dataTypes().named("secret")).isEmpty();
    assertThat(kernel.dataTypes().modulesWith("struct secret")).containsExactly("one", "two");
    assertThat(kernel.dataTypes().modulesWith("color")).containsExactly("two");
    for (KernelTypes types : List.of(kernel, one, two)) {
      DataTypes data = types.dataTypes();
      assertThat(members(data, ones)).containsExactly("int key", "struct box box");
      assertThat(members(data, twos)).containsExactly("struct secret * other", "char [8] text");
      assertThat(data.size(twos)).isEqualTo(16);
      FunctionPrototype function = one.function("open_box").orElseThrow();
      int parameter = data.typesOf(function).orElseThrow().parameters().getFirst();
      assertThat(data.shape(parameter)).isEqualTo(new TypeShape.Pointer(ones));
    }
    assertThat(one.dataTypes().named("box")).isEqualTo(kernel.dataTypes().named("box"));
    assertThat(one.dataTypes().named("struct box *"))
        .isEqualTo(kernel.dataTypes().named("struct box *"));
    assertThat(one.dataTypes().named("struct secret *")).isPresent();
    assertThat(two.dataTypes().enumerator("RED")).hasValue(7);
    assertThat(two.dataTypes().enumerator("IDLE")).hasValue(1);
    assertThat(kernel.dataTypes().enumerator("RED")).isEmpty();
  }

  @Test
  void describeWhatTheKernelOnlyDeclares() throws MalformedFileException {
    KernelTypes kernel = ModuleMachine.of(ByteOrder.LITTLE_ENDIAN).types();
    int box = kernel.dataTypes().named("box").orElseThrow();
    int pointer = kernel.dataTypes().members(box).get(1).type();
    assertThat(kernel.dataTypes().shape(pointer)).isInstanceOf(TypeShape.Pointer.class);
    int declared = ((TypeShape.Pointer) kernel.dataTypes().shape(pointer)).target();
    assertThat(kernel.dataTypes().shape(declared)).isEqualTo(new TypeShape.Opaque());
    assertThat(members(kernel.module("one").orElseThrow().dataTypes(), declared))
        .containsExactly("int key", "struct box box");
    assertThat(members(kernel.module("two").orElseThrow().dataTypes(), declared))
        .containsExactly("struct secret * other", "char [8] text");
  }

  @Test
  void damageIsNoMoreThanAnAbsence() throws MalformedFileException {
    ModuleMachine machine = ModuleMachine.of(ByteOrder.LITTLE_ENDIAN);
    byte[] kernel = machine.kernel().toBytes();
    byte[] file = machine.module("one");
    for (int i = 0; i < file.length; i++) {
      for (int mask = 0xff; mask > 0; mask >>= 1) {
        byte[] damaged = file.clone();
        damaged[i] ^= (byte) mask;
        lookAround(kernel, damaged);
      }
      lookAround(kernel, Arrays.copyOf(file, i));
    }
  }

  /** Asks for everything; the only way out is an answer. */
  private static void lookAround(byte[] kernel, byte[] module) throws MalformedFileException {
    KernelTypes types = BtfTypes.parse(kernel, new BtfFixture.Modules(Map.of("one", module)));
    types
        .module("one")
        .ifPresent(
            one -> {
              one.function("open_box").ifPresent(one.dataTypes()::typesOf);
              one.tracepointNames().forEach(one::tracepoint);
              one.dataTypes().enumerator("IDLE");
              for (int type = -1; type < 40; type++) {
                one.dataTypes().members(type);
                types.dataTypes().spelling(type);
              }
            });
  }

  /** What another reader finds in the same bytes. */
  @Test
  void areReadAsBpftoolReadsThem(@TempDir Path folder) throws Exception {
    ModuleMachine machine = ModuleMachine.of(ByteOrder.nativeOrder());
    Path kernel = Files.write(folder.resolve("kernel"), machine.kernel().toBytes());
    KernelTypes types = machine.types();
    Pattern structure = Pattern.compile("\\[(\\d+)] STRUCT '(\\w+)' size=(\\d+) vlen=\\d+");
    Pattern member = Pattern.compile("\\s+'(\\w+)' type_id=\\d+ bits_offset=(\\d+)");
    for (String name : List.of("one", "two")) {
      Path module = Files.write(folder.resolve(name), machine.module(name));
      DataTypes data = types.module(name).orElseThrow().dataTypes();
      int found = 0;
      List<String> theirs = new ArrayList<>();
      List<String> ours = new ArrayList<>();
      for (String line :
          bpftool("-B", kernel.toString(), "btf", "dump", "file", module.toString())) {
        Matcher start = structure.matcher(line);
        if (start.matches()) {
          found++;
          theirs.add(start.group(2) + " " + start.group(3));
          int type = data.named("struct " + start.group(2)).orElseThrow();
          ours.add(start.group(2) + " " + data.size(type));
          data.members(type).forEach(one -> ours.add(one.name() + " " + one.bitOffset()));
        }
        Matcher part = member.matcher(line);
        if (part.matches()) {
          theirs.add(part.group(1) + " " + part.group(2));
        }
      }
      assertThat(found).isEqualTo(1);
      assertThat(ours).isEqualTo(theirs);
    }
  }

  private static List<String> bpftool(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(words));
    command.addFirst("bpftool");
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      assumeTrue(false, "bpftool is missing");
      throw missing;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
