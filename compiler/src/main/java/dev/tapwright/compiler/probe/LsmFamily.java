package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * {@code kernel.lsm("NAME")} and {@code lsm.NAME}: where the kernel asks its security modules, with
 * the parameters of the hook's BPF function.
 */
final class LsmFamily implements ProbeFamily {
  /** Hooks that have a form of their own; all others go by {@code kernel.lsm}. */
  private static final List<String> HOOKS =
      List.of(
          "bpf",
          "bprm_check_security",
          "capable",
          "file_ioctl",
          "file_mprotect",
          "file_open",
          "file_permission",
          "inode_create",
          "inode_link",
          "inode_mkdir",
          "inode_permission",
          "inode_rename",
          "inode_rmdir",
          "inode_setattr",
          "inode_symlink",
          "inode_unlink",
          "kernel_module_request",
          "kernel_read_file",
          "mmap_file",
          "ptrace_access_check",
          "sb_mount",
          "sb_umount",
          "socket_accept",
          "socket_bind",
          "socket_connect",
          "socket_create",
          "socket_listen",
          "socket_recvmsg",
          "socket_sendmsg",
          "task_alloc",
          "task_kill");

  @Override
  public List<ProbePattern> patterns() {
    return Stream.concat(Stream.of("kernel.lsm(string)"), HOOKS.stream().map(hook -> "lsm." + hook))
        .map(form -> ProbePattern.of(form, "Where the kernel asks its security modules"))
        .toList();
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    ConcretePoint.Component last = point.components().getLast();
    String hook = last.argument().isPresent() ? point.string(1) : last.name();
    Optional<FunctionPrototype> function =
        context.target().kernelTypes().flatMap(types -> types.function("bpf_lsm_" + hook));
    if (function.isEmpty()) {
      return Resolution.notFound(
          ProbeCodes.NO_MATCH,
          "no match (the kernel's BTF has no hook '%s' for BPF)".formatted(hook));
    }
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                hook,
                "programs of security hooks are not supported yet",
                "probe the function behind it: kernel.function(\"security_%s\")".formatted(hook),
                false,
                ProbeContext.Kind.KERNEL_FUNCTION,
                List.of(),
                Optional.of(
                    new AttachPoint.KernelFunction(
                        function.get().name(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        false,
                        Optional.of(function.get().btfId())))),
            point));
  }
}
