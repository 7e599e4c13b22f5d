package dev.tapwright.compiler.object;

import dev.tapwright.compiler.object.DebugInformation.Function;
import dev.tapwright.compiler.object.DebugInformation.Line;
import dev.tapwright.compiler.object.DebugInformation.ProgramInformation;
import java.util.List;
import java.util.Map;

/**
 * The sections {@code .BTF} and {@code .BTF.ext}: the second says, by section and offset in bytes,
 * which function and which line code belongs to.
 *
 * <pre>
 *   header     u16 magic 0xeb9f   u8 version   u8 flags   u32 header length
 *              u32 offset, u32 length of functions;   the same of lines     (offsets from the header's end)
 *   functions  u32 record size 8,  then by section: u32 name, u32 count, records {u32 offset, u32 type}
 *   lines      u32 record size 16, then by section: u32 name, u32 count, records {u32 offset, file, text, position}
 * </pre>
 */
final class BtfExtension {
  private static final int HEADER_SIZE = 24;
  private static final int FUNCTION_SIZE = 8;
  private static final int LINE_SIZE = 16;

  private final byte[] types;
  private final byte[] bytes;

  private BtfExtension(byte[] types, byte[] bytes) {
    this.types = types;
    this.bytes = bytes;
  }

  static BtfExtension of(
      BpfObject object,
      DebugInformation information,
      Map<String, List<Integer>> programsBySection) {
    ByteWriter functions = new ByteWriter().putInt(FUNCTION_SIZE);
    ByteWriter lines = new ByteWriter().putInt(LINE_SIZE);
    programsBySection.forEach(
        (section, programs) -> {
          int name = information.sectionName(section);
          int functionCount =
              programs.stream()
                  .mapToInt(program -> information.programs().get(program).functions().size())
                  .sum();
          functions.putInt(name).putInt(functionCount);
          int lineCount =
              programs.stream()
                  .mapToInt(program -> information.programs().get(program).lines().size())
                  .sum();
          if (lineCount > 0) {
            lines.putInt(name).putInt(lineCount);
          }
          int start = 0;
          for (int program : programs) {
            ProgramInformation one = information.programs().get(program);
            for (Function function : one.functions()) {
              functions.putInt(start + 8 * function.slot()).putInt(function.type());
            }
            for (Line line : one.lines()) {
              lines
                  .putInt(start + 8 * line.slot())
                  .putInt(line.file())
                  .putInt(line.text())
                  .putInt(line.position());
            }
            start += 8 * object.programs().get(program).slots().size();
          }
        });
    byte[] bytes =
        new ByteWriter()
            .putShort(0xeb9f)
            .putByte(1)
            .putByte(0)
            .putInt(HEADER_SIZE)
            .putInt(0)
            .putInt(functions.size())
            .putInt(functions.size())
            .putInt(lines.size())
            .putBytes(functions.toBytes())
            .putBytes(lines.toBytes())
            .toBytes();
    return new BtfExtension(information.types(), bytes);
  }

  byte[] types() {
    return types;
  }

  byte[] bytes() {
    return bytes;
  }
}
