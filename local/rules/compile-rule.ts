import { randomUUID } from 'node:crypto';
import type { TopicRule } from '../../events/topic-rules.ts';
import { callFunction, type FunctionContext } from './functions.ts';
import { applyBinary, negate, not } from './operators.ts';
import { parseStatement } from './parser.ts';
import type { Expression, Json, SelectItem, Statement, Value } from './syntax.ts';
import { basicIngestTopic, topicMatches } from './topic-filter.ts';
import { cast, equal, isObject, property } from './values.ts';

/** A message as the rule engine sees it. */
export type RuleMessage = {
  readonly topic: string;
  readonly payload: Buffer;
  /** Absent for a message that no MQTT client published. */
  readonly clientId?: string;
  readonly principal?: string;
  /** UTC epoch milliseconds. */
  readonly receivedAt: number;
};

export type RuleOutcome =
  /** `undefined`: WHERE did not hold, so nothing is to be done. */
  | { readonly ok: true; readonly output: Readonly<Record<string, Json>> | undefined }
  /** The rule cannot be applied to this message. */
  | { readonly ok: false; readonly reason: string };

export type CompiledRule = {
  readonly name: string;
  /** Whether FROM matches, or the message was sent to this rule by its name (`$aws/rules/<name>/...`). */
  readonly matches: (topic: string) => boolean;
  readonly evaluate: (message: RuleMessage) => RuleOutcome;
};

/**
 * Compiles a topic rule in AWS IoT SQL, version 2016-03-23.
 * @throws RuleSyntaxError with the position of whatever is wrong or not supported.
 */
export const compileRule = (rule: TopicRule): CompiledRule => {
  const statement = parseStatement(rule.sql);
  return {
    name: rule.name,
    matches: (topic) =>
      basicIngestTopic(rule.name, topic) !== undefined ||
      (statement.from !== undefined && topicMatches(statement.from, topic)),
    evaluate: (message) => run(statement, contextOf(rule, message)),
  };
};

type Context = FunctionContext & {
  readonly bytes: Buffer;
  /** The payload as JSON; Undefined when it is none. Parsed on the first use: our own rules never need it. */
  readonly payload: () => Value;
};

const contextOf = (rule: TopicRule, message: RuleMessage): Context => {
  let parsed: { readonly value: Value } | undefined;
  return {
    topic: basicIngestTopic(rule.name, message.topic) ?? message.topic,
    clientId: message.clientId,
    principal: message.principal,
    timestamp: message.receivedAt,
    traceId: randomUUID(),
    bytes: message.payload,
    payload: () => {
      parsed ??= { value: parseJson(message.payload) };
      return parsed.value;
    },
  };
};

const run = ({ items, where }: Statement, context: Context): RuleOutcome => {
  if (where !== undefined && evaluate(where, context) !== true) return { ok: true, output: undefined };
  const output: Record<string, Json> = {};
  for (const item of items) {
    const fault = select(item, context, output);
    if (fault !== undefined) return { ok: false, reason: fault };
  }
  return { ok: true, output };
};

const select = (item: SelectItem, context: Context, output: Record<string, Json>): string | undefined => {
  if (item.kind === 'all') {
    const payload = context.payload();
    if (!isObject(payload)) return 'SELECT * needs a payload that is a JSON object';
    for (const [key, value] of Object.entries(payload)) set(output, key, value);
  } else {
    set(output, item.alias, evaluate(item.expression, context));
  }
  return undefined;
};

/** Undefined is left out, as in JSON. `__proto__` becomes a property like any other. */
const set = (output: Record<string, Json>, key: string, value: Value): void => {
  if (value === undefined) return;
  Object.defineProperty(output, key, { value, enumerable: true, configurable: true, writable: true });
};

const evaluate = (expression: Expression, context: Context): Value => {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'payload':
      return context.payload();
    case 'name':
      return property(context.payload(), expression.name);
    case 'member':
      return property(evaluate(expression.object, context), expression.name);
    case 'array':
      return expression.items.map((item) => evaluate(item, context)).filter((item) => item !== undefined);
    case 'object':
      return evaluateObject(expression.entries, context);
    case 'not':
      return not(evaluate(expression.operand, context));
    case 'negate':
      return negate(evaluate(expression.operand, context));
    case 'binary':
      return applyBinary(expression.operator, evaluate(expression.left, context), evaluate(expression.right, context));
    case 'case':
      return evaluateCase(expression, context);
    case 'cast':
      return cast(evaluate(expression.operand, context), expression.type);
    case 'call':
      return evaluateCall(expression, context);
  }
};

const evaluateObject = (entries: readonly (readonly [string, Expression])[], context: Context): Value => {
  const object: Record<string, Json> = {};
  for (const [key, value] of entries) set(object, key, evaluate(value, context));
  return object;
};

const evaluateCase = (expression: Extract<Expression, { kind: 'case' }>, context: Context): Value => {
  const subject = evaluate(expression.subject, context);
  if (subject === undefined) return undefined;
  const branch = expression.branches.find(({ when }) => equal(subject, evaluate(when, context)) === true);
  const chosen = branch?.result ?? expression.otherwise;
  return chosen === undefined ? undefined : evaluate(chosen, context);
};

const evaluateCall = (call: Extract<Expression, { kind: 'call' }>, context: Context): Value =>
  call.arguments[0]?.kind === 'payload'
    ? context.bytes.toString('base64')
    : callFunction(
        call.name,
        call.arguments.map((argument) => evaluate(argument, context)),
        context,
      );

const parseJson = (bytes: Buffer): Value => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
};
