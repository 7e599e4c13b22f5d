package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.Target;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Modules of the kernel as scripts name them, and what to say of one that is not there. */
public final class ModuleNames {
  private static final Pattern FILE = Pattern.compile("(?:.*/)?([^/]+)\\.ko(?:\\.(?:xz|zst|gz))?");

  private ModuleNames() {}

  /**
   * A module's name as the kernel's own lists have it, with underscores; a script may write it with
   * hyphens, as its file's name is, or the path of that file.
   */
  public static String listed(String written) {
    Matcher file = FILE.matcher(written);
    return (file.matches() ? file.group(1) : written).replace('-', '_');
  }

  /** What to say of a module that is loaded and whose types are not known. */
  public static String undescribed(String name, KernelProfile kernel) {
    return kernel.has(KernelFeature.MODULE_TYPES)
        ? "the module '%s' comes without a description of its types".formatted(name)
        : "this kernel does not describe the types of its modules, such as '%s'; Linux %s does"
            .formatted(name, KernelFeature.MODULE_TYPES.since().release());
  }

  /** Why a module is not in the running kernel; empty where it is, and of a pattern of names. */
  public static Optional<String> absence(String name, Target target) {
    if (Globs.isGlob(name)) {
      return Optional.empty();
    }
    return switch (target.moduleState(name)) {
      case LOADED -> Optional.empty();
      case NOT_LOADED ->
          Optional.of("the module '%s' is not loaded: modprobe %1$s".formatted(name));
      case BUILT_IN ->
          Optional.of("'%s' is no module of this kernel but a part of it".formatted(name));
      case ABSENT -> Optional.of("this kernel has no module '%s'".formatted(name));
    };
  }
}
