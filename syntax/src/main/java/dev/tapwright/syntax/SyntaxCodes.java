package dev.tapwright.syntax;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** The kinds of diagnostics that parsing reports. */
public final class SyntaxCodes {
  /** Something else was expected at this token. */
  public static final DiagnosticCode EXPECTED_TOKEN = new DiagnosticCode("syntax-expected");

  /**
   * A token that is wrong in itself: an unknown operator, an unterminated string, a number out of
   * range.
   */
  public static final DiagnosticCode INVALID_TOKEN = new DiagnosticCode("syntax-token");

  /** A histogram where a value is expected. */
  public static final DiagnosticCode HISTOGRAM = new DiagnosticCode("syntax-histogram");

  /** Only guru mode and tapset files may contain it. */
  public static final DiagnosticCode NEEDS_GURU = new DiagnosticCode("syntax-guru");

  /** A macro, a conditional or an argument of the script is used wrongly. */
  public static final DiagnosticCode PREPROCESSOR = new DiagnosticCode("syntax-preprocessor");

  /** The script is nested deeper than this program can follow. */
  public static final DiagnosticCode TOO_DEEP = new DiagnosticCode("syntax-too-deep");

  /** A format of {@code printf} cannot be understood. */
  public static final DiagnosticCode PRINT_FORMAT = new DiagnosticCode("syntax-format");

  /** A file declares a global variable twice, or a function two parameters of one name. */
  public static final DiagnosticCode DUPLICATE = new DiagnosticCode("syntax-duplicate");

  /** The file has nothing in it. */
  public static final DiagnosticCode EMPTY_FILE = new DiagnosticCode("syntax-empty");

  private SyntaxCodes() {}

  /** Whether a diagnostic of this kind comes from parsing. */
  public static boolean isParseError(DiagnosticCode code) {
    return code.name().startsWith("syntax-");
  }
}
