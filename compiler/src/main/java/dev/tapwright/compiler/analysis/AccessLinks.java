package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.ContextAccess.Base;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import java.util.IdentityHashMap;

/**
 * Follows the members and indexes of an expression from where it begins.
 *
 * @param facts where to put what is found out about its parts
 */
record AccessLinks(DataTypes data, IdentityHashMap<Expression, ContextFact> facts) {
  /** Where a chain leads that begins with a value of the script, an address of that. */
  AccessPath autocast(AccessChain chain, Pointee pointee) throws AccessFault {
    Base base = new Base.Value(chain.root());
    return follow(chain, AccessPath.pointer(data, base, pointee.type(), pointee.isUser()));
  }

  /** What a chain gives that leads there. */
  ContextAccess finish(Expression whole, AccessChain chain, AccessPath path) throws AccessFault {
    return chain.isAddress()
        ? path.address(chain.isAutocast() ? whole.span() : chain.root().span())
        : path.number(operatorOf(chain));
  }

  /** Where a chain leads that begins there. */
  AccessPath follow(AccessChain chain, AccessPath root) throws AccessFault {
    AccessPath path = root;
    facts.put(chain.root(), path.fact());
    if (chain.root() instanceof Expression.Cast) {
      path = path.cast(isIndex(chain, 0));
    }
    for (int i = 0; i < chain.links().size(); i++) {
      Expression link = chain.links().get(i);
      path =
          switch (link) {
            case Expression.Member member -> path.member(member.member().name(), placeOf(member));
            case Expression.TargetElement element ->
                path.element(
                    element.index(),
                    !isIndex(chain, i - 1) && !isIndex(chain, i + 1),
                    placeOf(element),
                    chain.root().span());
            default -> throw new IllegalArgumentException("no link: " + link);
          };
      facts.put(link, path.fact());
    }
    return path;
  }

  private static boolean isIndex(AccessChain chain, int link) {
    return link >= 0
        && link < chain.links().size()
        && chain.links().get(link) instanceof Expression.TargetElement;
  }

  /** The operator that SystemTap points at in an access: its last. */
  static Span operatorOf(AccessChain chain) {
    return chain.links().isEmpty() ? chain.root().span() : placeOf(chain.links().getLast());
  }

  /** The operator of a link. */
  private static Span placeOf(Expression link) {
    Span base =
        link instanceof Expression.Member member
            ? member.base().span()
            : ((Expression.TargetElement) link).base().span();
    String operator = link instanceof Expression.Member ? "->" : "[";
    Span whole = link.span();
    String text = whole.source().text();
    int start = text.indexOf(operator, Math.max(0, Math.min(base.end(), text.length())));
    return start < 0 || start >= whole.end()
        ? whole
        : new Span(whole.source(), start, start + operator.length(), whole.expansions());
  }
}
