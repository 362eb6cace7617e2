import type { QualityFlag, Reading } from '../../../telemetry/reading.ts';
import { entityOfWritten, writtenOf } from '../writing/written-series.ts';
import type { Catalogue } from './catalogue.ts';
import type { Entity } from './entity.ts';

/** An observation's address in itself: the datastream's number and the instant. */
export type ObservationName = { readonly datastream: number; readonly at: number };

const namePattern = /^(\d{1,10})-(-?\d{1,16})$/;

/** `12-1700000000000`: nothing has to be kept to find it again, and it stays when the value is corrected. */
export const observationId = ({ datastream, at }: ObservationName): string => `${datastream}-${at}`;

/** `undefined` for what is no observation's id. */
export const readObservationId = (text: string): ObservationName | undefined => {
  const [, datastream, at] = namePattern.exec(text) ?? [];
  if (datastream === undefined || at === undefined) return undefined;
  const name = { datastream: Number(datastream), at: Number(at) };
  return Number.isSafeInteger(name.at) && observationId(name) === text ? name : undefined;
};

/** IOOS QARTOD's words for its flags. */
const flagWords: Readonly<Record<QualityFlag, string>> = {
  1: 'good',
  2: 'not evaluated',
  3: 'suspect',
  4: 'fail',
  9: 'missing',
};

/** A reading of a datastream as an observation. A missing value is null and says why; it is never a number. */
export const observationOf = (catalogue: Catalogue, datastream: Entity, reading: Reading): Entity => {
  const written = writtenOf(reading);
  if (written !== undefined) return entityOfWritten(catalogue, datastream, written);
  const { value, measuredAt, receivedAt, quality } = reading;
  const feature = catalogue.featureOfDatastream(datastream);
  return {
    type: 'Observation',
    id: observationId({ datastream: Number(datastream.id), at: measuredAt }),
    values: {
      phenomenonTime: new Date(measuredAt).toISOString(),
      result: value,
      resultTime: new Date(receivedAt).toISOString(),
      resultQuality: { scheme: 'QARTOD', flag: quality.flag, meaning: flagWords[quality.flag], test: quality.test },
      ...(value === null && { parameters: { missingReason: quality.test } }),
    },
    related: new Map([
      ['Datastream', [datastream]],
      ['FeatureOfInterest', feature === undefined ? [] : [feature]],
    ]),
  };
};
