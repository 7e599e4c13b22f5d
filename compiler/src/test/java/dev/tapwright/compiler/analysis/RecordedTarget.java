package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelSymbols;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.ModuleState;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.Tracepoints;
import dev.tapwright.compiler.target.UserProgramFile;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A small machine that is the same everywhere: some functions, tracepoints and one program, {@code
 * /usr/bin/calls}.
 */
record RecordedTarget(KernelProfile profile) implements Target {
  private static final long TEXT_START = 0xffffffff81000000L;

  private static final List<KernelSymbols.KernelSymbol> SYMBOLS =
      List.of(
          symbol("__pfx_vfs_read", 0x273d00, Optional.empty()),
          symbol("vfs_read", 0x273d10, Optional.empty()),
          symbol("vfs_readv", 0x273e10, Optional.empty()),
          symbol("vfs_write", 0x273f10, Optional.empty()),
          symbol("vfs_write.cold", 0x473f10, Optional.empty()),
          symbol("ksys_read", 0x274000, Optional.empty()),
          symbol("__x64_sys_read", 0x274da0, Optional.empty()),
          symbol("schedule", 0x301000, Optional.empty()),
          symbol("btrfs_sync_file", 0x1000000, Optional.of("btrfs")));

  /** As a mainline kernel of a version. */
  static RecordedTarget of(int major, int minor) {
    return new RecordedTarget(KernelProfile.ofVersion(KernelVersion.of(major, minor)));
  }

  private static KernelSymbols.KernelSymbol symbol(
      String name, long offset, Optional<String> module) {
    return new KernelSymbols.KernelSymbol(name, OptionalLong.of(TEXT_START + offset), module);
  }

  @Override
  public KernelSymbols kernelSymbols() {
    return new KernelSymbols() {
      @Override
      public List<KernelSymbol> functionsMatching(String glob) {
        return SYMBOLS.stream().filter(symbol -> matches(glob, symbol.name())).toList();
      }

      @Override
      public Optional<KernelSymbol> function(String name) {
        return SYMBOLS.stream().filter(symbol -> symbol.name().equals(name)).findFirst();
      }

      @Override
      public OptionalLong textStart() {
        return OptionalLong.of(TEXT_START);
      }
    };
  }

  @Override
  public Optional<KernelTypes> kernelTypes() {
    return Optional.of(
        new KernelTypes() {
          @Override
          public Optional<FunctionPrototype> function(String name) {
            return name.equals("vfs_read")
                ? Optional.of(
                    new FunctionPrototype(
                        name,
                        1234,
                        "ssize_t",
                        List.of(
                            new TypedParameter("file", "struct file *"),
                            new TypedParameter("buf", "char *"))))
                : Optional.empty();
          }

          @Override
          public Optional<FunctionPrototype> tracepoint(String name) {
            return name.equals("sched_switch")
                ? Optional.of(
                    new FunctionPrototype(
                        name, 99, "void", List.of(new TypedParameter("preempt", "bool"))))
                : Optional.empty();
          }

          @Override
          public List<String> tracepointNames() {
            return List.of("sched_switch", "sched_wakeup", "sys_enter");
          }
        });
  }

  @Override
  public ModuleState moduleState(String name) {
    return switch (name) {
      case "btrfs" -> ModuleState.LOADED;
      case "dummy" -> ModuleState.NOT_LOADED;
      case "ext4" -> ModuleState.BUILT_IN;
      default -> ModuleState.ABSENT;
    };
  }

  @Override
  public Tracepoints tracepoints() {
    List<Tracepoints.Tracepoint> all =
        List.of(
            new Tracepoints.Tracepoint("raw_syscalls", "sys_enter"),
            new Tracepoints.Tracepoint("sched", "sched_switch"),
            new Tracepoints.Tracepoint("sched", "sched_wakeup"),
            new Tracepoints.Tracepoint("syscalls", "sys_enter_read"));
    return glob ->
        all.stream()
            .filter(
                tracepoint ->
                    matches(
                        glob,
                        glob.indexOf(':') >= 0
                            ? tracepoint.system() + ":" + tracepoint.name()
                            : tracepoint.name()))
            .toList();
  }

  @Override
  public List<Path> filesMatching(String pattern) {
    return List.of();
  }

  @Override
  public Optional<UserProgramFile> program(Path path) {
    return path.equals(Path.of("/usr/bin/calls"))
        ? Optional.of(
            new UserProgramFile() {
              @Override
              public List<LinkageEntry> linkage() {
                return List.of(
                    new LinkageEntry("malloc", 0x1030, 0x1030),
                    new LinkageEntry("free", 0x1040, 0x1040));
              }

              @Override
              public List<Mark> marks() {
                return List.of(
                    new Mark("shop", "sale", 0x1234, 0x234, OptionalLong.empty(), "-4@%edi"));
              }

              @Override
              public Path path() {
                return path;
              }

              @Override
              public List<UserFunction> functionsMatching(String glob) {
                return java.util.stream.Stream.of(
                        new UserFunction("main", 0x1160, 0x1160, 40),
                        new UserFunction("work", 0x1129, 0x1129, 20),
                        new UserFunction("work2", 0x1140, 0x1140, 20))
                    .filter(function -> matches(glob, function.name()))
                    .toList();
              }
            })
        : Optional.empty();
  }

  @Override
  public Optional<Path> findProgram(String name) {
    return name.equals("calls") ? Optional.of(Path.of("/usr/bin/calls")) : Optional.empty();
  }

  @Override
  public String architecture() {
    return "x86_64";
  }

  @Override
  public Optional<String> kernelConfiguration(String option) {
    return option.equals("CONFIG_HZ") ? Optional.of("1000") : Optional.empty();
  }

  private static boolean matches(String glob, String name) {
    // Braces are no part of SystemTap's patterns.
    String pattern = glob.replace("{", "\\{").replace("}", "\\}");
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
  }
}
