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
  /** The access of a chain that begins with a value of the script, an address of that type. */
  ContextAccess autocast(AccessChain chain, int pointee) throws AccessFault {
    AccessPath root = AccessPath.pointer(data, new Base.Value(chain.root()), pointee, false);
    AccessPath path = follow(chain, root);
    if (chain.print().isPresent()) {
      return path.text()
          .orElseThrow(
              () ->
                  new AccessFault(
                      AnalysisCodes.NOT_SUPPORTED,
                      chain.print().get().span(),
                      "pretty-printing of a variable's structure is not supported yet"));
    }
    return finish(chain, path);
  }

  /** What a chain gives that leads there. */
  ContextAccess finish(AccessChain chain, AccessPath path) throws AccessFault {
    Span place = operatorOf(chain);
    return chain.isAddress() ? path.address(place) : path.number(place);
  }

  /** Where a chain leads that begins there. */
  AccessPath follow(AccessChain chain, AccessPath root) throws AccessFault {
    AccessPath path = root;
    facts.put(chain.root(), path.fact());
    for (Expression link : chain.links()) {
      path =
          switch (link) {
            case Expression.Member member -> path.member(member.member().name(), placeOf(member));
            case Expression.TargetElement element ->
                path.element(element.index(), placeOf(element));
            default -> throw new IllegalArgumentException("no link: " + link);
          };
      facts.put(link, path.fact());
    }
    return path;
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
