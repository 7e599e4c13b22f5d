/*
 * Grammar of the SystemTap language.
 *
 * Every decision but one looks at a single token, so that no prediction runs and a mistake is found at the very token where
 * SystemTap's own parser finds it. The exception is "else", which belongs to the nearest "if".
 *
 * What makes that possible is that statements need nothing between them, and an expression always goes on as long as it can:
 * "a\n-b" is a subtraction. TokenRoles tells a "-" that goes on from one that begins, and likewise + & ++ -- ( [ ; and
 * adjacent strings.
 *
 * The operators of logic and of comparison stand in flat lists, which TreeBuilder folds by the levels of BinaryOperator: a
 * list of ten thousand needs no deep recursion, and an expression of one name does not pass through a dozen rules.
 */
parser grammar ScriptGrammar;

options {
  tokenVocab = ScriptLexer;
  superClass = NestingParser;
}

@header {
import dev.tapwright.syntax.parser.NestingParser;
}

script : declaration* EOF ;

declaration
  : probe
  | globals
  | function
  | privateDeclaration
  | EMBEDDED
  ;

privateDeclaration : PRIVATE (function | globals | variables) ;

// --- Probes ---

// With any = or += it is an alias; only with = may a second block follow.
probe : PROBE probePoints aliasTarget* block (COMMA block)? ;

aliasTarget : (ASSIGN | ADD_ASSIGN) probePoints ;

probePoints : probePoint (COMMA probePoint)* ;

probePoint : component (DOT component)* (QUESTION | NOT)? (IF LEFT_PAREN expression RIGHT_PAREN)? ;

component
  : LEFT_BRACE probePoints RIGHT_BRACE
  | COMPONENT_NAME (openParen literal RIGHT_PAREN)?
  ;

// --- Globals and functions ---

globals : GLOBAL variables ;

variables : variable (COMMA variable)* semicolon? ;

variable : NAME MODULO? (openBracket NUMBER RIGHT_BRACKET)? (ASSIGN literal)? ;

function : FUNCTION functionHeader (block | EMBEDDED) ;

functionHeader
  : functionName (COLON typeName)? openParen parameters? RIGHT_PAREN (COLON signedNumber)?
  ;

// A comma may follow the last.
parameters : parameter (COMMA parameter?)* ;

functionName : NAME | STRING_TYPE | LONG_TYPE ;

parameter : NAME (COLON typeName)? ;

typeName : STRING_TYPE | LONG_TYPE ;

// --- Statements ---

block : LEFT_BRACE statement* RIGHT_BRACE ;

statement
  : EMPTY
  | block
  | ifStatement
  | whileStatement
  | forStatement
  | foreachStatement
  | tryStatement
  | (returnStatement | deleteStatement | evaluation | NEXT | BREAK | CONTINUE) SEMICOLON?
  ;

ifStatement : IF condition statement (ELSE statement)? ;

whileStatement : WHILE condition statement ;

condition : LEFT_PAREN expression RIGHT_PAREN ;

forStatement : FOR forHeader statement ;

forHeader
  : LEFT_PAREN initialization=expression? semicolon test=expression? semicolon step=expression? RIGHT_PAREN
  ;

foreachStatement : FOREACH foreachHeader statement ;

foreachHeader
  : LEFT_PAREN foreachVariables IN indexable (openBracket elements RIGHT_BRACKET)? (statisticName? sortMark)?
    (LIMIT expression)? RIGHT_PAREN
  ;

foreachVariables
  : loopVariable (ASSIGN (loopVariable | loopVariableList))?
  | loopVariableList
  ;

loopVariableList : openBracket loopVariable (COMMA loopVariable)* RIGHT_BRACKET ;

loopVariable : NAME sortMark? ;

sortMark : PLUS | PREFIX_PLUS | MINUS | PREFIX_MINUS ;

tryStatement : TRY block CATCH (LEFT_PAREN NAME RIGHT_PAREN)? block ;

returnStatement : BARE_RETURN | RETURN expression ;

deleteStatement : DELETE expression ;

evaluation : expression ;

// --- Expressions, loosest first ---

expression : logic (QUESTION expression COLON conditional)? (assignmentOperator expression)? ;

conditional : logic (QUESTION expression COLON conditional)? ;

