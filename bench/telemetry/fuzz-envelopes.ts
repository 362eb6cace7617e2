import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lorawanEnvelopes, type UplinkMessage } from '../../events/uplink-message.ts';
import { openUplink } from '../../shared/telemetry/open-uplink.ts';

/**
 * `node bench/telemetry/fuzz-envelopes.ts [--messages N] [--seed K]`: that many messages in each kind of envelope, the sample's text with
 * characters changed, cut, doubled or values replaced. Stops with what throws, opens as a number that is none, or is refused without a
 * reason. The same seed makes the same messages.
 */
const { values } = parseArgs({
  options: { messages: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.messages);
const seed = Number(values.seed);
if (!(Number.isInteger(count) && count > 0)) throw new Error('--messages takes a whole number of at least 1');
if (!Number.isInteger(seed)) throw new Error('--seed takes a whole number');

/** mulberry32. */
let state = seed | 0;
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
const below = (limit: number): number => Math.floor(random() * limit);

const sample = (name: string): string =>
  readFileSync(new URL(`../../events/samples/${name}.json`, import.meta.url), 'utf8');

const sources: readonly { readonly text: string; readonly fields: Partial<UplinkMessage> }[] = [
  ...lorawanEnvelopes.map((envelope) => ({ text: sample(`${envelope}-em400-mud`), fields: { envelope } })),
  ...['senml-air', 'city-json-air', 'city-json-backfill'].map((name) => ({
    text: sample(name),
    fields: { envelope: 'city-json', topic: 'phosach/uplink/air-1', sensorId: 'air-1', clientId: 'air-1' } as const,
  })),
];

const replacements = ['null', '[]', '{}', '""', '-1', '1e999', '1e308', '0.1', '"x"', 'true', '99999999999999999999'];
const value = /(?<=:\s*)(?:"[^"]*"|-?\d[\d.]*|true|false)/g;

const changes: readonly ((text: string) => string)[] = [
  (text) => {
    const found = [...text.matchAll(value)];
    const { index = 0, 0: old = '' } = found[below(found.length)] ?? {};
    return text.slice(0, index) + replacements[below(replacements.length)] + text.slice(index + old.length);
  },
  (text) => {
    const at = below(text.length);
    return text.slice(0, at) + String.fromCharCode(32 + below(95)) + text.slice(at + 1);
  },
  (text) => text.slice(0, below(text.length)),
  (text) => {
    const [from, to] = [below(text.length), below(text.length)].sort((a, b) => a - b);
    return text.slice(0, to) + text.slice(from);
  },
];

/** What is wrong with the answer to a message, in words; `undefined` when nothing is. */
const faultIn = (body: string): string | undefined => {
  const opened = openUplink(body);
  if (!opened.ok) return opened.reason.length > 3 ? undefined : 'refused without a reason';
  const numbers =
    opened.value.envelope === 'city-json'
      ? opened.value.observations.flatMap(({ value: observed, measuredAt }) => [observed ?? 0, measuredAt])
      : [opened.value.frame.fPort ?? 0, opened.value.frame.fCnt ?? 0, opened.value.frame.heardAt ?? 0];
  return numbers.every(Number.isFinite) ? undefined : `says ${numbers}`;
};

let opened = 0;
let faults = 0;
const startedAt = performance.now();
for (const { text, fields } of sources) {
  for (let made = 0; made < count && faults < 10; made += 1) {
    let changed = text;
    for (let steps = 1 + below(3); steps > 0; steps -= 1)
      changed = changes[below(changes.length)]?.(changed) ?? changed;
    const payloadBase64 = Buffer.from(changed).toString('base64');
    const body = JSON.stringify({ ...fields, payloadBase64, receivedAt: 1_795_309_204_000 });
    let fault: string | undefined;
    try {
      fault = faultIn(body);
      if (openUplink(body).ok) opened += 1;
    } catch (error) {
      fault = `throws ${error instanceof Error ? error.message : String(error)}`;
    }
    if (fault === undefined) continue;
    faults += 1;
    console.log(`${fields.envelope}: ${fault}\n${changed}`);
  }
}
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
console.log(
  `${count * sources.length} messages in ${seconds} s, ${opened} of them opened, ${faults} faults, seed ${seed}`,
);
process.exitCode = faults === 0 ? 0 : 1;
