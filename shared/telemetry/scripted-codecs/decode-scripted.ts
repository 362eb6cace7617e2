import type { Measurement } from '../codecs/measurement.ts';
import { accept, quote, type Result, refuse } from '../refusal.ts';
import { answerMapper } from './map-answer.ts';
import type { Sandbox, ScriptAnswer, ScriptCall } from './sandbox.ts';
import type { ScriptedCodec } from './scripted-codec.ts';

/** A frame of a device whose codec the city brought along. */
export type ScriptedFrame = {
  readonly codec: ScriptedCodec;
  readonly bytes: Uint8Array;
  readonly fPort: number;
  /** UTC epoch milliseconds; the script's clock stands there. */
  readonly receivedAt: number;
};

export type ScriptedResult = {
  readonly measurements: readonly Measurement[];
  /** What the script itself found doubtful, in its words. */
  readonly warnings: readonly string[];
};

/** The test's name of readings that a script warned of. */
const CODEC_WARNING = 'codec-warning';

const mappers = new WeakMap<ScriptedCodec, ReturnType<typeof answerMapper>>();

const mapperOf = (codec: ScriptedCodec): ReturnType<typeof answerMapper> => {
  const known = mappers.get(codec);
  if (known !== undefined) return known;
  const mapper = answerMapper(codec.mapping);
  mappers.set(codec, mapper);
  return mapper;
};

const refuseScript = ({ id, version }: ScriptedCodec, words: string) =>
  refuse('undecodable-frame', `codec script:${id} (version ${version}): ${words}`);

const interpret = (codec: ScriptedCodec, answer: ScriptAnswer): Result<ScriptedResult> => {
  if (!answer.ok) return refuseScript(codec, answer.fault === 'refused' ? `it says ${answer.reason}` : answer.reason);
  const { warnings } = answer;
  const isDoubtful = warnings.length > 0;
  if (isDoubtful && codec.mapping.warnings === 'refuse') {
    return refuseScript(codec, `it warns ${warnings.map(quote).join('; ')}`);
  }
  const mapped = mapperOf(codec)(answer.data);
  if (!mapped.ok) return refuseScript(codec, mapped.reason);
  const measurements =
    isDoubtful && codec.mapping.warnings === 'suspect'
      ? mapped.value.map((measurement): Measurement => ({ ...measurement, doubt: CODEC_WARNING }))
      : mapped.value;
  return accept({ measurements, warnings });
};

/** What frames say by their scripts and mappings; one result for each, in their order. Refusals name the codec, and the key at fault. */
export const decodeScripted = async (
  sandbox: Sandbox,
  frames: readonly ScriptedFrame[],
): Promise<readonly Result<ScriptedResult>[]> => {
  const calls = frames.flatMap(({ codec, bytes, fPort, receivedAt }): readonly ScriptCall[] =>
    takesPort(codec, fPort) ? [{ script: codec.script, version: codec.version, bytes, fPort, receivedAt }] : [],
  );
  const answers = calls.length === 0 ? [] : await sandbox.run(calls);
  let next = 0;
  return frames.map(({ codec, fPort }) => {
    if (!takesPort(codec, fPort)) {
      return refuseScript(codec, `its frames come on port ${codec.mapping.ports?.join(', ')}, not on ${fPort}`);
    }
    const answer = answers[next++];
    return answer === undefined ? refuseScript(codec, 'it gives no answer') : interpret(codec, answer);
  });
};

const takesPort = ({ mapping: { ports } }: ScriptedCodec, fPort: number): boolean =>
  ports === undefined || ports.includes(fPort);
