import { stringify } from 'csv-stringify/sync';
import type { OpenReading } from './open-reading.ts';
import type { Site } from './site.ts';

/**
 * RFC 4180: a header row, CRLF, UTF-8. A text that a spreadsheet would run as a formula is sent with an apostrophe in front;
 * numbers, also negative ones, stay numbers. Missing values are empty.
 */
export const csv = (columns: readonly string[], rows: readonly object[]): string =>
  stringify([...rows], {
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: (value) => String(value) },
  });

const readingColumns = [
  'stationId',
  'sensorId',
  'quantity',
  'value',
  'unit',
  'measuredAt',
  'measuredAtLocal',
  'flag',
  'test',
] as const satisfies readonly (keyof OpenReading)[];

export const readingsCsv = (readings: readonly OpenReading[]): string => csv(readingColumns, readings);

const siteColumns = [
  'id',
  'kind',
  'name',
  'latitude',
  'longitude',
  'positionApproximate',
  'ward',
  'stream',
  'capacityLitres',
  'referenceStation',
  'sensorIds',
  'stationClass',
  'mayPublishIndex',
];

export const sitesCsv = (sites: readonly Site[]): string =>
  csv(
    siteColumns,
    sites.map(({ position, sensorIds, ...site }) => ({ ...site, ...position, sensorIds: sensorIds.join(' ') })),
  );
