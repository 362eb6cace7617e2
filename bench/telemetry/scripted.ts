import { parseArgs } from 'node:util';
import { openSandboxThread } from '../../shared/sandbox/sandbox-thread.ts';
import { decodeScripted, type ScriptedFrame } from '../../shared/telemetry/scripted-codecs/decode-scripted.ts';
import { sandboxInThisThread } from '../../shared/telemetry/scripted-codecs/run-calls.ts';
import type { Sandbox } from '../../shared/telemetry/scripted-codecs/sandbox.ts';
import { scriptedCodec } from '../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import { scriptMapping, scriptText } from './script.ts';

/**
 * `node bench/telemetry/scripted.ts [--frames N]`: how many uplinks a second are decoded by scripts in the sandbox and mapped, each
 * from the state in which its script was loaded, in batches of 100 as the queue delivers them; in one thread, which is what counts,
 * and as deployed, with the scripts in a thread of their own. Exit code 1 under 5,000 on one core.
 */
const TARGET_PER_SECOND = 5_000;
const BATCH = 100;

const { values } = parseArgs({ options: { frames: { type: 'string', default: '20000' } } });
const count = Number(values.frames);
if (!(Number.isInteger(count) && count >= BATCH)) throw new Error(`--frames takes a whole number of at least ${BATCH}`);

/** Ten devices' scripts in turn. */
const codecs = Array.from({ length: 10 }, (_, index) =>
  scriptedCodec(`bench-${index}`, scriptText(index / 10), scriptMapping),
);

const batchOf = (from: number): readonly ScriptedFrame[] =>
  Array.from({ length: BATCH }, (_, index) => {
    const codec = codecs[(from + index) % codecs.length];
    if (codec === undefined) throw new Error('no codec');
    const bytes = Uint8Array.of(
      1,
      0x75,
      (from + index) % 101,
      3,
      0x67,
      0x10,
      1,
      4,
      0x68,
      0x6e,
      7,
      0x7d,
      0x20,
      2,
      3,
      0x82,
      index,
      4,
    );
    return { codec, bytes, fPort: 85, receivedAt: 1_764_000_000_000 + from };
  });

const run = async (sandbox: Sandbox, total: number): Promise<void> => {
  for (let from = 0; from < total; from += BATCH) {
    for (const result of await decodeScripted(sandbox, batchOf(from))) {
      if (!result.ok) throw new Error(result.reason);
      if (result.value.measurements.length !== 5) throw new Error('A frame lost a value');
    }
  }
};

const rate = async (name: string, sandbox: Sandbox): Promise<number> => {
  const opening = performance.now();
  await run(sandbox, BATCH);
  const first = performance.now() - opening;
  await run(sandbox, count / 4);
  const began = performance.now();
  const cpu = process.cpuUsage();
  await run(sandbox, count);
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = count / ((performance.now() - began) / 1e3);
  const cpuMicroseconds = (user + system) / count;
  console.log(
    `${name.padEnd(24)} ${Math.round(perSecond).toLocaleString('en')} /s, ${cpuMicroseconds.toFixed(0)} µs of CPU each; first batch after ${first.toFixed(0)} ms`,
  );
  return perSecond;
};

const onOneCore = await rate('one thread', sandboxInThisThread());
await rate('a thread for scripts', openSandboxThread());
process.exitCode = onOneCore < TARGET_PER_SECOND ? 1 : 0;
