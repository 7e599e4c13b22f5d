package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import java.util.Optional;

/** A type while it is being inferred, and what it was inferred from. */
final class TypeCell {
  /** How a type came to be known, which decides how a mismatch is worded. */
  enum Source {
    /** Written in the script, or a literal. */
    DECLARED,
    /** From a use as a value. */
    USE,
    /** From an argument of a call, or an index of an array. */
    INDEX
  }

  private Type type = Type.UNKNOWN;
  private Optional<Span> origin = Optional.empty();
  private Source source = Source.USE;
  private int index;
  private boolean isSilent;
  private Optional<Pointee> pointee = Optional.empty();
  private boolean hasSeveralPointees;

  /** What its values are addresses of, where that is one C type; for {@code ->}. */
  Optional<Pointee> pointee() {
    return hasSeveralPointees ? Optional.empty() : pointee;
  }

  /** Notes what an address that it is given is of; true when that is news. */
  boolean pointsTo(Optional<Pointee> target) {
    if (target.isEmpty() || hasSeveralPointees || target.equals(pointee)) {
      return false;
    }
    hasSeveralPointees = pointee.isPresent();
    pointee = target;
    return true;
  }

  static TypeCell declared(Type type, Span span) {
    TypeCell cell = new TypeCell();
    cell.resolve(type, span, Source.DECLARED, 0);
    return cell;
  }

  Type type() {
    return type;
  }

  boolean isKnown() {
    return type != Type.UNKNOWN;
  }

  Optional<Span> origin() {
    return origin;
  }

  Source source() {
    return source;
  }

  /** Whether nothing is to be said about it any more: a fault of it has been reported. */
  boolean isSilent() {
    return isSilent;
  }

  void silence() {
    isSilent = true;
  }

  /** Of which argument or index it was inferred, for {@link Source#INDEX}. */
  int index() {
    return index;
  }

  void resolve(Type inferred, Span span, Source from, int place) {
    type = inferred;
    origin = Optional.of(span);
    source = from;
    index = place;
  }
}
