import type { Reading } from '../../../telemetry/reading.ts';
import type { Series } from '../../series.ts';
import type { Catalogue } from '../city/catalogue.ts';
import type { Entity } from '../city/entity.ts';
import type { WrittenObservation } from './written-entity.ts';

/**
 * A datastream that third parties wrote has no series in the reading store. It goes by a name that no sensor can have, so that
 * whoever asks for edges, counts and extents of many datastreams asks for all of them alike. Its quantity is not looked at.
 */
const MARK = '#';
const ANY_QUANTITY = 'battery';

export const seriesOfWritten = (datastream: number): Series => ({
  sensorId: `${MARK}${datastream}`,
  quantity: ANY_QUANTITY,
});

/** Of a datastream none of whose readings is shown. */
export const noSeries: Series = { sensorId: MARK, quantity: ANY_QUANTITY };

/** `undefined` for a series of the city's; 0 for `noSeries`, which is nobody's number. */
export const writtenDatastreamOf = ({ sensorId }: Series): number | undefined =>
  sensorId.startsWith(MARK) ? Number(sensorId.slice(MARK.length)) : undefined;

export type WrittenReading = Reading & { readonly written: WrittenObservation };

/** An observation where a reading is expected: its place in time is right, what it says is in `written`. */
export const readingOfWritten = (written: WrittenObservation): WrittenReading => ({
  ...seriesOfWritten(written.datastream),
  value: null,
  measuredAt: written.at,
  receivedAt: written.at,
  quality: { flag: 9, test: 'none' },
  written,
});

export const writtenOf = (reading: Reading | WrittenReading): WrittenObservation | undefined =>
  'written' in reading ? reading.written : undefined;

/** A written observation as an entity of the catalogue in which its datastream stands. */
export const entityOfWritten = (
  catalogue: Catalogue,
  datastream: Entity,
  { id, feature, values }: WrittenObservation,
): Entity => ({
  type: 'Observation',
  id,
  written: true,
  values,
  related: new Map([
    ['Datastream', [datastream]],
    ['FeatureOfInterest', [catalogue.find('FeatureOfInterest', feature)].flatMap((each) => each ?? [])],
  ]),
});
