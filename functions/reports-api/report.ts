import * as z from 'zod';
import { entityIdSchema, type Station } from '../../shared/city/entities.ts';
import { defaultAveragingPolicy } from '../../shared/environment/averaging-policy.ts';
import { buildReport } from '../../shared/environment/reports/build-report.ts';
import { reportLanguages } from '../../shared/environment/reports/document/document.ts';
import { gatherStations } from '../../shared/environment/reports/gather.ts';
import { knownEpisodes } from '../../shared/environment/reports/known-episodes.ts';
import { TooManyRevisionsError } from '../../shared/environment/reports/known-readings.ts';
import { type Report, reportSchema } from '../../shared/environment/reports/report.ts';
import {
  periodFault,
  type ReportKind,
  reportKinds,
  reportPeriod,
} from '../../shared/environment/reports/report-period.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { instantParameter, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { invalidRequest, notFound } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import type { ReportsParts } from './parts.ts';
import { mediaTypes, type ReportFormat, renderReport, reportFormats } from './render.ts';

const offerOf = (format: ReportFormat) => ({ format, mediaType: mediaTypes[format] });

type Asked = {
  readonly kind: ReportKind;
  readonly name: string;
  readonly stationId: string | undefined;
  readonly asOf: number;
};

const checkPeriod = ({ kind, name }: Asked): void => {
  const message = periodFault(kind, name);
  if (message !== undefined) throw invalidRequest([{ in: 'path', field: 'period', message }]);
};

/** One station, or all of the city's. */
const stationsOf = async ({ registry }: ReportsParts, stationId: string | undefined): Promise<readonly Station[]> => {
  if (stationId === undefined) return registry.list('station');
  const station = await registry.get('station', stationId);
  if (station !== undefined) return [station];
  const message = `there is no station ${stationId}`;
  throw notFound(message, [{ in: 'query', field: 'station', message }]);
};

const reportOf = async (parts: ReportsParts, asked: Asked): Promise<Report> => {
  const { kind, name, stationId, asOf } = asked;
  const city = await requireCity(parts);
  const period = reportPeriod(kind, name, city.timeZone);
  if (asOf <= period.startsAt) {
    const message = `begins at ${isoInstant(period.startsAt)}: nothing was known of it at ${isoInstant(asOf)}`;
    throw invalidRequest([{ in: 'path', field: 'period', message }]);
  }
  const stations = await stationsOf(parts, stationId);
  const sources = { ...parts, episodesOf: knownEpisodes(parts.episodes) };
  const scope = stationId === undefined ? ({ kind: 'city' } as const) : ({ kind: 'station', stationId } as const);
  return buildReport(
    { city, scope, period, asOf },
    gatherStations(sources, { stations, period, asOf }),
    city.averaging ?? defaultAveragingPolicy,
  );
};

/** More has changed since `asOf` than can be looked up: said with the parameter that asks for it. */
const orTooOld = async (report: Promise<Report>): Promise<Report> => {
  try {
    return await report;
  } catch (error) {
    if (!(error instanceof TooManyRevisionsError)) throw error;
    throw invalidRequest([
      { in: 'query', field: 'asOf', message: `${error.message}: ask for one station, or a later instant` },
    ]);
  }
};

export const getReport = (parts: ReportsParts): Operation =>
  operation({
    method: 'GET',
    path: '/{kind}/{period}',
    operationId: 'getReport',
    summary: 'The report of a day, a month or a year',
    description:
      'Of one station, or of all of the city’s. It tells what was known at `asOf`; the same `asOf` gives the same bytes as long as the registry is the same.',
    pathParameters: z.object({
      kind: z.enum(reportKinds, `must be one of ${reportKinds.join(', ')}`),
      period: z
        .string()
        .max(10)
        .meta({ description: 'Of the city’s calendar: 2026-11-22, 2026-11 or 2026', example: '2026-11' }),
    }),
    query: z.strictObject({
      station: entityIdSchema.optional().meta({ description: 'Only this station; the whole city when absent' }),
      format: z
        .enum(reportFormats, `must be one of ${reportFormats.join(', ')}`)
        .optional()
        .meta({ description: 'Wins over the Accept header, which links cannot set' }),
      lang: z
        .enum(reportLanguages, `must be one of ${reportLanguages.join(', ')}`)
        .default('both')
        .meta({ description: 'Of HTML and PDF: Vietnamese and English side by side, or one of them' }),
      asOf: instantParameter('What was known at this instant; now when absent').optional(),
    }),
    responses: {
      200: {
        description: 'The report, with the same numbers in each format',
        content: {
          [mediaTypes.json]: reportSchema,
          [mediaTypes.csv]: z.string(),
          [mediaTypes.html]: z.string(),
          [mediaTypes.pdf]: z.string(),
        },
      },
    },
    handle: async ({ path, query: { station, format, lang, asOf }, event }) => {
      const now = parts.clock();
      if (asOf !== undefined && asOf > now) {
        throw invalidRequest([{ in: 'query', field: 'asOf', message: 'must not lie in the future' }]);
      }
      const asked = { kind: path.kind, name: path.period, stationId: station, asOf: asOf ?? now };
      checkPeriod(asked);
      const wanted = negotiate([offerOf('json'), offerOf('html'), offerOf('pdf'), offerOf('csv')], {
        format,
        accept: event.headers.accept,
      });
      return renderReport(await orTooOld(reportOf(parts, asked)), { format: wanted, language: lang });
    },
  });
