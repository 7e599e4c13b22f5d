package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.MapDefinition;
import java.util.List;

/**
 * A compiled script.
 *
 * @param scriptName the script's file, for messages
 * @param kernelVersion {@code LINUX_VERSION_CODE} of the kernel that it was compiled for
 * @param maps the maps of the kernel programs
 * @param programs the kernel programs
 * @param plan what our own run time needs besides
 */
public record BpfObject(
    String scriptName,
    int kernelVersion,
    List<MapDefinition> maps,
    List<ProgramImage> programs,
    SessionPlan plan) {
  /** Copies the lists. */
  public BpfObject {
    maps = List.copyOf(maps);
    programs = List.copyOf(programs);
  }
}
