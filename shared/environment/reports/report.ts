import * as z from 'zod';
import { stationClassSchema } from '../../city/station-class.ts';
import { averagingPeriods } from '../limit.ts';
import { meanPeriods } from '../means.ts';
import { reportKinds } from './report-period.ts';

/**
 * What a report says: the one model that JSON, CSV, HTML and PDF are made of. Numbers are as they are told (`reported`), instants are
 * ISO 8601 in UTC, texts are in both languages. What is not known is `null` with a reason, never a zero or an empty place.
 */
const instant = z.iso.datetime();
const bilingualSchema = z.object({ vi: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

const valueAtSchema = z.object({ value: z.number(), startsAt: instant, endsAt: instant });
export type ValueAt = z.infer<typeof valueAtSchema>;

/** Statistics over the valid means of one period, or over single readings. */
const statisticsSchema = z.object({
  of: z.enum([...meanPeriods, 'single']),
  /** Periods of the time that is covered, those with a valid value, those judged to have none, and those nobody evaluated. */
  expected: z.int(),
  valid: z.int(),
  invalid: z.int(),
  absent: z.int(),
  validPercent: z.number().nullable(),
  mean: z.number().nullable(),
  min: valueAtSchema.nullable(),
  max: valueAtSchema.nullable(),
  percentiles: z.array(z.object({ percent: z.number(), value: z.number() })),
  /** Why periods have no valid value, most frequent first. */
  reasons: z.array(z.object({ code: z.string(), count: z.int() })),
});
export type Statistics = z.infer<typeof statisticsSchema>;

const pointStatuses = ['value', 'invalid', 'absent'] as const;
const pointSchema = z.object({
  startsAt: instant,
  endsAt: instant,
  status: z.enum(pointStatuses),
  value: z.number().nullable(),
  /** Whether it breaks a limit (no guideline) that applies to the station on that day. */
  broken: z.boolean(),
  reason: z.string().nullable(),
});
export type Point = z.infer<typeof pointSchema>;

/** The values that the report's tables and charts show: hours of a day, days of a month or a year, months of a year. */
export const seriesSchema = z.object({ of: z.enum(meanPeriods), points: z.array(pointSchema) });
export type ReportSeries = z.infer<typeof seriesSchema>;

const quantityReportSchema = z.object({
  sensorId: z.string(),
  quantity: z.string(),
  name: bilingualSchema,
  unit: z.string(),
  statistics: z.array(statisticsSchema),
  series: z.array(seriesSchema),
});
export type QuantityReport = z.infer<typeof quantityReportSchema>;

const exceedanceRowSchema = z.object({
  sensorId: z.string(),
  quantity: z.string(),
  limitId: z.string(),
  averagingPeriod: z.enum(averagingPeriods),
  bound: z.enum(['max', 'min']),
  limit: z.number(),
  unit: z.string(),
  /** Standard with its table, and what put it in force. */
  standard: z.string(),
  decision: z.string(),
  role: z.string(),
  /** Periods with a valid value, and those without one that could not be judged; `null`: nobody could count them here. */
  judged: z.int().nullable(),
  notJudged: z.int().nullable(),
  broken: z.int().nullable(),
  brokenPercent: z.number().nullable(),
  first: valueAtSchema.nullable(),
  last: valueAtSchema.nullable(),
  worst: valueAtSchema.nullable(),
});
export type ExceedanceRow = z.infer<typeof exceedanceRowSchema>;

const availabilitySchema = z.object({
  sensorId: z.string(),
  quantity: z.string(),
  /** What is counted: the sensor's readings, or hours where there are too many readings for one report. */
  counted: z.enum(['readings', 'hours']),
  expected: z.int(),
  received: z.int(),
  valid: z.int(),
  receivedPercent: z.number().nullable(),
  validPercent: z.number().nullable(),
});
export type Availability = z.infer<typeof availabilitySchema>;

const qualityRowSchema = z.object({
  sensorId: z.string(),
  quantity: z.string(),
  flag: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]),
  test: z.string(),
  count: z.int(),
});
export type QualityRow = z.infer<typeof qualityRowSchema>;

const calendarEntrySchema = z.object({
  startsAt: instant,
  endsAt: instant,
  status: z.enum(['computed', 'not-computable', 'absent']),
  value: z.int().nullable(),
  category: z.int().nullable(),
  reason: z.string().nullable(),
});
export type CalendarEntry = z.infer<typeof calendarEntrySchema>;

