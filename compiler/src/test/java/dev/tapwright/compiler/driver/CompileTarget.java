package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ElfObjectReader;
import dev.tapwright.compiler.object.ElfObjectWriter;
import dev.tapwright.compiler.object.ObjectReading;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.syntax.SourceText;

/**
 * For the fuzzer, {@code tests/fuzz/run}: any text is compiled or refused; what is written of it
 * can be read, and is then the same.
 */
public final class CompileTarget {
  private static final CompilerDriver DRIVER =
      new CompilerDriver(
          CompilerSettings.defaults(),
          FixedTarget.of(KernelProfile.ofVersion(KernelVersion.of(6, 1))));

  private CompileTarget() {}

  /** Compiles a script for Linux 6.1. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    DRIVER.compile(SourceText.ofBytes("input", bytes)).object().ifPresent(CompileTarget::check);
  }

  private static void check(BpfObject object) {
    if (!ElfObjectReader.read(ElfObjectWriter.write(object))
        .equals(new ObjectReading.Read(object))) {
      throw new IllegalStateException("is read as another object");
    }
  }
}
