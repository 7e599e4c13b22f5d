package dev.tapwright.server.feature;

import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.TypeName;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Functions in one line, as {@code -p2} prints them: {@code f:long (x:long)}. */
final class Signatures {
  private Signatures() {}

  static String of(Signature signature) {
    String result =
        switch (signature.result()) {
          case NONE -> "unknown";
          case LONG -> "long";
          case STRING -> "string";
        };
    return signature.name()
        + ":"
        + result
        + signature.parameters().stream()
            .map(
                parameter ->
                    parameter.name() + ":" + parameter.type().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** With the types that are written. */
  static String of(Declaration.Function function) {
    return function.name().name()
        + typed(function.type())
        + function.parameters().stream()
            .map(parameter -> parameter.name().name() + typed(parameter.type()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String typed(Optional<TypeName> type) {
    return type.map(name -> ":" + name.name().toLowerCase(Locale.ROOT)).orElse("");
  }
}
