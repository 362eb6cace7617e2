import * as z from 'zod';
import { type Bin, binSchema, type WasteStream } from '../../shared/city/entities.ts';
import { entityIdFrom } from './entity-id.ts';

/** Which property of a feature says what, and what to assume where none does. */
export type BinColumns = {
  /** Property with the id; without it the feature's own id. */
  readonly id?: string;
  readonly prefix: string;
  readonly name?: string;
  readonly ward?: string;
  readonly stream?: string;
  /** The file's word for a kind of waste → ours. A word that is ours already needs no entry. */
  readonly streamMap: ReadonlyMap<string, WasteStream>;
  readonly defaultStream?: WasteStream;
  readonly capacity?: string;
  readonly capacityUnit: 'm3' | 'l';
  readonly defaultCapacityLitres: number;
  readonly depthMm: number;
  readonly blindZoneMm: number;
  readonly serviceLevel: number;
  readonly serviceSeconds: number;
  readonly positionApproximate: boolean;
};

export type BinImport = {
  readonly bins: readonly Bin[];
  /** 0-based index in the file's `features`. */
  readonly refused: readonly { readonly index: number; readonly id: string; readonly reason: string }[];
  /** Bins taken with an assumed value, by what was assumed. */
  readonly assumed: { readonly capacity: number; readonly stream: number };
};

const collectionSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

/** RFC 7946: a position is longitude, latitude and perhaps height. */
const featureSchema = z.object({
  type: z.literal('Feature'),
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.object({
    type: z.literal('Point', 'only points can be bins'),
    coordinates: z.array(z.number()).min(2).max(3),
  }),
});
type Feature = z.infer<typeof featureSchema>;

type Outcome =
  | { readonly ok: true; readonly bin: Bin; readonly assumedCapacity: boolean; readonly assumedStream: boolean }
  | { readonly ok: false; readonly reason: string };

const textOf = (feature: Feature, property: string | undefined): string => {
  const value = property === undefined ? undefined : feature.properties?.[property];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
};

const rawId = (feature: Feature, property: string | undefined): string =>
  property === undefined ? String(feature.id ?? feature.properties?.id ?? '') : textOf(feature, property);

const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue?.message ?? 'not valid'}`;
};

const isStream = (word: string): word is WasteStream => word === 'recyclable' || word === 'food' || word === 'other';

const streamOf = (feature: Feature, columns: BinColumns): WasteStream | undefined => {
  const word = textOf(feature, columns.stream);
  return columns.streamMap.get(word) ?? (isStream(word) ? word : undefined);
};

/** Litres; `undefined` where the file says nothing, NaN where it says nonsense. A decimal comma is a comma. */
const capacityOf = (feature: Feature, columns: BinColumns): number | undefined => {
  const text = textOf(feature, columns.capacity);
  if (text === '') return undefined;
  const number = Number(text.replace(',', '.'));
  const litres = number * (columns.capacityUnit === 'm3' ? 1_000 : 1);
  return Number.isFinite(litres) && litres > 0 ? litres : Number.NaN;
};

const readBin = (input: unknown, columns: BinColumns): Outcome => {
  const parsed = featureSchema.safeParse(input);
  if (!parsed.success) return { ok: false, reason: firstIssue(parsed.error) };
  const feature = parsed.data;
  const id = entityIdFrom(columns.prefix, rawId(feature, columns.id));
  if (id === undefined) return { ok: false, reason: `no usable id in "${rawId(feature, columns.id)}"` };
  const stream = streamOf(feature, columns) ?? columns.defaultStream;
  if (stream === undefined) {
    return { ok: false, reason: `waste stream "${textOf(feature, columns.stream)}" is in no --stream-map` };
  }
  const capacity = capacityOf(feature, columns);
  if (Number.isNaN(capacity))
    return { ok: false, reason: `capacity "${textOf(feature, columns.capacity)}" is no volume` };
  const [longitude, latitude] = feature.geometry.coordinates;
  const ward = textOf(feature, columns.ward);
  const bin = binSchema.safeParse({
    id,
    name: textOf(feature, columns.name) || id,
    position: { latitude, longitude },
    ...(columns.positionApproximate && { positionApproximate: true }),
    ...(ward !== '' && { ward }),
    stream,
    container: {
      depthMm: columns.depthMm,
      blindZoneMm: columns.blindZoneMm,
      capacityLitres: capacity ?? columns.defaultCapacityLitres,
    },
    serviceLevel: columns.serviceLevel,
    serviceSeconds: columns.serviceSeconds,
  });
  if (!bin.success) return { ok: false, reason: firstIssue(bin.error) };
  return {
    ok: true,
    bin: bin.data,
    assumedCapacity: capacity === undefined,
    assumedStream: streamOf(feature, columns) === undefined,
  };
};

/**
 * Bins from a GeoJSON feature collection of points. A feature that cannot be a bin is refused with its reason and spoils no other;
 * of two with one id the first is taken.
 * @throws Error when the text is not a feature collection at all.
 */
export const readBins = (geojson: unknown, columns: BinColumns): BinImport => {
  const collection = collectionSchema.safeParse(geojson);
  if (!collection.success) throw new Error(`Not a GeoJSON FeatureCollection: ${firstIssue(collection.error)}`);
  const bins = new Map<string, Bin>();
  const refused: { index: number; id: string; reason: string }[] = [];
  let capacity = 0;
  let stream = 0;
  for (const [index, feature] of collection.data.features.entries()) {
    const outcome = readBin(feature, columns);
    if (!outcome.ok) {
      refused.push({ index, id: nameOf(feature), reason: outcome.reason });
    } else if (bins.has(outcome.bin.id)) {
      refused.push({ index, id: nameOf(feature), reason: `a second feature with the id ${outcome.bin.id}` });
    } else {
      bins.set(outcome.bin.id, outcome.bin);
      capacity += outcome.assumedCapacity ? 1 : 0;
      stream += outcome.assumedStream ? 1 : 0;
    }
  }
  return { bins: [...bins.values()], refused, assumed: { capacity, stream } };
};

/** What a person would look for in the file. */
const nameOf = (feature: unknown): string => {
  const named = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(feature);
  return named.success ? String(named.data.id) : '?';
};
