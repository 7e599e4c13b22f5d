package dev.tapwright.compiler.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A target that answers as another does, for those that answer some things otherwise. */
public abstract class ForwardingTarget implements Target {
  private final Target target;

  /** Answers as that target. */
  protected ForwardingTarget(Target target) {
    this.target = target;
  }

  @Override
  public KernelProfile profile() {
    return target.profile();
  }

  @Override
  public String architecture() {
    return target.architecture();
  }

  @Override
  public Optional<String> kernelConfiguration(String option) {
    return target.kernelConfiguration(option);
  }

  @Override
  public Optional<String> kernelBuild() {
    return target.kernelBuild();
  }

  @Override
  public KernelSymbols kernelSymbols() {
    return target.kernelSymbols();
  }

  @Override
  public Optional<KernelTypes> kernelTypes() {
    return target.kernelTypes();
  }

  @Override
  public ModuleState moduleState(String name) {
    return target.moduleState(name);
  }

  @Override
  public Tracepoints tracepoints() {
    return target.tracepoints();
  }

  @Override
  public Optional<UserProgramFile> program(Path path) {
    return target.program(path);
  }

  @Override
  public boolean isRunning(long process) {
    return target.isRunning(process);
  }

  @Override
  public Optional<Path> programOf(long process) {
    return target.programOf(process);
  }

  @Override
  public Optional<Path> tracedProgram() {
    return target.tracedProgram();
  }

  @Override
  public List<Path> filesMatching(String pattern) {
    return target.filesMatching(pattern);
  }

  @Override
  public Optional<Path> findProgram(String name) {
    return target.findProgram(name);
  }
}
