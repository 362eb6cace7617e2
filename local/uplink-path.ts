import { uplinkRules } from '../events/topic-rules.ts';
import type { BrokerMessage } from './mqtt/broker.ts';
import { compileRule } from './rules/compile-rule.ts';

/**
 * What IoT Core does with a message: every rule whose topic filter matches runs, and its output goes to the queue. Resolves when
 * all of them are durably queued, which is when the broker may acknowledge.
 */
export const uplinkPath = (
  send: (body: string) => Promise<unknown>,
  log: (line: string) => void,
): ((message: BrokerMessage) => Promise<void>) => {
  const rules = uplinkRules.map((rule) => ({ name: rule.name, compiled: compileRule(rule) }));
  return async (message) => {
    const outputs = rules
      .filter(({ compiled }) => compiled.matches(message.topic))
      .flatMap(({ name, compiled }) => {
        const result = compiled.evaluate(message);
        if (!result.ok) log(`Rule ${name} failed on ${message.topic}: ${result.reason}`);
        return result.ok && result.output !== undefined ? [JSON.stringify(result.output)] : [];
      });
    await Promise.all(outputs.map(send));
  };
};
