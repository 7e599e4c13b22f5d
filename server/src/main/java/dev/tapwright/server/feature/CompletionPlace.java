package dev.tapwright.server.feature;

import dev.tapwright.server.feature.ScriptToken.Kind;
import dev.tapwright.server.text.Document;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.ProbeComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What can be typed at a place, judged by the tokens before it. */
sealed interface CompletionPlace {
  /** In a comment, a string that nothing is known of, or after a number. */
  record Nowhere() implements CompletionPlace {}

  /** Between declarations. */
  record TopLevel(String prefix, int start) implements CompletionPlace {}

  /**
   * In a handler or function.
   *
   * @param isInProbe rather than in a function
   * @param words the names used since the declaration began
   */
  record Code(String prefix, int start, boolean isInProbe, List<String> words)
      implements CompletionPlace {}

  /**
   * At a component of a probe point.
   *
   * @param before the components before it
   */
  record Component(String prefix, int start, List<ProbeComponent.Named> before)
      implements CompletionPlace {}

  /**
   * In the string of a component of a probe point.
   *
   * @param component its name
   * @param before the components before it
   */
  record Argument(String prefix, int start, String component, List<ProbeComponent.Named> before)
      implements CompletionPlace {}

  /** Judges. */
  static CompletionPlace at(Document document, int offset) {
    return new Judge(document, offset).place();
  }

  /** Follows the tokens with the little of the grammar that is needed. */
  final class Judge {
    private final Document document;
    private final int offset;
    private final List<ScriptToken> tokens;
    private final Deque<List<ProbeComponent.Named>> groups = new ArrayDeque<>();
    private List<ProbeComponent.Named> point = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private boolean isHeader;
    private boolean isProbe;
    private int braces;
    private int parentheses;

    Judge(Document document, int offset) {
      this.document = document;
      this.offset = offset;
      this.tokens = ScriptScanner.scan(document.text(), offset);
    }

    CompletionPlace place() {
      Optional<ScriptToken> typed =
          tokens.isEmpty() ? Optional.empty() : Optional.of(tokens.getLast());
      boolean touches = typed.isPresent() && typed.get().end() == offset;
      if (touches && isInside(typed.get())) {
        follow(tokens.subList(0, tokens.size() - 1));
        return inString(typed.get());
      }
      if (touches && typed.get().kind() == Kind.NUMBER) {
        return new Nowhere();
      }
      if (touches && typed.get().kind() == Kind.WORD) {
        follow(tokens.subList(0, tokens.size() - 1));
        return atWord(typed.get().text(), typed.get().start());
      }
      follow(tokens);
      return atWord("", offset);
    }

    private static boolean isInside(ScriptToken token) {
      return (token.kind() == Kind.STRING || token.kind() == Kind.OPAQUE) && !token.isClosed();
    }

    private CompletionPlace inString(ScriptToken string) {
      boolean isArgument =
          string.kind() == Kind.STRING && isHeader && parentheses == 1 && !point.isEmpty();
      if (!isArgument) {
        return new Nowhere();
      }
      return new Argument(
          string.text().substring(1),
          string.start() + 1,
          point.getLast().name(),
          List.copyOf(point.subList(0, point.size() - 1)));
    }

    private CompletionPlace atWord(String prefix, int start) {
      if (isHeader && parentheses == 0) {
        boolean isComponent = isPointStart() || lastSign().equals(".");
        return isComponent ? new Component(prefix, start, List.copyOf(point)) : new Nowhere();
      }
      if (braces == 0 && parentheses == 0) {
        return new TopLevel(prefix, start);
      }
      return new Code(prefix, start, isProbe, List.copyOf(words));
    }

    private String last = "";

    private String lastSign() {
      return last;
    }

    private boolean isPointStart() {
      return switch (last) {
        case "probe", ",", "=", "{" -> true;
        default -> false;
      };
    }

    private void follow(List<ScriptToken> before) {
      for (ScriptToken token : before) {
        if (token.kind() != Kind.OPAQUE) {
          follow(token);
          last = token.text();
        }
      }
    }

    private void follow(ScriptToken token) {
      if (isHeader) {
        followHeader(token);
      } else if (braces == 0) {
        followTopLevel(token);
      } else {
        switch (token.text()) {
          case "{" -> braces++;
          case "}" -> braces--;
          default -> {
            if (token.kind() == Kind.WORD) {
              words.add(token.text());
            }
          }
        }
      }
    }

    private void followTopLevel(ScriptToken token) {
      switch (token.text()) {
        case "probe" -> {
          isHeader = true;
          isProbe = true;
          parentheses = 0;
          point = new ArrayList<>();
          groups.clear();
          words = new ArrayList<>();
        }
        case "function" -> {
          isProbe = false;
          words = new ArrayList<>();
        }
        case "{" -> braces = 1;
        default -> {
          if (token.kind() == Kind.WORD) {
            words.add(token.text());
          }
        }
      }
    }

    private void followHeader(ScriptToken token) {
      if (parentheses > 0) {
        switch (token.text()) {
          case "(" -> parentheses++;
          case ")" -> parentheses--;
          default -> setArgument(token);
        }
        return;
      }
      switch (token.text()) {
        case "(" -> parentheses = 1;
        case ",", "=" -> point = new ArrayList<>(groups.isEmpty() ? List.of() : groups.getLast());
        case "{" -> {
          if (isPointStart() || last.equals(".")) {
            groups.addLast(List.copyOf(point));
          } else {
            isHeader = false;
            braces = 1;
          }
        }
        case "}" -> groups.pollLast();
        case "." -> {
          // Parts of a name with wildcards are several tokens; a dot ends the name.
        }
        default -> addWord(token);
      }
    }

    private void addWord(ScriptToken token) {
      boolean continues = !point.isEmpty() && !last.equals(".") && !isPointStart();
      if (continues) {
        ProbeComponent.Named whole =
            named(point.removeLast().name() + token.text(), Optional.empty());
        point.add(whole);
      } else if (token.kind() == Kind.WORD || token.is("*")) {
        point.add(named(token.text(), Optional.empty()));
      }
    }

    private void setArgument(ScriptToken token) {
      if (point.isEmpty() || parentheses != 1) {
        return;
      }
      Span nowhere = new Span(document.source(), 0, 0);
      Optional<Expression.Literal> literal =
          switch (token.kind()) {
            case STRING ->
                Optional.of(
                    new Expression.StringLiteral(nowhere, token.text().replaceAll("^\"|\"$", "")));
            case NUMBER -> Optional.of(new Expression.NumberLiteral(nowhere, 1));
            case WORD, SIGN, OPAQUE -> Optional.empty();
          };
      literal.ifPresent(value -> point.add(named(point.removeLast().name(), Optional.of(value))));
    }

    private ProbeComponent.Named named(String name, Optional<Expression.Literal> argument) {
      Span nowhere = new Span(document.source(), 0, 0);
      return new ProbeComponent.Named(nowhere, name, nowhere, argument);
    }
  }
}
