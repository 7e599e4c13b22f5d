package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.ProbeComponent;
import java.util.List;
import java.util.Optional;

/**
 * A probe point whose braces and wildcards have been expanded: what a family resolves.
 *
 * @param components at least one; names without wildcards, arguments as written
 */
public record ConcretePoint(List<Component> components) {
  /** Copies the list. */
  public ConcretePoint {
    components = List.copyOf(components);
  }

  /**
   * A component.
   *
   * @param name its name
   * @param argument as written
   * @param nameSpan where its name was written, with wildcards if it had some
   */
  public record Component(String name, Optional<Expression.Literal> argument, Span nameSpan) {
    /** As written in the script, under another name. */
    static Component of(ProbeComponent.Named written, String name) {
      return new Component(name, written.argument(), written.nameSpan());
    }

    /** As in a script, such as {@code s(1)}. */
    @Override
    public String toString() {
      return name + argument.map(value -> "(" + ProbePointText.literal(value) + ")").orElse("");
    }
  }

  /** Whether one of the components has that name. */
  public boolean has(String name) {
    return components.stream().anyMatch(component -> component.name().equals(name));
  }

  /**
   * The number in the parentheses of the component at a place; the pattern says that there is one.
   */
  public long number(int index) {
    return components.get(index).argument().orElseThrow() instanceof Expression.NumberLiteral number
        ? number.value()
        : 0;
  }

  /**
   * The string in the parentheses of the component at a place; the pattern says that there is one.
   */
  public String string(int index) {
    return components.get(index).argument().orElseThrow() instanceof Expression.StringLiteral string
        ? string.value()
        : "";
  }

  /** Whether a function or statement is followed by its source file: {@code NAME@FILE}. */
  public boolean namesSourceFile() {
    return components.stream()
        .filter(
            component ->
                component.name().equals("function") || component.name().equals("statement"))
        .anyMatch(
            component ->
                component.argument().orElse(null) instanceof Expression.StringLiteral place
                    && place.value().indexOf('@') >= 0);
  }

  /**
   * This point with another string in the parentheses of the component at a place, as text of a
   * script.
   */
  public String withString(int index, String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      text.append(i == 0 ? "" : ".");
      text.append(
          i == index
              ? component.name() + "(" + ProbePointText.quoted(value) + ")"
              : component.toString());
    }
    return text.toString();
  }

  /** As in a script. */
  @Override
  public String toString() {
    return String.join(".", components.stream().map(Component::toString).toList());
  }
}
