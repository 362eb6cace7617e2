import type { ArithmeticOperator, ComparisonOperator, Expression, LogicalOperator, Span } from './ast.ts';
import { isFunctionName } from './functions.ts';
import type { Token } from './lexer.ts';
import { MAX_EXPRESSION_DEPTH, MAX_PATH_SEGMENTS } from './limits.ts';
import { parseLiteral } from './literal-parser.ts';
import type { TokenStream } from './token-stream.ts';

/** OData 4's binding strengths (part 2, 5.1.1.14), weakest first. */
const strengths: Readonly<Record<ComparisonOperator | ArithmeticOperator | LogicalOperator, number>> = {
  or: 1,
  and: 2,
  eq: 3,
  ne: 3,
  gt: 4,
  ge: 4,
  lt: 4,
  le: 4,
  add: 5,
  sub: 5,
  mul: 6,
  div: 6,
  mod: 6,
};
const UNARY_STRENGTH = 7;

type BinaryOperator = keyof typeof strengths;

const isBinaryOperator = (word: string): word is BinaryOperator => Object.hasOwn(strengths, word);
const isLogical = (operator: BinaryOperator): operator is LogicalOperator => operator === 'and' || operator === 'or';
const isComparison = (operator: BinaryOperator): operator is ComparisonOperator =>
  strengths[operator] === 3 || strengths[operator] === 4;

const OPERAND = 'a property, a literal, a function or “(”';

/** Binary operators are read in any case: nothing else can stand where they stand. */
const operatorAt = (token: Token): BinaryOperator | undefined => {
  const word = token.text.toLowerCase();
  return token.kind === 'word' && isBinaryOperator(word) ? word : undefined;
};

/** What is being read, and how deep the reader is in it. */
type Parser = {
  readonly stream: TokenStream;
  /** Answers the expression; `token` is where to point when it stands too high. */
  readonly built: (expression: Expression, parts: readonly Expression[], token: Token) => Expression;
  /** Runs a parser one bracket deeper. */
  readonly nested: (token: Token, parse: () => Expression) => Expression;
  readonly spanFrom: (start: number) => Span;
};

const openParser = (stream: TokenStream): Parser => {
  /** Heights of finished expressions, so that chains of left operands count as depth like brackets do. */
  const heights = new Map<Expression, number>();
  let brackets = 0;
  const tooDeep = (token: Token) =>
    stream.fault('too-deep', token, `nested more than ${MAX_EXPRESSION_DEPTH} deep`, 'a simpler expression');
  return {
    stream,
    built: (expression, parts, token) => {
      const height = 1 + parts.reduce((highest, part) => Math.max(highest, heights.get(part) ?? 0), 0);
      if (height > MAX_EXPRESSION_DEPTH) throw tooDeep(token);
      heights.set(expression, height);
      return expression;
    },
    nested: (token, parse) => {
      brackets += 1;
      // `not (` and `-(` take two of them for one level.
      if (brackets > 2 * MAX_EXPRESSION_DEPTH) throw tooDeep(token);
      const result = parse();
      brackets -= 1;
      return result;
    },
    spanFrom: (start) => ({ start, end: stream.endOfLast() }),
  };
};

const parseUnary = (parser: Parser): Expression => {
  const { stream, built, nested, spanFrom } = parser;
  const token = stream.peek();
  if (token.kind === 'word' && token.text.toLowerCase() === 'not') {
    stream.next();
    const operand = nested(token, () => parseBinary(parser, UNARY_STRENGTH));
    return built({ kind: 'not', operand, span: spanFrom(token.start) }, [operand], token);
  }
  if (token.kind === 'symbol' && token.text === '-') {
    const literal = parseLiteral(stream);
    if (literal !== undefined) return built(literal, [], token);
    stream.next();
    const operand = nested(token, () => parseBinary(parser, UNARY_STRENGTH));
    return built({ kind: 'negate', operand, span: spanFrom(token.start) }, [operand], token);
  }
  return parsePrimary(parser);
};

const parseCall = (parser: Parser): Expression => {
  const { stream, built, nested, spanFrom } = parser;
  const token = stream.next();
  const name = token.text.toLowerCase();
  if (!isFunctionName(name)) {
    throw stream.fault('unsupported', token, `no function is called “${token.text.slice(0, 40)}”`);
  }
  stream.need('(');
  const parameters: Expression[] = [];
  if (!stream.accept(')')) {
    do parameters.push(nested(token, () => parseBinary(parser, 0)));
    while (stream.accept(','));
    stream.need(')');
  }
  const call: Expression = { kind: 'call', name, arguments: parameters, span: spanFrom(token.start) };
  return built(call, parameters, token);
};

const parsePath = (parser: Parser): Expression => {
  const { stream, built, spanFrom } = parser;
  const first = stream.next();
  const segments = [first.text];
  while (stream.accept('/')) {
    const token = stream.peek();
    const isName = token.kind === 'word' || (token.kind === 'number' && /^\d+$/.test(token.text));
    if (!isName) throw stream.unexpected('the next name of the path');
    if (stream.peek(1).kind === 'symbol' && stream.peek(1).text === '(') {
      throw stream.fault('unsupported', token, 'a path leads through relations without brackets', 'a name');
    }
    if (segments.length === MAX_PATH_SEGMENTS) {
      throw stream.fault('too-deep', token, `a path of more than ${MAX_PATH_SEGMENTS} names`);
    }
    segments.push(stream.next().text);
  }
  return built({ kind: 'path', segments, span: spanFrom(first.start) }, [], first);
};

const parsePrimary = (parser: Parser): Expression => {
  const { stream, built, nested } = parser;
  const token = stream.peek();
  const literal = parseLiteral(stream);
  if (literal !== undefined) return built(literal, [], token);
  if (token.kind === 'word') {
    const after = stream.peek(1);
    return after.kind === 'symbol' && after.text === '(' ? parseCall(parser) : parsePath(parser);
  }
  if (stream.accept('(')) {
    const inner = nested(token, () => parseBinary(parser, 0));
    stream.need(')');
    return inner;
  }
  throw stream.unexpected(OPERAND);
};

const parseLogical = (parser: Parser, operator: LogicalOperator, first: Expression, strength: number): Expression => {
  const { stream, built, spanFrom } = parser;
  const operands = [first];
  const token = stream.peek();
  while (operatorAt(stream.peek()) === operator) {
    stream.next();
    operands.push(parseBinary(parser, strength + 1));
  }
  return built({ kind: 'logical', operator, operands, span: spanFrom(first.span.start) }, operands, token);
};

const parseBinary = (parser: Parser, weakest: number): Expression => {
  const { stream, built } = parser;
  let left = parseUnary(parser);
  for (;;) {
    const token = stream.peek();
    const operator = operatorAt(token);
    if (operator === undefined || strengths[operator] < weakest) return left;
    const strength = strengths[operator];
    if (isLogical(operator)) {
      left = parseLogical(parser, operator, left, strength);
      continue;
    }
    stream.next();
    const right = parseBinary(parser, strength + 1);
    const span = { start: left.span.start, end: stream.endOfLast() };
    left = built(
      isComparison(operator)
        ? { kind: 'comparison', operator, left, right, span }
        : { kind: 'arithmetic', operator, left, right, span },
      [left, right],
      token,
    );
  }
};

/**
 * Parses one expression and stops before what does not belong to it.
 * @throws QueryError
 */
export const parseExpression = (stream: TokenStream): Expression => parseBinary(openParser(stream), 0);
