import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { invalidRequest } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { figuresOf } from '../../shared/open-data/indicators/figures.ts';
import { type Indicator, indicatorSchema, indicatorsOf } from '../../shared/open-data/indicators/indicator.ts';
import { byWard, type IndicatorPorts, takeSnapshot } from '../../shared/open-data/indicators/snapshot.ts';
import { type Source, sourceOf } from '../../shared/open-data/source.ts';
import { JSON_TYPE, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';

type IndicatorParts = OpenDataParts & Pick<IndicatorPorts, 'sensorHealth' | 'plans' | 'lateData'>;

const indicatorsAnswer = withSource({ generatedAt: instantSchema, indicators: z.array(indicatorSchema) }).meta({
  id: 'Indicators',
});

/** Worked out once for all who ask within this time: a wall of screens asks no oftener than it can show. */
const FRESH_MS = 30_000;
const CACHE_CONTROL = 'public, max-age=30, stale-while-revalidate=60';

type Worked = { readonly at: number; readonly indicators: readonly Indicator[]; readonly source: Source };

const workOut = async (parts: IndicatorParts, at: number): Promise<Worked> => {
  const city = await requireCity(parts);
  const snapshot = await takeSnapshot(parts, city, at);
  const wards = new Map([...byWard(snapshot)].map(([ward, part]) => [ward, figuresOf(part)]));
  return { at, indicators: indicatorsOf(figuresOf(snapshot), wards), source: sourceOf(city) };
};

/** Of the wards only the one that was asked for. @throws ProblemError 400 for one that no bin or station lies in. */
const ofWard = (indicators: readonly Indicator[], ward: string | undefined): Indicator[] => {
  if (ward === undefined) return [...indicators];
  const names = indicators[0]?.wards.map((each) => each.ward) ?? [];
  if (!names.includes(ward)) {
    throw invalidRequest([{ in: 'query', field: 'ward', message: `must be one of ${names.join(', ')}` }]);
  }
  return indicators.map((each) => ({ ...each, wards: each.wards.filter((one) => one.ward === ward) }));
};

const listIndicators = (parts: IndicatorParts): Operation => {
  let worked: Promise<Worked> | undefined;
  let workedAt = Number.NEGATIVE_INFINITY;
  const current = (): Promise<Worked> => {
    const at = parts.clock();
    if (worked !== undefined && at - workedAt < FRESH_MS && at >= workedAt) return worked;
    const fresh = workOut(parts, at);
    worked = fresh;
    workedAt = at;
    // What failed is not kept for others.
    fresh.catch(() => {
      if (worked === fresh) worked = undefined;
    });
    return fresh;
  };
  return operation({
    method: 'GET',
    path: '/indicators',
    operationId: 'listIndicators',
    summary: 'The 20 figures of a control room, city-wide and by ward',
    description:
      'Each with its unit, when it was worked out, and its name in Vietnamese and English; null with the reason where there is no data. Of the plan only totals of the whole city.',
    query: z.strictObject({
      ward: z.string().max(200).optional().meta({ description: 'Of the wards only this one; the city is always told' }),
    }),
    responses: { 200: { description: 'The figures', content: { [JSON_TYPE]: indicatorsAnswer } } },
    handle: async ({ query: { ward } }) => {
      const { at, indicators, source } = await current();
      const body = { generatedAt: isoInstant(at), indicators: ofWard(indicators, ward), ...source };
      return json(indicatorsAnswer, body, { headers: { 'cache-control': CACHE_CONTROL } });
    },
  });
};

/** None where it is not known how sensors are, what is planned, or how far limits were judged. */
export const indicatorOperations = (parts: OpenDataParts): readonly Operation[] => {
  const { sensorHealth, plans, lateData } = parts;
  if (sensorHealth === undefined || plans === undefined || lateData === undefined) return [];
  return [listIndicators({ ...parts, sensorHealth, plans, lateData })];
};
