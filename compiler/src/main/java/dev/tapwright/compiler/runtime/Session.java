package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.machine.DamagedProgramException;
import dev.tapwright.compiler.machine.GlobalStore;
import dev.tapwright.compiler.machine.HandlerFault;
import dev.tapwright.compiler.machine.UserMachine;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.SessionPlan;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.target.LiveTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a compiled script: load, {@code begin} probes, attach, let the command go, timers and
 * events, detach, the rest of the events, {@code end} or {@code error} probes.
 *
 * <p>A script without kernel programs makes no system call of its own and needs no privilege.
 */
public final class Session {
  private final BpfObject object;
  private final SessionPlan plan;
  private final SessionOptions options;
  private final SessionStreams streams;
  private final SessionControl control;
  private final SessionOutput output;
  private final SessionMessages messages;
  private final ShellCommands commands;
  private final EventReader reader;
  private final SessionFileText fileText = new SessionFileText();

  private Session(
      BpfObject object, SessionOptions options, SessionStreams streams, OutputStream outputStream) {
    this.object = object;
    this.plan = object.plan();
    this.options = options;
    this.streams = streams;
    this.control = new SessionControl(plan.maximumErrors());
    this.output = new SessionOutput(outputStream, control::requestEnd);
    this.messages = new SessionMessages(streams.messages(), output, options.suppressesWarnings());
    this.commands = new ShellCommands(output, messages);
    this.reader = new EventReader(plan.events(), output, messages, control, commands);
  }

  /**
   * Runs an object as the process's own session, with its streams and signals.
   *
   * @return the exit status: 0, or 1 after an error of the session, of a handler, or of the command
   */
  public static int run(BpfObject object, SessionOptions options) {
    return run(object, options, SessionStreams.ofProcess());
  }

  /** Runs an object; see {@link #run(BpfObject, SessionOptions)}. */
  public static int run(BpfObject object, SessionOptions options, SessionStreams streams) {
    SessionHost.nameProcess();
    if (options.outputFile().isEmpty()) {
      return new Session(object, options, streams, streams.output()).run();
    }
    try (OutputStream file = Files.newOutputStream(options.outputFile().get())) {
      return new Session(object, options, streams, file).run();
    } catch (IOException failure) {
      SessionMessages messages =
          new SessionMessages(
              streams.messages(), new SessionOutput(streams.output(), () -> {}), false);
      String reason =
          switch (failure) {
            case NoSuchFileException _ -> ErrorNumber.ENOENT.text();
            case AccessDeniedException _ -> ErrorNumber.EACCES.text();
            case FileSystemException other when other.getReason() != null ->
                String.valueOf(other.getReason());
            default -> String.valueOf(failure.getMessage());
          };
      messages.line("Error opening " + options.outputFile().get() + " for output: " + reason);
      return 1;
    }
  }

  /** What was compiled with the types of another kernel would read the wrong places. */
  private void checkKernel() throws SessionException {
    Optional<String> running = LiveTarget.open().kernelBuild();
    if (plan.kernelBuild().isPresent() && !plan.kernelBuild().equals(running)) {
      throw new SessionException(
          "this was compiled with the types of Linux %s, and this is Linux %s: compile the script here"
              .formatted(plan.kernelBuild().get(), running.orElse("of an unknown build")));
    }
  }

  private int run() {
    if (streams.ownsProcess()) {
      SessionSignals.onFirst(control::requestEnd);
    }
    Optional<KernelSide> kernel = Optional.empty();
    Optional<TargetCommand> command = Optional.empty();
    try {
      checkKernel();
      boolean needsKernel = plan.probes().stream().anyMatch(probe -> probe.program().isPresent());
      if (needsKernel) {
        kernel = Optional.of(KernelSide.load(object, options.verbosity()));
        tell(
            "loaded "
                + object.maps().size()
                + " maps and "
                + object.programs().size()
                + " programs");
      }
      if (options.command().isPresent()) {
        command = Optional.of(start(options.command().get()));
      }
      runProbes(kernel, command);
      return conclude(kernel, command);
    } catch (SessionException failure) {
      messages.line("Error loading " + options.objectName() + ": " + failure.text());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      command.ifPresent(TargetCommand::end);
      kernel.ifPresent(KernelSide::close);
      output.flush();
    }
  }

