package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.AttachPoint.ProcessEvent;
import dev.tapwright.compiler.probe.AttachPoint.ProcessEvent.Event;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.TaskLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code process.begin}, {@code .end}, {@code .thread.begin}, {@code .thread.end} and {@code
 * .syscall}, of all processes, of one program or of one process, by the tracepoints that every
 * process passes then.
 */
final class ProcessEventFamily implements ProbeFamily {
  private static final List<String> BEGINNINGS =
      List.of("process", "process(string)", "process(number)");

  private record Form(String end, String documentation, List<Event> events) {
    Form {
      events = List.copyOf(events);
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form(
              "begin",
              "Where a process begins, as a copy of another or with another program; those that run already are told when the session starts",
              List.of(Event.FORK, Event.EXECUTE, Event.EXISTING)),
          new Form("end", "Where a process ends, in its last thread", List.of(Event.END)),
          new Form(
              "thread.begin",
              "Where a thread begins that is not the first of its process",
              List.of(Event.THREAD_BEGIN)),
          new Form("thread.end", "Where such a thread ends", List.of(Event.THREAD_END)),
          new Form("syscall", "Where system calls are made", List.of(Event.SYSTEM_CALL)),
          new Form(
              "syscall.return", "Where system calls return", List.of(Event.SYSTEM_CALL_RETURN)));

  @Override
  public List<ProbePattern> patterns() {
    return FORMS.stream()
        .flatMap(
            form ->
                ProbePattern.each(BEGINNINGS, List.of("." + form.end()), form.documentation())
                    .stream())
        .toList();
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    String end =
        String.join(
            ".", point.components().stream().skip(1).map(ConcretePoint.Component::name).toList());
    Form form = FORMS.stream().filter(known -> known.end().equals(end)).findFirst().orElseThrow();
    return switch (ProcessPlaces.processes(point, context)) {
      case ProcessPlaces.Selection.None(Resolution reason) -> reason;
      case ProcessPlaces.Selection.Of(List<Processes> each) -> {
        List<ProbeMatch> matches = new ArrayList<>();
        for (Processes processes : each) {
          Optional<String> obstacle = obstacle(form, processes, context.target());
          if (obstacle.isPresent()) {
            yield notCarried(point, form, obstacle.get());
          }
          for (Event event : form.events()) {
            if (event == Event.EXISTING && !mayIterate(context.target())) {
              continue;
            }
            matches.add(match(point, form, event, processes, context.target()));
          }
        }
        yield new Resolution.Found(matches);
      }
    };
  }

  private static ProbeMatch match(
      ConcretePoint point, Form form, Event event, Processes processes, Target target) {
    AttachPoint place = new ProcessEvent(event);
    return new ProbeMatch(
        place,
        processes instanceof Processes.Running(String path)
            ? point.withString(0, path)
            : point.toString(),
        switch (event) {
          case FORK -> "fork";
          case EXECUTE -> "exec";
          case EXISTING -> "running";
          case END, THREAD_BEGIN, THREAD_END, SYSTEM_CALL, SYSTEM_CALL_RETURN -> "";
        },
        form.end(),
        OptionalLong.empty(),
        AttachMethod.of(place, target.profile()),
        processes);
  }

  /** Whether the kernel can go through all tasks: programs of that came with ring buffers. */
  private static boolean mayIterate(Target target) {
    return target.profile().has(KernelFeature.RING_BUFFER)
        && target
            .kernelTypes()
            .flatMap(types -> types.function(AttachMethod.TASK_ITERATOR_FUNCTION))
            .isPresent();
  }

  /** Why the kernel cannot tell that. */
  private static Optional<String> obstacle(Form form, Processes processes, Target target) {
    if (!target.profile().has(KernelFeature.RAW_TRACEPOINT)) {
      return Optional.of(
          "Linux %s has no raw tracepoints, which came with %s"
              .formatted(target.profile().name(), KernelFeature.RAW_TRACEPOINT.since()));
    }
    Optional<TaskLayout> tasks = TaskLayout.of(target);
    if (tasks.isEmpty()) {
      return Optional.of(ProcessPlaces.NEEDS_TYPES);
    }
    return form.end().endsWith("end")
            && processes instanceof Processes.Running
            && !tasks.get().tellsLastThread()
        ? Optional.of(
            "before Linux 6.16 a process has let go of its program when it is told to end")
        : Optional.empty();
  }

  private static Resolution notCarried(ConcretePoint point, Form form, String reason) {
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                form.end(),
                reason,
                "probe kernel.trace(\"%s\") and compare execname()"
                    .formatted(
                        form.events().getFirst().equals(Event.FORK)
                            ? "sched_process_exec"
                            : form.events().getFirst().tracepoint()),
                point.has("return"),
                ProbeContext.Kind.PROCESS,
                Optional.of(new ProcessEvent(form.events().getFirst()))),
            point));
  }
}