assignmentOperator
  : ASSIGN | AGGREGATE | ADD_ASSIGN | SUBTRACT_ASSIGN | MULTIPLY_ASSIGN | DIVIDE_ASSIGN | MODULO_ASSIGN
  | SHIFT_LEFT_ASSIGN | SHIFT_RIGHT_ASSIGN | AND_ASSIGN | EXCLUSIVE_OR_ASSIGN | OR_ASSIGN | CONCATENATE_ASSIGN
  ;

// || && | ^ &
logic : membership (logicOperator membership)* ;

logicOperator : LOGICAL_OR | LOGICAL_AND | OR | EXCLUSIVE_OR | AND ;

membership
  : LEFT_BRACKET listElements RIGHT_BRACKET (IN indexable)?
  | comparison (IN indexable)?
  ;

// What is looked for in an array; tighter than what an index may be.
listElements : listElement (COMMA listElement)* ;

listElement : STAR | comparison ;

// < > <= >= == !=, shifts, concatenation, sums, products; or a match with a regular expression instead of a comparison.
comparison : operand (arithmeticOperator operand)* ((REGEX_MATCH | REGEX_MISMATCH) string)? ;

arithmeticOperator
  : LESS | GREATER | LESS_OR_EQUAL | GREATER_OR_EQUAL | EQUAL | NOT_EQUAL
  | SHIFT_LEFT | SHIFT_RIGHT | SHIFT_RIGHT_UNSIGNED
  | DOT
  | PLUS | MINUS
  | STAR | DIVIDE | MODULO
  ;

operand
  : prefixOperator*
    ( (PREFIX_INCREMENT | PREFIX_DECREMENT) value
    | value (INCREMENT | DECREMENT)?
    )
  ;

prefixOperator : PREFIX_PLUS | PREFIX_MINUS | NOT | COMPLEMENT ;

value : ADDRESS_OF? primary suffix* ;

suffix
  : ARROW NAME
  | INDEX elements RIGHT_BRACKET
  | PRETTY
  ;

elements : element (COMMA element)* ;

element : STAR | expression ;

primary
  : NAME (CALL arguments? RIGHT_PAREN)?
  | PRINT_NAME openParen arguments? RIGHT_PAREN
  | FORMAT_NAME openParen string (COMMA arguments)? RIGHT_PAREN
  | NUMBER
  | string
  | LEFT_PAREN expression RIGHT_PAREN
  | EMBEDDED
  | statistic
  | histogram
  | atOperator
  ;

arguments : expression (COMMA expression)* ;

string : STRING STRING_CONTINUATION* ;

literal : PREFIX_MINUS? NUMBER | string ;

signedNumber : PREFIX_MINUS? NUMBER ;

// What "in" and "foreach" look into.
indexable : NAME | histogram ;

statistic : statisticName openParen expression (COMMA signedNumber)? RIGHT_PAREN ;

statisticName : AT_AVG | AT_COUNT | AT_SUM | AT_MIN | AT_MAX | AT_VARIANCE ;

histogram
  : AT_HIST_LOG openParen expression RIGHT_PAREN
  | AT_HIST_LINEAR openParen expression COMMA low=signedNumber COMMA high=signedNumber COMMA step=signedNumber RIGHT_PAREN
  ;

atOperator
  : AT_CAST openParen expression COMMA string (COMMA string)? RIGHT_PAREN              # cast
  | AT_VAR openParen string (COMMA string)? RIGHT_PAREN                                # atVariable
  | AT_DEFINED openParen expression RIGHT_PAREN                                        # defined
  | AT_ENTRY openParen expression RIGHT_PAREN                                          # entry
  | AT_PERF openParen string RIGHT_PAREN                                               # perf
  | AT_PROBEWRITE openParen NAME RIGHT_PAREN                                           # probeWrite
  | AT_CONST openParen string RIGHT_PAREN                                              # constant
  | AT_ENUM openParen string RIGHT_PAREN                                               # enumValue
  | AT_ENUMNAME openParen expression (COMMA string (COMMA string)?)? RIGHT_PAREN       # enumName
  | (AT_KREGISTER | AT_UREGISTER) openParen NUMBER RIGHT_PAREN                         # register
  | (AT_KDEREF | AT_UDEREF) openParen NUMBER COMMA expression RIGHT_PAREN              # dereference
  ;

// Signs whose role does not matter where they stand.

openParen : LEFT_PAREN | CALL ;

openBracket : LEFT_BRACKET | INDEX ;

semicolon : SEMICOLON | EMPTY ;
