/*
 * Tokens of the SystemTap language.
 *
 * What the characters alone decide is decided here. What needs the token before it (is this "-" a sign or a subtraction? is
 * "next" a keyword or a probe point component?) is decided by TokenRoles, which gives the types of the second list below.
 * Keywords are found by Keywords among the words, which keeps the automaton small and a cold start quick.
 *
 * The character stream shows every character outside ASCII as U+007F: none has a meaning of its own.
 */
lexer grammar ScriptLexer;

tokens {
  // Words that Keywords tells from names.
  PROBE, GLOBAL, PRIVATE, FUNCTION, IF, ELSE, FOR, FOREACH, IN, LIMIT, RETURN, DELETE, WHILE, BREAK, CONTINUE, NEXT,
  STRING_TYPE, LONG_TYPE, TRY, CATCH,
  // The @ operators that Keywords tells from uses of macros.
  AT_CAST, AT_DEFINED, AT_PROBEWRITE, AT_ENTRY, AT_PERF, AT_VAR, AT_AVG, AT_COUNT, AT_SUM, AT_MIN, AT_MAX, AT_VARIANCE,
  AT_HIST_LINEAR, AT_HIST_LOG, AT_CONST, AT_ENUM, AT_ENUMNAME, AT_KREGISTER, AT_UREGISTER, AT_KDEREF, AT_UDEREF,
  AT_DEFINE,
  // Roles that TokenRoles gives.
  COMPONENT_NAME,      // a name in a probe point, with its wildcards: vfs_*
  PRINT_NAME,          // print and its kin
  FORMAT_NAME,         // printf and its kin, which begin with a literal string
  CALL,                // the ( right behind a name
  INDEX,               // the [ that goes on with an expression
  STRING_CONTINUATION, // a string right behind a string: one literal
  PREFIX_PLUS, PREFIX_MINUS, ADDRESS_OF, PREFIX_INCREMENT, PREFIX_DECREMENT,
  PRETTY,              // $ or $$ behind ] or )
  EMPTY,               // the ; that ends nothing
  BARE_RETURN          // return without a value
}

WHITESPACE : [ \t\n\r\f\u000B]+ -> skip ;
LINE_COMMENT : ('#' | '//') ~[\n]* -> skip ;
// A comment that nobody closes goes on to the end, in silence.
BLOCK_COMMENT : '/*' .*? ('*/' | EOF) -> skip ;

// Arguments of the script, and how many there are: as they are after $, as a string after @.
ARGUMENT : [$@] [0-9]+ ;
ARGUMENT_COUNT : [$@] '#' ;

NAME : [A-Za-z_] [A-Za-z0-9_$]* | '$' ([A-Za-z_$] [A-Za-z0-9_$]*)? ;
AT_NAME : '@' [A-Za-z_$] [A-Za-z0-9_$]* ;
NUMBER : [0-9] [A-Za-z0-9]* ;

STRING : '"' (~["\\\n] | '\\' .)* '"' ;
UNTERMINATED_STRING : '"' (~["\\\n] | '\\' .)* '\\'? ;

// Code in another language; to the end of the text when nobody closes it.
EMBEDDED : '%{' .*? ('%}' | EOF) ;

CONDITION_OPEN : '%(' ;
CONDITION_THEN : '%?' ;
CONDITION_ELSE : '%:' ;
CONDITION_CLOSE : '%)' ;

AGGREGATE : '<<<' ;
SHIFT_RIGHT_UNSIGNED : '>>>' ;
SHIFT_LEFT_ASSIGN : '<<=' ;
SHIFT_RIGHT_ASSIGN : '>>=' ;
EQUAL : '==' ;
NOT_EQUAL : '!=' ;
LESS_OR_EQUAL : '<=' ;
GREATER_OR_EQUAL : '>=' ;
REGEX_MATCH : '=~' ;
REGEX_MISMATCH : '!~' ;
ADD_ASSIGN : '+=' ;
SUBTRACT_ASSIGN : '-=' ;
MULTIPLY_ASSIGN : '*=' ;
DIVIDE_ASSIGN : '/=' ;
MODULO_ASSIGN : '%=' ;
AND_ASSIGN : '&=' ;
EXCLUSIVE_OR_ASSIGN : '^=' ;
OR_ASSIGN : '|=' ;
CONCATENATE_ASSIGN : '.=' ;
LOGICAL_AND : '&&' ;
LOGICAL_OR : '||' ;
INCREMENT : '++' ;
DECREMENT : '--' ;
ARROW : '->' ;
SHIFT_LEFT : '<<' ;
SHIFT_RIGHT : '>>' ;
ASSIGN : '=' ;
LESS : '<' ;
GREATER : '>' ;
OR : '|' ;
EXCLUSIVE_OR : '^' ;
AND : '&' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
DIVIDE : '/' ;
MODULO : '%' ;
NOT : '!' ;
COMPLEMENT : '~' ;
DOT : '.' ;
COMMA : ',' ;
SEMICOLON : ';' ;
COLON : ':' ;
QUESTION : '?' ;
LEFT_PAREN : '(' ;
RIGHT_PAREN : ')' ;
LEFT_BRACKET : '[' ;
RIGHT_BRACKET : ']' ;
LEFT_BRACE : '{' ;
RIGHT_BRACE : '}' ;

// Signs without a meaning, and what is not even a sign.
OTHER_SIGN : [\\'`@#] ;
JUNK : . ;
