import * as z from 'zod';
import { type Quantity, quantities } from '../../telemetry/quantity.ts';
import type { FeatureCollection } from '../geojson.ts';
import { point } from '../geojson.ts';
import { localInstant } from '../open-reading.ts';
import type { Site } from '../site.ts';
import { column, type Table } from '../tables/table.ts';
import { type Aggregate, type AggregatePeriod, aggregatePeriods } from './aggregate.ts';

const statistic = z.number().nullable();
const count = z.int().min(0);

/** An aggregate as the public sees it: its period on both clocks, and always with what it rests on. */
export const openAggregateSchema = z
  .object({
    stationId: z.string().nullable(),
    sensorId: z.string(),
    quantity: z.string(),
    unit: z.string(),
    by: z.enum(aggregatePeriods),
    startsAt: z.iso.datetime().meta({ description: 'UTC; the period holds startsAt < t ≤ endsAt' }),
    startsAtLocal: z.iso.datetime({ offset: true }),
    endsAt: z.iso.datetime(),
    endsAtLocal: z.iso.datetime({ offset: true }),
    mean: statistic.meta({
      description:
        'Of an hour’s readings, a day’s valid hours, a month’s valid days; null where nothing counts or where a mean says nothing (pH, switches)',
    }),
    min: statistic,
    max: statistic,
    sum: statistic.meta({ description: 'Of a switch: how many readings said 1; null for everything else' }),
    expected: count.meta({ description: 'Readings that the sensor’s interval lets expect' }),
    observed: count.meta({ description: 'Readings that count: good and not evaluated' }),
    coverage: z.number().min(0).max(1).meta({ description: 'observed / expected, at most 1' }),
    good: count,
    notEvaluated: count,
    suspect: count.meta({ description: 'Left out' }),
    failed: count.meta({ description: 'Left out' }),
    flag: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(9)])
      .meta({ description: '1 good, 2 with readings nobody evaluated, 3 less data than a mean needs, 9 nothing' }),
    test: z.enum(['none', 'coverage']),
  })
  .meta({ id: 'Aggregate' });
export type OpenAggregate = z.infer<typeof openAggregateSchema>;

const iso = (at: number): string => new Date(at).toISOString();

export const openAggregate = (
  { startsAt, endsAt, ...aggregate }: Aggregate,
  {
    sensorId,
    quantity,
    by,
    timeZone,
    siteOf,
  }: {
    readonly sensorId: string;
    readonly quantity: Quantity;
    readonly by: AggregatePeriod;
    readonly timeZone: string;
    readonly siteOf: ReadonlyMap<string, string>;
  },
): OpenAggregate => ({
  stationId: siteOf.get(sensorId) ?? null,
  sensorId,
  quantity,
  unit: quantities[quantity].unit,
  by,
  startsAt: iso(startsAt),
  startsAtLocal: localInstant(timeZone, startsAt),
  endsAt: iso(endsAt),
  endsAtLocal: localInstant(timeZone, endsAt),
  ...aggregate,
});

export const aggregateTable: Table = {
  name: 'aggregates',
  title: { en: 'Readings by hour, day or month', vi: 'Số liệu theo giờ, ngày hoặc tháng' },
  columns: [
    column('stationId', 'text', 'Bin or station', 'Thùng rác hoặc trạm'),
    column('sensorId', 'text', 'Sensor', 'Cảm biến'),
    column('quantity', 'text', 'What was measured', 'Đại lượng đo'),
    column('unit', 'text', 'Unit', 'Đơn vị'),
    column('by', 'text', 'hour, day or month', 'hour (giờ), day (ngày) hoặc month (tháng)'),
    column('startsAt', 'instant', 'Start, not included, UTC', 'Bắt đầu (không gồm), UTC'),
    column('startsAtLocal', 'local-instant', 'Start, city time', 'Bắt đầu, giờ địa phương'),
    column('endsAt', 'instant', 'End, included, UTC', 'Kết thúc (gồm), UTC'),
    column('endsAtLocal', 'local-instant', 'End, city time', 'Kết thúc, giờ địa phương'),
    column('mean', 'number', 'Mean; empty where there is none', 'Trung bình; trống nếu không có'),
    column('min', 'number', 'Least value', 'Giá trị nhỏ nhất'),
    column('max', 'number', 'Greatest value', 'Giá trị lớn nhất'),
    column('sum', 'number', 'Of a switch: readings that said 1', 'Của công tắc: số lần báo 1'),
    column('expected', 'integer', 'Readings expected', 'Số lần đo dự kiến'),
    column('observed', 'integer', 'Readings that count', 'Số lần đo được tính'),
    column('coverage', 'number', 'observed / expected, at most 1', 'observed / expected, tối đa 1'),
    column('good', 'integer', 'Readings of flag 1', 'Số lần đo có cờ 1'),
    column('notEvaluated', 'integer', 'Readings of flag 2', 'Số lần đo có cờ 2'),
    column('suspect', 'integer', 'Readings of flag 3, left out', 'Số lần đo có cờ 3, không tính'),
    column('failed', 'integer', 'Readings of flag 4, left out', 'Số lần đo có cờ 4, không tính'),
    column(
      'flag',
      'integer',
      '1 good, 2 unevaluated, 3 too little data, 9 nothing',
      '1 tốt, 2 chưa đánh giá, 3 thiếu số liệu, 9 không có',
    ),
    column('test', 'text', 'What decided the flag', 'Điều quyết định cờ'),
  ],
  key: ['sensorId', 'quantity', 'by', 'endsAt'],
};

/** One feature an aggregate, at its site. */
export const aggregatesGeoJson = (
  aggregates: readonly OpenAggregate[],
  sites: readonly Site[],
  nextCursor?: string,
): FeatureCollection => {
  const positionOf = new Map(sites.map(({ id, position }) => [id, position]));
  return {
    type: 'FeatureCollection',
    ...(nextCursor === undefined ? {} : { nextCursor }),
    features: aggregates.map((each) => ({
      type: 'Feature',
      id: `${each.sensorId}/${each.quantity}/${each.by}/${each.endsAt}`,
      geometry: point(positionOf.get(each.stationId ?? '')),
      properties: each,
    })),
  };
};
