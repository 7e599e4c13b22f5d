package dev.tapwright.compiler.target;

import java.util.List;
import java.util.Optional;

/** The functions and tracepoints of the kernel, or of one of its modules, as BTF describes them. */
public interface KernelTypes {
  /** The prototype of a function; empty when BTF has none of that name. */
  Optional<FunctionPrototype> function(String name);

  /**
   * The prototype of a tracepoint's handlers, without the leading {@code void *} of the registered
   * data.
   */
  Optional<FunctionPrototype> tracepoint(String name);

  /** The names of all tracepoints that BTF knows ({@code btf_trace_NAME}), sorted. */
  List<String> tracepointNames();

  /**
   * Those of a module.
   *
   * @param name as the kernel lists it, with underscores
   * @return empty where no such module is loaded, or the kernel does not describe it
   */
  default Optional<KernelTypes> module(String name) {
    return Optional.empty();
  }

  /** The types of data; none where only prototypes are known. */
  default DataTypes dataTypes() {
    return DataTypes.NONE;
  }

  /**
   * A prototype.
   *
   * @param name the function or tracepoint
   * @param btfId the type id that the kernel attaches by: of the {@code FUNC}, or of the {@code
   *     btf_trace_} typedef
   * @param result C spelling of the result's type
   * @param parameters in order
   */
  record FunctionPrototype(String name, int btfId, String result, List<TypedParameter> parameters) {
    /** Copies the list. */
    public FunctionPrototype {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * A parameter.
   *
   * @param type C spelling of its type, such as {@code struct task_struct *}
   */
  record TypedParameter(String name, String type) {}
}
