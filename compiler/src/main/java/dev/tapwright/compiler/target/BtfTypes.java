package dev.tapwright.compiler.target;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The functions, tracepoints and data types of a BTF file: the kernel's, or a module's. */
final class BtfTypes implements KernelTypes {
  private static final String TRACEPOINT_PREFIX = "btf_trace_";
  private static final byte[] TRACEPOINT_PREFIX_BYTES =
      TRACEPOINT_PREFIX.getBytes(StandardCharsets.UTF_8);

  private final BtfFile file;
  private final BtfModules modules;
  private final DataTypes dataTypes;

  BtfTypes(BtfFile file, BtfModules modules) {
    this.file = file;
    this.modules = modules;
    this.dataTypes = new BtfDataTypes(file, modules);
  }

  /** Reads the bytes of a kernel's file. */
  static BtfTypes parse(byte[] bytes) throws MalformedFileException {
    return parse(bytes, BtfModules.Files.NONE);
  }

  /** Reads the bytes of a kernel's file, and those of its modules when they are asked for. */
  static BtfTypes parse(byte[] bytes, BtfModules.Files modules) throws MalformedFileException {
    return new BtfModules(BtfFile.parse(bytes), modules).kernel();
  }

  @Override
  public Optional<FunctionPrototype> function(String name) {
    try {
      int id = file.ownNamed(name, BtfKind.FUNC);
      return id == 0
          ? Optional.empty()
          : Optional.of(prototype(name, id, file.reference(id), 0, List.of()));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<FunctionPrototype> tracepoint(String name) {
    try {
      int id = file.ownNamed(TRACEPOINT_PREFIX + name, BtfKind.TYPEDEF);
      if (id == 0) {
        return Optional.empty();
      }
      int pointer = file.reference(id);
      if (file.kind(pointer) != BtfKind.PTR) {
        return Optional.empty();
      }
      // The typedef's parameters have no names; the function that calls the handlers has the same
      // ones with names.
      List<String> names =
          function("__traceiter_" + name).map(BtfTypes::parameterNames).orElse(List.of());
      return Optional.of(prototype(name, id, file.reference(pointer), 1, names));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public DataTypes dataTypes() {
    return dataTypes;
  }

  @Override
  public Optional<KernelTypes> module(String name) {
    return modules.module(name).map(KernelTypes.class::cast);
  }

  @Override
  public List<String> tracepointNames() {
    TreeSet<String> names = new TreeSet<>();
    file.named()
        .forEach(
            id -> {
              try {
                if (file.kind(id) == BtfKind.TYPEDEF
                    && file.beginsAt(file.nameOffset(id), TRACEPOINT_PREFIX_BYTES)) {
                  names.add(file.name(id).substring(TRACEPOINT_PREFIX.length()));
                }
              } catch (MalformedFileException damaged) {
                // That one has no name; the others may.
              }
            });
    return List.copyOf(names);
  }

  private FunctionPrototype prototype(
      String name, int btfId, int type, int skipped, List<String> names)
      throws MalformedFileException {
    if (file.kind(type) != BtfKind.FUNC_PROTO) {
      throw new MalformedFileException("type " + type + " is no prototype");
    }
    BtfSpelling spelling = new BtfSpelling(file);
    List<TypedParameter> parameters = new ArrayList<>();
    int count = file.elements(type);
    for (int i = skipped; i < count; i++) {
      int parameterType = file.extraType(type, 2 * i + 1);
      String written = file.nameAt(file.extra(type, 2 * i));
      String parameterName = written.isEmpty() && names.size() == count ? names.get(i) : written;
      boolean isEllipsis = parameterType == 0 && i == count - 1;
      parameters.add(
          new TypedParameter(parameterName, isEllipsis ? "..." : spelling.of(parameterType)));
    }
    return new FunctionPrototype(name, btfId, spelling.of(file.reference(type)), parameters);
  }

  private static List<String> parameterNames(FunctionPrototype prototype) {
    return prototype.parameters().stream().map(TypedParameter::name).toList();
  }
}
