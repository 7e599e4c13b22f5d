package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.assembler.UserHelper;
import dev.tapwright.compiler.intrinsic.UserHost;
import dev.tapwright.compiler.target.Helper;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What blocks of assembler can call in user space. */
final class AssemblyHelpers {
  private final Execution execution;
  private final UserHost host;
  private final AssemblyMemory memory;

  AssemblyHelpers(Execution execution, AssemblyMemory memory) {
    this.execution = execution;
    this.host = execution.host();
    this.memory = memory;
  }

  /**
   * Calls one.
   *
   * @param place what a fault points at
   */
  long call(int helper, long[] arguments, int place) {
    Optional<UserHelper> ofUser = UserHelper.of(helper);
    return ofUser.isPresent()
        ? call(ofUser.get(), arguments, place)
        : call(Helper.of(helper).orElseThrow(), arguments, place);
  }

  private long call(UserHelper helper, long[] arguments, int place) {
    return switch (helper) {
      case REAL_TIME -> host.realTimeNanoseconds();
      case TARGET_PROCESS -> host.targetProcess();
      case SET_FILE_TEXT -> {
        host.setFileText(text(arguments[0], place));
        yield 0;
      }
      case APPEND_FILE_TEXT -> {
        host.setFileText(host.fileText() + text(arguments[0], place));
        yield 0;
      }
      case FILE_TEXT -> address(host.fileText(), place);
    };
  }

  private long call(Helper helper, long[] arguments, int place) {
    return switch (helper) {
      case KTIME_GET_NS -> host.monotonicNanoseconds();
      case GET_PRANDOM_U32 -> Integer.toUnsignedLong(ThreadLocalRandom.current().nextInt());
      case GET_SMP_PROCESSOR_ID -> host.processor();
      case GET_CURRENT_PID_TGID -> host.processId() << Integer.SIZE | host.threadId();
      case GET_CURRENT_UID_GID -> host.groupId() << Integer.SIZE | host.userId();
      case GET_CURRENT_COMM -> {
        String name = host.processName();
        long size = arguments[1];
        for (int i = 0; i < size; i++) {
          char character = i < name.length() && i + 1 < size ? name.charAt(i) : 0;
          if (!memory.write(arguments[0] + i, 1, character)) {
            throw badAddress(arguments[0] + i, place);
          }
        }
        yield 0;
      }
      default -> throw new IllegalStateException("not of user space: " + helper);
    };
  }

  private String text(long address, int place) {
    return memory
        .text(address, execution.stringLength())
        .orElseThrow(() -> badAddress(address, place));
  }

  private long address(String text, int place) {
    return memory
        .text(execution.cut(text))
        .orElseThrow(() -> new ScriptFault("no memory left in assembler", place, true));
  }

  private static ScriptFault badAddress(long address, int place) {
    return new ScriptFault("bad address 0x%x in assembler".formatted(address), place, true);
  }
}