  /** A line for those who want to know more: {@code -v}. */
  private void tell(String message) {
    if (options.verbosity() > 0) {
      messages.line(options.objectName() + ": " + message);
    }
  }

  private static TargetCommand start(String command) throws SessionException, InterruptedException {
    try {
      return TargetCommand.start(command);
    } catch (IOException failure) {
      throw new SessionException("could not start '" + command + "': " + failure.getMessage());
    }
  }

  private void runProbes(Optional<KernelSide> kernel, Optional<TargetCommand> command)
      throws SessionException, InterruptedException {
    long target = command.map(TargetCommand::pid).orElse(options.targetProcess().orElse(0));
    Map<Integer, GlobalStore> globals = kernel.map(KernelSide::globals).orElse(Map.of());
    try (SessionHost host =
        new SessionHost(target, output, messages, control, fileText, commands)) {
      UserSide user =
          new UserSide(plan.probes(), handlers(globals, host), output, messages, control);
      runProbes(kernel, command, user, target);
    }
  }

  private void runProbes(
      Optional<KernelSide> kernel, Optional<TargetCommand> command, UserSide user, long target)
      throws SessionException, InterruptedException {
    Optional<SessionFiles> files = Optional.empty();
    try {
      if (kernel.isPresent()) {
        kernel
            .get()
            .start(
                reader,
                output,
                control,
                target,
                path ->
                    messages.warning(
                        "there is no program %s, and no process of it".formatted(path)));
      }
      files = files(user);
      user.begin();
      if (!control.isEnding()) {
        if (kernel.isPresent()) {
          kernel.get().attach(probe -> tell("attached " + probe.name()), messages::warning);
        }
        if (command.isPresent()) {
          release(command.get());
        }
        user.runTimers();
      }
    } finally {
      files.ifPresent(SessionFiles::close);
      if (kernel.isPresent()) {
        kernel.get().finish();
      }
    }
    user.end();
  }

  /** The files that the session serves, if it does. */
  private Optional<SessionFiles> files(UserSide user) throws SessionException {
    if (plan.probes().stream()
        .noneMatch(probe -> probe.attachPoint() instanceof AttachPoint.File)) {
      return Optional.empty();
    }
    SessionFiles files =
        SessionFiles.open(
            plan.probes(),
            plan.userProgram().limits().stringLength(),
            (probes, text, mostBytes) -> user.runFile(fileText, probes, text, mostBytes));
    tell("files are in " + files.folder());
    return Optional.of(files);
  }

  private void release(TargetCommand command) throws SessionException {
    try {
      command.release(control::requestEnd);
    } catch (IOException failure) {
      throw new SessionException("could not start the command: " + failure.getMessage());
    }
  }

  private UserSide.HandlerRunner handlers(Map<Integer, GlobalStore> globals, SessionHost host)
      throws SessionException {
    try {
      UserMachine machine = UserMachine.create(plan.userProgram(), host, globals);
      return handler -> machine.run(handler).map(HandlerFault::text);
    } catch (DamagedProgramException damaged) {
      throw new SessionException(String.valueOf(damaged.getMessage()));
    }
  }

  /** The warnings that end a session, and its exit status. */
  private int conclude(Optional<KernelSide> kernel, Optional<TargetCommand> command) {
    boolean isFine = true;
    long lost = kernel.map(side -> side.lostEvents(reader)).orElse(0L);
    if (lost > 0) {
      messages.warning("lost " + lost + " events");
    }
    long skipped = kernel.map(KernelSide::skippedHandlers).orElse(0L);
    if (control.errors() > 0 || skipped > 0) {
      messages.warning("Number of errors: " + control.errors() + ", skipped probes: " + skipped);
      isFine &= control.errors() == 0;
    }
    if (command.isPresent() && command.get().hasEnded() && command.get().status() != 0) {
      messages.warning("Child process exited with " + command.get().describeStatus());
      isFine = false;
    }
    return isFine ? 0 : 1;
  }
}
