import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { type Exceedance, exceedanceSchema } from '../../shared/environment/exceedance.ts';
import { json } from '../../shared/lambda/answer.ts';
import {
  cursorParameter,
  instantParameter,
  instantSchema,
  isoInstant,
  limitParameter,
} from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { quantityNames } from '../../shared/telemetry/quantity.ts';
import type { OperationsParts } from './parts.ts';

const DAY_MS = 86_400_000;

const exceedanceAnswer = exceedanceSchema
  .extend({ periodStartsAt: instantSchema, periodEndsAt: instantSchema, evaluatedAt: instantSchema })
  .meta({ id: 'Exceedance', description: 'A mean that broke a limit, and how much data it rests on' });

const exceedancesAnswer = z
  .object({ exceedances: z.array(exceedanceAnswer), nextCursor: z.string().optional() })
  .meta({ id: 'Exceedances' });

const answerOf = (exceedance: Exceedance): z.infer<typeof exceedanceAnswer> => ({
  ...exceedance,
  periodStartsAt: isoInstant(exceedance.periodStartsAt),
  periodEndsAt: isoInstant(exceedance.periodEndsAt),
  evaluatedAt: isoInstant(exceedance.evaluatedAt),
});

export const listExceedances = ({ exceedances, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/exceedances',
    operationId: 'listExceedances',
    summary: 'Limits that were broken, newest first',
    description: 'Periods that end in the last 7 days when no period is given; at most 366 days.',
    query: z.strictObject({
      from: instantParameter('Start, on the end of the averaging period; inclusive').optional(),
      to: instantParameter('End, exclusive').optional(),
      stationId: entityIdSchema.optional(),
      quantity: z.enum(quantityNames, `must be one of ${quantityNames.join(', ')}`).optional(),
      limit: limitParameter(1_000, 100),
      cursor: cursorParameter,
    }),
    responses: { 200: { description: 'The exceedances', content: { 'application/json': exceedancesAnswer } } },
    handle: async ({ query: { stationId, quantity, limit, cursor, ...asked } }) => {
      // A period that ends this very millisecond counts: the store's bound is exclusive.
      const { from, to } = requestedPeriod(asked, { at: clock() + 1, defaultMs: 7 * DAY_MS, maxMs: 366 * DAY_MS });
      const page = await exceedances.list({
        from,
        to,
        limit,
        ...(stationId === undefined ? {} : { stationId }),
        ...(quantity === undefined ? {} : { quantity }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return json(exceedancesAnswer, {
        exceedances: page.exceedances.map(answerOf),
        ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
      });
    },
  });
