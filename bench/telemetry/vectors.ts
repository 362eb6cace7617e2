import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Measurement } from '../../shared/telemetry/codecs/measurement.ts';
import { type CodecName, decodeFrame } from '../../shared/telemetry/codecs/registry.ts';
import { codecForDevice, quantityForKey } from './vendor-keys.ts';

/**
 * `node bench/telemetry/vectors.ts FILE`: published uplink examples through our codecs, compared quantity by quantity after a mapping
 * of the vendor's keys. Prints the agreement of every device and every disagreement; exit code 1 below 95 %.
 */
const vectorsSchema = z.object({
  vectors: z.array(
    z.object({
      category: z.string(),
      device: z.string(),
      description: z.string(),
      fPort: z.number(),
      hex: z.string(),
      expected: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});
type Vector = z.infer<typeof vectorsSchema>['vectors'][number];

/** `'2799 mm'`, `'25.00'`, `{ value: 1234, unit: 'mm' }`, `true` and `'tilt'` as numbers; words without a number as no value. */
const numberOf = (said: unknown): number | null => {
  if (typeof said === 'number') return said;
  if (typeof said === 'boolean') return said ? 1 : 0;
  if (typeof said === 'object' && said !== null && 'value' in said) return numberOf(said.value);
  if (said === 'tilt') return 1;
  if (said === 'normal') return 0;
  const number = typeof said === 'string' ? Number.parseFloat(said) : Number.NaN;
  return Number.isNaN(number) ? null : number;
};

/** The vendor's own arithmetic in floats may differ in the last digits, nothing else. */
const agree = (ours: number | null, theirs: number | null): boolean =>
  ours === null || theirs === null ? ours === theirs : Math.abs(ours - theirs) <= 1e-6 * Math.max(1, Math.abs(theirs));

type Comparison = { readonly compared: number; readonly disagreements: readonly string[] };

const compareValues = (
  codec: CodecName,
  expected: Readonly<Record<string, unknown>>,
  measurements: readonly Measurement[],
): Comparison => {
  const ofFrame = measurements.filter(
    ({ measuredAt, intervalsAgo }) => measuredAt === undefined && intervalsAgo === undefined,
  );
  const disagreements: string[] = [];
  let compared = 0;
  for (const [key, said] of Object.entries(expected)) {
    const vendorKey = quantityForKey(codec, key);
    if (vendorKey === undefined) continue;
    const { quantity, factor = 1 } = vendorKey;
    const theirs = numberOf(said);
    const ours = ofFrame.find((measurement) => measurement.quantity === quantity);
    compared += 1;
    if (ours !== undefined && agree(ours.value, theirs === null ? null : theirs * factor)) continue;
    const shown = ours === undefined ? 'nothing' : `${ours.value}${ours.missing ? ` (${ours.missing})` : ''}`;
    disagreements.push(`${key} = ${JSON.stringify(said)}, ours ${quantity} = ${shown}`);
  }
  return { compared, disagreements };
};

const compare = (codec: CodecName, { fPort, hex, expected }: Vector): Comparison => {
  const decoded = decodeFrame(codec, Buffer.from(hex, 'hex'), fPort);
  if (expected === null) return { compared: 1, disagreements: decoded.ok ? ['accepted, should be refused'] : [] };
  if (!decoded.ok) return { compared: 1, disagreements: [`refused: ${decoded.reason}`] };
  const values = compareValues(codec, expected, decoded.value);
  // Nothing to compare in a frame of settings or versions: that it was read is the agreement.
  return values.compared === 0 ? { compared: 1, disagreements: [] } : values;
};

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? vectors.ts FILE');
const { vectors } = vectorsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

const totals = { frames: 0, agreeing: 0, compared: 0, disagreeing: 0, foreign: 0 };
for (const vector of vectors) {
  const codec = codecForDevice(vector.device);
  if (codec === undefined) {
    totals.foreign += 1;
    continue;
  }
  const { compared, disagreements } = compare(codec, vector);
  totals.frames += 1;
  totals.agreeing += disagreements.length === 0 ? 1 : 0;
  totals.compared += compared;
  totals.disagreeing += disagreements.length;
  console.log(
    `${disagreements.length === 0 ? 'agree   ' : 'DISAGREE'} ${vector.device} ${vector.fPort}:${vector.hex} (${compared})`,
  );
  for (const disagreement of disagreements) console.log(`           ${disagreement}`);
}
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
console.log(
  `${totals.agreeing} of ${totals.frames} frames agree (${percent(totals.agreeing, totals.frames)}), ` +
    `${totals.compared - totals.disagreeing} of ${totals.compared} values ` +
    `(${percent(totals.compared - totals.disagreeing, totals.compared)}); ${totals.foreign} frames of devices without a codec`,
);
process.exitCode = totals.disagreeing > 0.05 * totals.compared ? 1 : 0;