const categorySchema = z.object({
  level: z.int(),
  name: bilingualSchema,
  rgb: z.tuple([z.number(), z.number(), z.number()]),
  count: z.int(),
});

const calendarSchema = z.object({
  index: z.string(),
  name: bilingualSchema,
  methodVersion: z.string(),
  every: z.enum(['hour', 'day', 'sample']),
  entries: z.array(calendarEntrySchema),
  /** Every category of the index with how often it came, and how often there was no value. */
  categories: z.array(categorySchema),
  notComputable: z.int(),
  absent: z.int(),
});
export type IndexCalendar = z.infer<typeof calendarSchema>;

const episodeSchema = z.object({
  episodeId: z.string(),
  sensorId: z.string(),
  quantity: z.string(),
  averagingPeriod: z.enum(averagingPeriods),
  standard: z.string(),
  limit: z.number(),
  bound: z.enum(['max', 'min']),
  unit: z.string(),
  phase: z.enum(['open', 'deepening', 'closing', 'closed']),
  handling: z.enum(['unacknowledged', 'acknowledged', 'reopened']),
  /** When it began, be it before this report. */
  startsAt: instant,
  /** Of this report: the end of the last period that broke the limit, how many did, and the worst. */
  lastBreachEndsAt: instant,
  breaches: z.int(),
  worst: z.number(),
  worstEndsAt: instant,
  acts: z.array(
    z.object({
      kind: z.enum(['acknowledged', 'reopened', 'escalated']),
      at: instant,
      by: z.string(),
      cause: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
});
export type EpisodeReport = z.infer<typeof episodeSchema>;

/** A station at a glance. */
const summarySchema = z.object({
  /** Over all quantities, in what the table of availability counts. */
  expected: z.int(),
  valid: z.int(),
  validPercent: z.number().nullable(),
  /** Periods that were judged by some limit (no guideline), and those that broke it; `null` where none was judged. */
  judged: z.int(),
  broken: z.int().nullable(),
  episodes: z.int(),
  unacknowledged: z.int(),
  /** The worst daily VN_AQI, or the worst VN_WQI. */
  worstIndex: z.object({ index: z.string(), value: z.int(), category: z.int(), endsAt: instant }).nullable(),
});
export type StationSummary = z.infer<typeof summarySchema>;

const stationReportSchema = z.object({
  stationId: z.string(),
  name: z.string(),
  kind: z.enum(['air', 'water']),
  class: stationClassSchema,
  mayPublishIndex: z.boolean(),
  latitude: z.number(),
  longitude: z.number(),
  positionApproximate: z.boolean(),
  ward: z.string().nullable(),
  summary: summarySchema,
  quantities: z.array(quantityReportSchema),
  exceedances: z.array(exceedanceRowSchema),
  availability: z.array(availabilitySchema),
  quality: z.array(qualityRowSchema),
  indices: z.array(calendarSchema),
  episodes: z.array(episodeSchema),
  /** What a reader must know of this station's part. */
  caveats: z.array(z.object({ code: z.string(), text: bilingualSchema })),
});
export type StationReport = z.infer<typeof stationReportSchema>;

export const reportSchema = z
  .object({
    reportVersion: z.string(),
    kind: z.enum(reportKinds),
    period: z.string(),
    timeZone: z.string(),
    startsAt: instant,
    endsAt: instant,
    /** Up to here the period is covered: its end, or the last full hour before `asOf` while it still runs. */
    coversTo: instant,
    /** The report tells what was known at this instant; asking for it again gives the same bytes. */
    asOf: instant,
    /** SHA-256 over every input: stations, limits, series and episodes. */
    dataVersion: z.string(),
    city: z.object({ id: z.string(), name: z.string() }),
    scope: z.enum(['city', 'station']),
    stations: z.array(stationReportSchema),
    methods: z.array(z.object({ name: bilingualSchema, version: z.string(), text: bilingualSchema })),
    caveats: z.array(z.object({ code: z.string(), text: bilingualSchema })),
  })
  .meta({ id: 'Report', description: 'A day, month or year of one station or of all of a city’s stations' });
export type Report = z.infer<typeof reportSchema>;
