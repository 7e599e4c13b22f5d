package dev.tapwright.compiler.target;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files that tell of a kernel's modules. The types of one that is loaded are in {@code
 * /sys/kernel/btf}, already fitted to the kernel's; those of one that is not are in its own file,
 * packed as its packager likes, and no probe can be on it.
 *
 * @param release of the kernel, which names the folder of its modules
 */
record ModuleFiles(MachineFiles files, String release) implements BtfModules.Files {
  private static final String TYPES = "/sys/kernel/btf/";
  private static final String KERNEL = "vmlinux";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

  @Override
  public List<String> names() {
    return files.list(TYPES).stream().filter(name -> !name.equals(KERNEL)).toList();
  }

  @Override
  public Optional<byte[]> read(String module) {
    return isName(module) && !module.equals(KERNEL) ? files.read(TYPES + module) : Optional.empty();
  }

  /** Where a module is. */
  ModuleState state(String name) {
    // Parts of the kernel that have parameters have a folder there too.
    if (isName(name) && files.exists("/sys/module/" + name + "/initstate")) {
      return ModuleState.LOADED;
    }
    Optional<Boolean> hasFile = isListed(name, "modules.dep");
    if (hasFile.orElse(false)) {
      return ModuleState.NOT_LOADED;
    }
    if (isListed(name, "modules.builtin").orElse(false)) {
      return ModuleState.BUILT_IN;
    }
    // Where nobody knows the files, there may be one.
    return hasFile.isPresent() ? ModuleState.ABSENT : ModuleState.NOT_LOADED;
  }

  /**
   * Whether a list has a module, in a line such as {@code kernel/fs/ext4/ext4.ko.xz: …}; empty
   * where it cannot be read.
   */
  private Optional<Boolean> isListed(String name, String list) {
    return release.contains("/")
        ? Optional.empty()
        : files
            .text("/lib/modules/" + release + "/" + list)
            .map(text -> text.lines().anyMatch(line -> moduleOf(line).equals(name)));
  }

  private static String moduleOf(String line) {
    String file = line.substring(line.lastIndexOf('/', line.indexOf(".ko")) + 1);
    return file.replaceFirst("\\.ko.*", "").replace('-', '_');
  }

  private static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
