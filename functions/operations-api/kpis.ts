import * as z from 'zod';
import { localDate } from '../../shared/city/calendar.ts';
import type { City } from '../../shared/city/entities.ts';
import { json, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { invalidRequest } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { csv } from '../../shared/open-data/csv.ts';
import { daysAfter } from '../../shared/routing/service-date.ts';
import {
  adherenceToldOf,
  type Baseline,
  CO2_KG_PER_LITRE,
  CO2_SOURCE,
  fillAtPickUpOf,
  type KpiName,
  type Kpis,
  kpiReasons,
  kpisByTruck,
  kpisByWard,
  kpisOf,
} from '../../shared/waste/kpis/figures.ts';
import type { KpiDay } from '../../shared/waste/kpis/kpi-day.ts';
import { kpiDaysBetween } from '../../shared/waste/kpis/kpi-days.ts';
import { kpiSources, sourceOf } from '../../shared/waste/kpis/sources.ts';
import type { OperationsParts } from './parts.ts';

const DEFAULT_DAYS = 7;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

const figureSchema = z
  .object({
    value: z.number().nullable().meta({ description: 'Null where nobody knows; never zero for that' }),
    reason: z.object({ code: z.string(), en: z.string(), vi: z.string() }).nullable(),
  })
  .meta({ id: 'KpiFigure' });

const unitOf: Readonly<Record<KpiName, string>> = {
  collections: '1',
  collectionsAvoided: '1',
  distanceKm: 'km',
  workingHours: 'h',
  fuelLitres: 'L',
  co2Kg: 'kg',
  costVnd: 'VND',
  overflows: '1',
  overflowHours: 'h',
  meanFillAtPickUp: 'fraction of the capacity',
  shareBelowHalf: 'fraction of the collections',
  serviceLevel: 'fraction of the collections',
  sensorUptime: 'fraction of the readings expected',
  planAdherence: 'fraction of the planned stops',
  onTime: 'fraction of the stops whose collection a crew timed',
};
const names = Object.keys(unitOf) as readonly KpiName[];

const figuresSchema = z
  .object(Object.fromEntries(names.map((name) => [name, figureSchema])) as Record<KpiName, typeof figureSchema>)
  .meta({ id: 'KpiFigures' });
type Figures = z.output<typeof figuresSchema>;

export const kpisAnswer = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    timeZone: z.string(),
    baseline: z
      .object({ perBinPerWeek: z.number(), name: z.string() })
      .nullable()
      .meta({ description: 'What savings are told against; null where nobody stated it' }),
    co2: z.object({ kgPerLitre: z.number(), source: z.string() }),
    units: z.record(z.string(), z.string()),
    sources: z
      .object({
        figures: z.record(z.string(), z.enum(['planned', 'reported', 'measured'])),
        words: z.record(z.string(), z.object({ en: z.string(), vi: z.string() })),
      })
      .meta({ description: 'Where each figure comes from: routes are planned ones, not driven ones' }),
    adherenceTold: z
      .object({ stops: z.int(), byCrews: z.int() })
      .meta({ description: 'Stops that planAdherence is told of, and those of them that a crew spoke of' }),
    missingDays: z.array(z.iso.date()).meta({ description: 'Days in no figure: not summed up yet, or still to come' }),
    total: figuresSchema,
    fillAtPickUp: z.array(z.int()).meta({ description: 'Collections by how full the bin was: tenths of the capacity' }),
    rows: z.array(z.object({ key: z.string(), name: z.string(), figures: figuresSchema })),
  })
  .meta({ id: 'Kpis' });

const query = z.strictObject({
  from: z.iso
    .date('must be YYYY-MM-DD')
    .optional()
    .meta({ description: 'First city-local day; a week up to `to` when absent' }),
  to: z.iso.date('must be YYYY-MM-DD').optional().meta({ description: 'Last city-local day; today when absent' }),
  by: z.enum(['day', 'truck', 'ward'], 'must be day, truck or ward').default('day'),
  baselinePerWeek: z.coerce
    .number()
    .positive()
    .max(50)
    .optional()
    .meta({ description: 'Collections of each bin a week to compare with, instead of what the city stated' }),
  format: z.enum(['json', 'csv'], 'must be json or csv').optional(),
});
type Query = z.output<typeof query>;

