package dev.tapwright.compiler.target;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The types of a kernel and of its modules. A module's are read when they are first asked for; then
 * its types are given the next free numbers, so that no two of the machine have the same.
 */
final class BtfModules {
  /** Where the types of modules are. */
  interface Files {
    /** No modules. */
    Files NONE =
        new Files() {
          @Override
          public List<String> names() {
            return List.of();
          }

          @Override
          public Optional<byte[]> read(String module) {
            return Optional.empty();
          }
        };

    /** The modules that have types, sorted. */
    List<String> names();

    /** The bytes of one's; empty where it has none. */
    Optional<byte[]> read(String module);
  }

  private final BtfFile kernelFile;
  private final BtfTypes kernel;
  private final Files files;
  private final Map<String, Optional<BtfTypes>> modules = new HashMap<>();

  /** By the number of the first type. */
  private final TreeMap<Integer, BtfTypes> byNumber = new TreeMap<>();

  private int next;

  BtfModules(BtfFile kernelFile, Files files) {
    this.kernelFile = kernelFile;
    this.files = files;
    this.kernel = new BtfTypes(kernelFile, this);
    this.next = kernelFile.end();
  }

  BtfTypes kernel() {
    return kernel;
  }

  /** The modules that have types, sorted. */
  List<String> names() {
    return files.names();
  }

  /** The types of a module; empty where it has none, or is not there. */
  synchronized Optional<BtfTypes> module(String name) {
    return modules.computeIfAbsent(name, absent -> files.read(absent).flatMap(this::parse));
  }

  private Optional<BtfTypes> parse(byte[] bytes) {
    try {
      BtfFile file = BtfFile.parse(bytes, kernelFile, next);
      BtfTypes types = new BtfTypes(file, this);
      byNumber.put(next, types);
      next = file.end();
      return Optional.of(types);
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }

  /** Whose type has a number: the kernel's, or those of a module that has been asked for. */
  synchronized BtfTypes holder(int type) {
    Map.Entry<Integer, BtfTypes> module = byNumber.floorEntry(type);
    return module == null ? kernel : module.getValue();
  }
}
