package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * {@code kernel.lsm("NAME")} and {@code lsm.NAME}: where the kernel asks its security modules, with
 * the parameters of the hook's BPF function. What a handler assigns to {@code $return} is its
 * answer.
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
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    ConcretePoint.Component last = point.components().getLast();
    AttachPoint.SecurityHook hook =
        new AttachPoint.SecurityHook(last.argument().isPresent() ? point.string(1) : last.name());
    Target target = context.target();
    if (target.kernelTypes().flatMap(types -> types.function(hook.function())).isEmpty()) {
      return Resolution.notFound(
          ProbeCodes.NO_MATCH,
          "no match (the kernel's BTF has no hook '%s' for BPF)".formatted(hook.hook()));
    }
    if (!target.profile().has(KernelFeature.SECURITY_HOOKS)) {
      return Resolution.found(ProbeMatch.notCarried(notCarried(hook, target), point));
    }
    return Resolution.found(
        new ProbeMatch(
            hook,
            point.toString(),
            "",
            hook.hook(),
            OptionalLong.empty(),
            AttachMethod.of(hook, target.profile())));
  }

  private static AttachPoint.NotCarried notCarried(AttachPoint.SecurityHook hook, Target target) {
    return new AttachPoint.NotCarried(
        hook.hook(),
        "Linux %s does not ask BPF programs at its security hooks"
            .formatted(target.profile().name()),
        "Linux %s does, built with CONFIG_BPF_LSM and booted with lsm=...,bpf; or probe the function behind it: kernel.function(\"security_%s\")"
            .formatted(KernelFeature.SECURITY_HOOKS.since(), hook.hook()),
        false,
        ProbeContext.Kind.KERNEL_FUNCTION,
        Optional.of(hook));
  }
}
