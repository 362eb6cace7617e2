import { parseArgs } from 'node:util';
import { codecNames, codecOf, decodeFrame } from '../../shared/telemetry/codecs/registry.ts';
import { type Frame, frames } from './frames.ts';

/**
 * `node bench/telemetry/fuzz.ts [--frames N] [--seed K]`: that many frames for every built-in codec, half of them random bytes, half of
 * them real uplinks with bytes changed, cut or added. Stops with the frame at which a decoder throws, says a number that is none,
 * or refuses without naming a byte of the frame. The same seed makes the same frames.
 */
const { values } = parseArgs({
  options: { frames: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.frames);
const seed = Number(values.seed);
if (!(Number.isInteger(count) && count > 0)) throw new Error('--frames takes a whole number of at least 1');
if (!Number.isInteger(seed)) throw new Error('--seed takes a whole number');

/** mulberry32: small, and good enough to reach every byte. */
const randomFrom = (start: number): (() => number) => {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
const random = randomFrom(seed);
const below = (limit: number): number => Math.floor(random() * limit);

const MAX_BYTES = 60;

const rubbish = (): Buffer => Buffer.from(Array.from({ length: below(MAX_BYTES) }, () => below(256)));

const mutate = (bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes);
  for (let changes = below(4); changes > 0; changes -= 1) changed[below(changed.length)] = below(256);
  const cut = random() < 0.3 ? changed.subarray(0, below(changed.length + 1)) : changed;
  return random() < 0.2 ? Buffer.concat([cut, rubbish()]) : cut;
};

/** What is wrong with the answer to a frame, in words; `undefined` when nothing is. */
const faultIn = ({ codec, fPort, bytes }: Frame): string | undefined => {
  const decoded = decodeFrame(codec, bytes, fPort);
  if (!decoded.ok) {
    const byte = Number(decoded.reason.match(/^byte (\d+): ./)?.[1] ?? Number.NaN);
    return byte <= bytes.length ? undefined : `refused without a byte of the frame: ${decoded.reason}`;
  }
  const odd = decoded.value.find(({ value, missing }) =>
    value === null ? missing === undefined : !Number.isFinite(value),
  );
  return odd === undefined ? undefined : `says ${JSON.stringify(odd)}`;
};

const check = (frame: Frame): boolean => {
  let fault: string | undefined;
  try {
    fault = faultIn(frame);
  } catch (error) {
    fault = `throws ${error instanceof Error ? error.message : String(error)}`;
  }
  if (fault !== undefined) console.log(`${frame.codec}, port ${frame.fPort}, ${frame.bytes.toString('hex')}: ${fault}`);
  return fault === undefined;
};

let accepted = 0;
let faults = 0;
for (const codec of codecNames) {
  const { ports } = codecOf(codec);
  const sample = frames.find((frame) => frame.codec === codec);
  for (let made = 0; made < count && faults < 10; made += 1) {
    const isRubbish = sample === undefined || made % 2 === 0;
    const fPort = isRubbish ? (ports[below(ports.length)] ?? 0) : sample.fPort;
    const frame: Frame = { codec, fPort, bytes: isRubbish ? rubbish() : mutate(sample.bytes) };
    if (!check(frame)) faults += 1;
    else if (decodeFrame(codec, frame.bytes, fPort).ok) accepted += 1;
  }
}
console.log(`${count * codecNames.length} frames, ${accepted} of them decoded, ${faults} faults, seed ${seed}`);
process.exitCode = faults === 0 ? 0 : 1;
