import { compileRule, type RuleMessage } from '../../../../local/rules/compile-rule.ts';

export const message = (payload: unknown, over: Partial<RuleMessage> = {}): RuleMessage => ({
  topic: 'a/b',
  payload: Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload)),
  clientId: 'BIN-1',
  principal: 'ba67293a',
  receivedAt: 1_767_225_600_000,
  ...over,
});
export const rule = (sql: string) => compileRule({ name: 'a_rule', description: '', sql });
export const output = (sql: string, payload: unknown = {}, over: Partial<RuleMessage> = {}): unknown => {
  const outcome = rule(sql).evaluate(message(payload, over));
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.output;
};
/** The value of one expression; `'undefined'` for Undefined, which JSON cannot say. */
export const value = (expression: string, payload: unknown = {}): unknown => {
  const selected = output(`SELECT ${expression} AS x FROM 'a/b'`, payload);
  return selected !== null && typeof selected === 'object' && 'x' in selected ? selected.x : 'undefined';
};
