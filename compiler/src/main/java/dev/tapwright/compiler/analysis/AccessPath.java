package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.ContextAccess.Base;
import dev.tapwright.compiler.analysis.ContextAccess.Step;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A way to a value of the traced program, while it is being followed. Immutable: each step gives
 * another path.
 *
 * @param base the first value
 * @param steps so far
 * @param form what the steps lead to
 * @param type the type of the value, of what it points to, or of what is at the address
 * @param bits the bit-field at the address, where it is one
 */
record AccessPath(
    DataTypes data,
    Base base,
    List<Step> steps,
    Form form,
    int type,
    Optional<BitField> bits,
    boolean isUser) {
  /** What the steps lead to. */
  enum Form {
    /** A value of the type. */
    VALUE,
    /** The address of something of the type, as a value. */
    POINTER,
    /** The address where something of the type is, which is what is meant. */
    OBJECT
  }

  record BitField(long offset, int size) {}

  private static final int DEEPEST = 16;

  AccessPath {
    steps = List.copyOf(steps);
  }

  static AccessPath value(DataTypes data, Base base, int type, boolean isUser) {
    return new AccessPath(data, base, List.of(), Form.VALUE, type, Optional.empty(), isUser);
  }

  static AccessPath pointer(DataTypes data, Base base, int type, boolean isUser) {
    return new AccessPath(data, base, List.of(), Form.POINTER, type, Optional.empty(), isUser);
  }

  private AccessPath to(Form next, int nextType, Step... added) {
    List<Step> longer = new ArrayList<>(steps);
    longer.addAll(List.of(added));
    return new AccessPath(data, base, longer, next, nextType, Optional.empty(), isUser);
  }

  TypeShape shape() {
    return data.shape(type);
  }

  /** The type of the whole as C writes it. */
  String spelling() {
    String spelling = data.spelling(type);
    return form == Form.POINTER ? spelling + (spelling.endsWith("*") ? "*" : " *") : spelling;
  }

  /** Whether it is an address of something else, rather than something. */
  boolean isPointer() {
    return form == Form.POINTER || shape() instanceof TypeShape.Pointer;
  }

  /** What an editor shows of it. */
  ContextFact fact() {
    return new ContextFact(spelling(), structure());
  }

  private OptionalInt structure() {
    int inner = type;
    for (int i = 0; i < DEEPEST; i++) {
      switch (data.shape(inner)) {
        case TypeShape.Pointer(int target) -> inner = target;
        case TypeShape.Composite _ -> {
          return OptionalInt.of(inner);
        }
        default -> {
          return OptionalInt.empty();
        }
      }
    }
    return OptionalInt.empty();
  }

  /** Where what it points to is; empty where it points to nothing. */
  private Optional<AccessPath> dereferenced() {
    if (form == Form.POINTER) {
      return Optional.of(to(Form.OBJECT, type));
    }
    if (!(shape() instanceof TypeShape.Pointer(int target))) {
      return Optional.empty();
    }
    return Optional.of(
        form == Form.VALUE
            ? to(Form.OBJECT, target)
            : to(Form.OBJECT, target, new Step.Load(Long.BYTES, false)));
  }

  /** {@code ->name}, through as many pointers as there are. */
  AccessPath member(String name, Span place) throws AccessFault {
    AccessPath path = this;
    for (int i = 0; i < DEEPEST; i++) {
      if (path.form == Form.OBJECT && path.shape() instanceof TypeShape.Composite composite) {
        return path.memberOf(composite, name, place);
      }
      Optional<AccessPath> inner = path.dereferenced();
      if (inner.isEmpty()) {
        break;
      }
      path = inner.get();
    }
    throw path.form == Form.OBJECT && path.isDeclared()
        ? AccessFault.undescribed(data, path.spelling(), place)
        : new AccessFault(
            AnalysisCodes.CONTEXT_ACCESS,
            place,
            path.shape() instanceof TypeShape.Array
                ? "invalid access '->%s' for array type".formatted(name)
                : "invalid access '->%s' %s".formatted(name, path.against()));
  }

  /** What a message says that something was accessed as which is of another type. */
  private String against() {
    return form == Form.OBJECT && shape() instanceof TypeShape.Opaque
        ? "vs 'void*'"
        : "vs. " + data.plainSpelling(type);
  }

  /** Whether it is a structure or union of which only the name is known. */
  private boolean isDeclared() {
    return shape() instanceof TypeShape.Opaque
        && (spelling().startsWith("struct ") || spelling().startsWith("union "));
  }

  private AccessPath memberOf(TypeShape.Composite composite, String name, Span place)
      throws AccessFault {
    List<String> names = new ArrayList<>();
    Optional<TypeShape.Member> found = find(composite, name, 0, names, 0);
    if (found.isEmpty()) {
      throw AccessFault.unknownMember(composite, name, names, place);
    }
    TypeShape.Member member = found.get();
    boolean isBitField = member.bitSize() != 0;
    Step step =
        new Step.Offset(
            isBitField ? 0 : member.bitOffset() / Byte.SIZE, composite.spelling(), name);
    AccessPath path = to(Form.OBJECT, member.type(), step);
    return isBitField
        ? new AccessPath(
            data,
            base,
            path.steps,
            Form.OBJECT,
            member.type(),
            Optional.of(new BitField(member.bitOffset(), member.bitSize())),
            isUser)
        : path;
  }

  /** Finds a member, also in members without names; its offset is from the outermost structure. */
  private Optional<TypeShape.Member> find(
      TypeShape.Composite composite, String name, long before, List<String> names, int depth) {
    for (TypeShape.Member member : composite.members()) {
      long offset = before + member.bitOffset();
      if (member.name().equals(name)) {
        return Optional.of(
            new TypeShape.Member(member.name(), member.type(), offset, member.bitSize()));
      }
      if (!member.name().isEmpty()) {
        names.add(member.name());
      } else if (depth < DEEPEST
          && data.shape(member.type()) instanceof TypeShape.Composite inner) {
        Optional<TypeShape.Member> found = find(inner, name, offset, names, depth + 1);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * {@code [index]}.
   *
   * @param isOnly whether no other index stands beside it: then an array of several dimensions is
   *     one long one, as in SystemTap
   * @param root what the whole begins with
   */
  AccessPath element(Expression index, boolean isOnly, Span place, Span root) throws AccessFault {
    if (form == Form.OBJECT && shape() instanceof TypeShape.Array(int row, long count)) {
      int element = row;
      while (isOnly && data.shape(element) instanceof TypeShape.Array(int inner, long columns)) {
        element = inner;
      }
      return to(Form.OBJECT, element, indexStep(index, element));
    }
    Optional<AccessPath> inner = dereferenced();
    String written =
        index instanceof Expression.NumberLiteral(var span, long value) ? "" + value : "...";
    if (inner.isEmpty()) {
      throw new AccessFault(
          AnalysisCodes.CONTEXT_ACCESS,
          place,
          "invalid access '[%s]' %s".formatted(written, against()));
    }
    int element = inner.get().type;
    if (inner.get().isDeclared() || inner.get().shape() instanceof TypeShape.Function) {
      throw new AccessFault(
          AnalysisCodes.CONTEXT_ACCESS, root, "confused about array element size");
    }
    if (inner.get().shape() instanceof TypeShape.Opaque) {
      throw new AccessFault(
          AnalysisCodes.CONTEXT_ACCESS,
          place,
          "invalid access '[%s]' %s".formatted(written, inner.get().against()));
    }
    return inner.get().to(Form.OBJECT, element, indexStep(index, element));
  }

  private Step indexStep(Expression index, int element) {
    long size = Math.max(1, data.size(element));
    return index instanceof Expression.NumberLiteral(var span, long value)
        ? new Step.Offset(value * size, "", "")
        : new Step.Index(index, size);
  }

  /**
   * {@code &}; of a cast without members, the number that was cast.
   *
   * @param root what the whole begins with
   */
  ContextAccess address(Span root) throws AccessFault {
    if (form == Form.POINTER) {
      return number(root);
    }
    if (form != Form.OBJECT || bits.isPresent()) {
      throw new AccessFault(
          AnalysisCodes.CONTEXT_ACCESS,
          root,
          bits.isPresent()
              ? "cannot take the address of a bit field"
              : "cannot take the address of a value that is not in memory");
    }
    String spelling = data.spelling(type);
    return access(steps, Type.LONG, spelling + " *", OptionalInt.of(type));
  }

  /** The value as a number. */
  ContextAccess number(Span place) throws AccessFault {
    if (form == Form.POINTER) {
      return access(steps, Type.LONG, spelling(), OptionalInt.of(type));
    }
    return switch (shape()) {
      case TypeShape.Number(int size, boolean isSigned, boolean isCharacter) ->
          loaded(size, isSigned, OptionalInt.empty(), place);
      case TypeShape.Enumeration enumeration ->
          loaded(enumeration.size(), enumeration.isSigned(), OptionalInt.empty(), place);
      case TypeShape.Pointer(int target) ->
          loaded(
              Long.BYTES, false, target == 0 ? OptionalInt.empty() : OptionalInt.of(target), place);
      case TypeShape.Array(int element, long count) ->
          access(steps, Type.LONG, spelling(), OptionalInt.of(element));
      case TypeShape.Function _ -> access(steps, Type.LONG, spelling(), OptionalInt.empty());
      // As SystemTap has it: its bits, which the functions for such numbers take.
      case TypeShape.Floating(int size) -> {
        if (form == Form.VALUE) {
          throw new AccessFault(
              AnalysisCodes.CONTEXT_ACCESS,
              place,
              "a number with a fraction (%s) in a register cannot be read".formatted(spelling()));
        }
        yield loaded(size, false, OptionalInt.empty(), place);
      }
      case TypeShape.Composite composite ->
          throw AccessFault.whole(composite, data.members(type), place);
      case TypeShape.Opaque _ -> {
        if (form == Form.VALUE) {
          yield access(steps, Type.LONG, spelling(), OptionalInt.empty());
        }
        throw AccessFault.undescribed(data, spelling(), place);
      }
    };
  }

  private ContextAccess loaded(int size, boolean isSigned, OptionalInt pointee, Span place)
      throws AccessFault {
    if (form == Form.VALUE) {
      return access(steps, Type.LONG, spelling(), pointee);
    }
    if (size != 1 && size != 2 && size != 4 && size != 8) {
      throw new AccessFault(
          AnalysisCodes.CONTEXT_ACCESS,
          place,
          "a value of %d bytes (%s) cannot be read".formatted(size, spelling()));
    }
    List<Step> longer = new ArrayList<>(steps);
    if (bits.isPresent()) {
      bitField(longer, bits.get(), isSigned, place);
    } else {
      longer.add(new Step.Load(size, isSigned));
    }
    return access(longer, Type.LONG, spelling(), pointee);
  }

  /** Takes the smallest whole number that holds all the bits: a bit-field is never read past it. */
  private void bitField(List<Step> longer, BitField field, boolean isSigned, Span place)
      throws AccessFault {
    for (int size = 1; size <= Long.BYTES; size *= 2) {
      long unit = (long) size * Byte.SIZE;
      long start = field.offset() / unit * unit;
      if (field.offset() + field.size() <= start + unit) {
        Step.Offset last = (Step.Offset) longer.removeLast();
        longer.add(new Step.Offset(start / Byte.SIZE, last.structure(), last.member()));
        longer.add(new Step.Load(size, false));
        longer.add(new Step.BitField((int) (field.offset() - start), field.size(), isSigned));
        return;
      }
    }
    throw new AccessFault(
        AnalysisCodes.CONTEXT_ACCESS, place, "a bit-field across two words cannot be read");
  }

  /** The characters there as a string; empty where it is no string. */
  Optional<ContextAccess> text() {
    if (form == Form.OBJECT
        && shape() instanceof TypeShape.Array(int element, long count)
        && isCharacter(element)) {
      return Optional.of(text(this, (int) Math.min(count, Integer.MAX_VALUE)));
    }
    return dereferenced().filter(inner -> isCharacter(inner.type)).map(inner -> text(inner, 0));
  }

  private ContextAccess text(AccessPath path, int limit) {
    List<Step> longer = new ArrayList<>(path.steps);
    longer.add(new Step.Text(limit));
    return access(longer, Type.STRING, spelling(), OptionalInt.empty());
  }

  private boolean isCharacter(int id) {
    return data.shape(id) instanceof TypeShape.Number number && number.isCharacter();
  }

  private ContextAccess access(List<Step> all, Type result, String cType, OptionalInt pointee) {
    return new ContextAccess(base, merged(all), result, isUser, cType, pointee);
  }

  /** Offsets one after the other are one. */
  private static List<Step> merged(List<Step> steps) {
    List<Step> merged = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Offset next
          && next.structure().isEmpty()
          && !merged.isEmpty()
          && merged.getLast() instanceof Step.Offset last
          && last.structure().isEmpty()) {
        merged.removeLast();
        merged.add(new Step.Offset(last.bytes() + next.bytes(), "", ""));
      } else {
        merged.add(step);
      }
    }
    return merged;
  }

  /** The path to a member or element for printing, which cannot fail. */
  AccessPath at(long bitOffset, int bitSize, int memberType, String structure, String name) {
    AccessPath path =
        to(
            Form.OBJECT,
            memberType,
            new Step.Offset(bitSize == 0 ? bitOffset / Byte.SIZE : 0, structure, name));
    return bitSize == 0
        ? path
        : new AccessPath(
            data,
            base,
            path.steps,
            Form.OBJECT,
            memberType,
            Optional.of(new BitField(bitOffset, bitSize)),
            isUser);
  }

  /**
   * What a cast stands for: what is at the address. An index counts such things from there on,
   * except that of an array or of what a pointer points to.
   */
  AccessPath cast(boolean isIndexed) {
    boolean holdsElements =
        shape() instanceof TypeShape.Array || shape() instanceof TypeShape.Pointer;
    return isIndexed && !holdsElements ? this : target();
  }

  /** Where what it points to is, once; itself where it points to nothing. */
  AccessPath target() {
    return dereferenced().orElse(this);
  }
}
