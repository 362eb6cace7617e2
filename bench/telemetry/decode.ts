import { parseArgs } from 'node:util';
import { decodeFrame } from '../../shared/telemetry/codecs/registry.ts';
import { type Frame, frames } from './frames.ts';

/**
 * `node bench/telemetry/decode.ts [--frames N]`: how many frames a second each built-in codec decodes on one core, and all of them in
 * turn, which is what a city with many vendors does. Exit code 1 under 100,000 in turn.
 */
const TARGET_PER_SECOND = 100_000;

const { values } = parseArgs({ options: { frames: { type: 'string', default: '300000' } } });
const count = Number(values.frames);
if (!(Number.isInteger(count) && count > 0)) throw new Error('--frames takes a whole number of at least 1');

/** Frames a second, after a round that lets the compiler do its work; the sum keeps the work from being optimized away. */
const rate = (rounds: readonly Frame[]): number => {
  const run = (total: number): number => {
    let readings = 0;
    for (let index = 0; index < total; index += 1) {
      const frame = rounds[index % rounds.length];
      if (frame === undefined) continue;
      const decoded = decodeFrame(frame.codec, frame.bytes, frame.fPort);
      if (!decoded.ok) throw new Error(`${frame.codec}: ${decoded.reason}`);
      readings += decoded.value.length;
    }
    return readings;
  };
  run(count / 10);
  const before = process.hrtime.bigint();
  run(count);
  return count / (Number(process.hrtime.bigint() - before) / 1e9);
};

for (const frame of frames)
  console.log(`${frame.codec.padEnd(24)} ${Math.round(rate([frame])).toLocaleString('en')} /s`);
const inTurn = rate(frames);
console.log(`${'all in turn'.padEnd(24)} ${Math.round(inTurn).toLocaleString('en')} /s`);
process.exitCode = inTurn < TARGET_PER_SECOND ? 1 : 0;
