package dev.tapwright.compiler.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.probe.ContextVariable.Location.MarkArgument;
import dev.tapwright.compiler.target.DataTypes;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the notes of marks say of their arguments. */
class MarkArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | ``",
        "8@%rdi -4@%esi 1@%r10b | arg1=%5/8 arg2=%4/-4 arg3=%10/1",
        "-4@$-5 4@$0x10 | arg1=$-5/-4 arg2=$16/4",
        "-4@-16(%rbp) 8@(%rax,%rcx,4) 2@8(%r15,%rbx) | arg1=-16(6)/-4 arg2=0(0,2,4)/8 arg3=8(15,3,1)/2",
        "8f@%rax %rdx | arg1=%0/8 arg2=%1/-8",
        "8@name(%rip) 8@name+4(%rip) 8@%xmm0 -4@%edx 8@ | arg4=%1/-4",
        "4@((( 8@(%rax,%rcx,3) 8@(,%rcx,8) @@@ 99@%rax | ``",
      })
  void areFoundWhereTheCompilerHasPutThem(String arguments, String expected) {
    assertThat(
            MarkArguments.of(arguments, DataTypes.NONE).stream()
                .map(variable -> variable.name() + "=" + place((MarkArgument) variable.location()))
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  private static String place(MarkArgument argument) {
    String operand =
        switch (argument.operand()) {
          case ContextVariable.Operand.Constant(long value) -> "$" + value;
          case ContextVariable.Operand.Register(int number) -> "%" + number;
          case ContextVariable.Operand.Memory memory ->
              memory.displacement()
                  + "("
                  + memory.base()
                  + (memory.index().isPresent()
                      ? "," + memory.index().getAsInt() + "," + memory.scale()
                      : "")
                  + ")";
        };
    return operand + "/" + (argument.isSigned() ? -argument.size() : argument.size());
  }
}