const periodOf = ({ timeZone }: City, asked: Query, at: number): { readonly from: string; readonly to: string } => {
  const to = asked.to ?? localDate(timeZone, at);
  const from = asked.from ?? daysAfter(to, 1 - DEFAULT_DAYS);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const field = asked.from === undefined ? 'to' : 'from';
  if (days < 1) throw invalidRequest([{ in: 'query', field, message: 'the period must start before it ends' }]);
  if (days > MOST_DAYS) {
    throw invalidRequest([{ in: 'query', field, message: `the period may span at most ${MOST_DAYS} days` }]);
  }
  return { from, to };
};

const DECIMALS = 4;
const rounded = (value: number): number => Number(value.toFixed(DECIMALS));

const figuresAnswer = (kpis: Kpis): Figures =>
  Object.fromEntries(
    names.map((name) => {
      const figure = kpis[name];
      return [
        name,
        typeof figure === 'number'
          ? { value: rounded(figure), reason: null }
          : { value: null, reason: { code: figure.missing, ...kpiReasons[figure.missing] } },
      ];
    }),
  ) as Figures;

type Row = { readonly key: string; readonly name: string; readonly kpis: Kpis };

const rowsBy = (by: Query['by'], days: readonly KpiDay[], baseline: Baseline | undefined): readonly Row[] => {
  if (by === 'truck') {
    return kpisByTruck(days).map(({ vehicleId, vehicleName, kpis }) => ({ key: vehicleId, name: vehicleName, kpis }));
  }
  if (by === 'ward') return kpisByWard(days, baseline).map(({ ward, kpis }) => ({ key: ward, name: ward, kpis }));
  return days.map((day) => ({ key: day.date, name: day.date, kpis: kpisOf([day], baseline) }));
};

/** A line a row, then the whole; cells of unknown figures are empty. */
const csvOf = (by: Query['by'], rows: readonly Row[], total: Kpis): string => {
  const line = (key: string, name: string, kpis: Kpis) => ({
    [by]: key,
    name,
    ...Object.fromEntries(names.map((each) => [each, typeof kpis[each] === 'number' ? rounded(kpis[each]) : ''])),
  });
  return csv(
    [by, 'name', ...names],
    [...rows.map(({ key, name, kpis }) => line(key, name, kpis)), line('total', '', total)],
  );
};

const baselineOf = ({ collectionsBefore }: City, asked: number | undefined): Baseline | undefined =>
  asked === undefined ? collectionsBefore : { perBinPerWeek: asked, name: 'as asked for' };

export const getKpis = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/kpis',
    operationId: 'getKpis',
    summary: 'What collection does and costs: by day, truck or ward, and in all',
    description:
      'Collections and overflows are those that sensors saw, and count on the city-local day; routes are the plans’ (planned, not driven), and count on their service date; adherence is told by crews’ reports, with their times, else by levels. `sources` says which figure is which. A figure that nobody knows is null, with the reason. Savings are told against a stated baseline.',
    query,
    responses: {
      200: { description: 'The figures', content: { 'application/json': kpisAnswer, 'text/csv': z.string() } },
    },
    handle: async ({ query: asked, event }) => {
      const at = parts.clock();
      const format = negotiate(
        [
          { format: 'json', mediaType: 'application/json' },
          { format: 'csv', mediaType: 'text/csv' },
        ],
        { format: asked.format, accept: event.headers.accept },
      );
      const city = await requireCity(parts);
      const period = periodOf(city, asked, at);
      const { days, missing } = await kpiDaysBetween(parts, city, { ...period, at });
      const baseline = baselineOf(city, asked.baselinePerWeek);
      const total = kpisOf(days, baseline);
      const rows = rowsBy(asked.by, days, baseline);
      if (format === 'csv') return text('text/csv; charset=utf-8', csvOf(asked.by, rows, total), { vary: 'Accept' });
      const body = {
        ...period,
        timeZone: city.timeZone,
        baseline: baseline ?? null,
        co2: { kgPerLitre: CO2_KG_PER_LITRE, source: CO2_SOURCE },
        units: { ...unitOf },
        sources: { figures: { ...sourceOf }, words: { ...kpiSources } },
        adherenceTold: adherenceToldOf(days),
        missingDays: [...missing],
        total: figuresAnswer(total),
        fillAtPickUp: [...fillAtPickUpOf(days)],
        rows: rows.map(({ key, name, kpis }) => ({ key, name, figures: figuresAnswer(kpis) })),
      };
      return json(kpisAnswer, body, { headers: { vary: 'Accept' } });
    },
  });
