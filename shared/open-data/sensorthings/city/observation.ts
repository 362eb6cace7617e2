import type { QualityFlag, Reading } from '../../../telemetry/reading.ts';
import { entityOfWritten, writtenOf } from '../writing/written-series.ts';
import type { Catalogue } from './catalogue.ts';
import type { Entity } from './entity.ts';
import { instantText } from './instant-text.ts';

/** An observation's address in itself: the datastream's number and the instant. */
export type ObservationName = { readonly datastream: number; readonly at: number };

/** Milliseconds of an epoch up to the year 2286: the digits behind the datastream's. */
const INSTANT_DIGITS = 13;
const idPattern = /^([1-9]\d{0,9})(\d{13})$/;
/** How ids were written once, and still are where an instant has no 13 digits. */
const joinedPattern = /^(\d{1,10})-(-?\d{1,16})$/;

/**
 * `121700000000000`, datastream 12 at 1700000000000: nothing has to be kept to find it again, and it stays when the value is
 * corrected. A whole number, but written as text: QGIS cuts numbers off at 32 bits, and JavaScript rounds beyond 53.
 */
export const observationId = ({ datastream, at }: ObservationName): string => {
  const instant = String(at).padStart(INSTANT_DIGITS, '0');
  return at < 0 || instant.length > INSTANT_DIGITS ? `${datastream}-${at}` : `${datastream}${instant}`;
};

/** From an id, also one written as `12-1700000000000`; `undefined` for what is no observation's id. */
export const readObservationId = (text: string): ObservationName | undefined => {
  const [, datastream, at] = idPattern.exec(text) ?? joinedPattern.exec(text) ?? [];
  if (datastream === undefined || at === undefined) return undefined;
  const name = { datastream: Number(datastream), at: Number(at) };
  const isPlain = text === observationId(name) || text === `${name.datastream}-${name.at}`;
  return isPlain && Number.isSafeInteger(name.at) ? name : undefined;
};

/** IOOS QARTOD's words for its flags. */
const flagWords: Readonly<Record<QualityFlag, string>> = {
  1: 'good',
  2: 'not evaluated',
  3: 'suspect',
  4: 'fail',
  9: 'missing',
};

/** What all observations of a datastream are related to, made once a catalogue. */
const relations = new WeakMap<Catalogue, Map<Entity, Entity['related']>>();

const relatedOf = (catalogue: Catalogue, datastream: Entity): Entity['related'] => {
  const known = relations.get(catalogue) ?? new Map<Entity, Entity['related']>();
  if (known.size === 0) relations.set(catalogue, known);
  const found = known.get(datastream);
  if (found !== undefined) return found;
  const feature = catalogue.featureOfDatastream(datastream);
  const related = new Map([
    ['Datastream', [datastream]],
    ['FeatureOfInterest', feature === undefined ? [] : [feature]],
  ]);
  known.set(datastream, related);
  return related;
};

/** A reading of a datastream as an observation. A missing value is null and says why; it is never a number. */
export const observationOf = (catalogue: Catalogue, datastream: Entity, reading: Reading): Entity => {
  const written = writtenOf(reading);
  if (written !== undefined) return entityOfWritten(catalogue, datastream, written);
  const { value, measuredAt, receivedAt, quality } = reading;
  return {
    type: 'Observation',
    id: observationId({ datastream: Number(datastream.id), at: measuredAt }),
    values: {
      phenomenonTime: instantText(measuredAt),
      result: value,
      resultTime: instantText(receivedAt),
      resultQuality: { scheme: 'QARTOD', flag: quality.flag, meaning: flagWords[quality.flag], test: quality.test },
      ...(value === null && { parameters: { missingReason: quality.test } }),
    },
    related: relatedOf(catalogue, datastream),
  };
};
