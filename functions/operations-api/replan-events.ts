import * as z from 'zod';
import { areaSchema, type DayEvent, minutesLateSchema, reasonSchema } from '../../events/replan-order.ts';
import { crossesItself } from '../../shared/city/editing/crossing-outlines.ts';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { outlineCrossing } from '../../shared/city/outline-crossing.ts';
import { type Fault, invalidRequest } from '../../shared/lambda/problem.ts';
import type { StoredVersion } from '../../shared/routing/plan-store.ts';

const instant = z.iso.datetime({ offset: true }).meta({ description: 'ISO 8601 with its offset', format: 'date-time' });

/** Asked of callers only: plans of days on which nobody asked stay readable. */
const askedArea = areaSchema.superRefine((area, context) => {
  const crossing = 'polygon' in area ? outlineCrossing([area.polygon]) : undefined;
  if (crossing === undefined) return;
  const { message, code, values } = crossesItself(crossing);
  context.addIssue({ code: 'custom', path: ['polygon'], message, params: { code, values } });
});

/** What happened, as callers say it: instants as text, now where they say none. */
export const eventSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('truck-out'),
      vehicleId: entityIdSchema,
      at: instant.optional(),
      reason: reasonSchema,
    }),
    z.strictObject({ kind: z.literal('overflow'), binId: entityIdSchema, at: instant.optional() }),
    z.strictObject({
      kind: z.literal('area-closed'),
      area: askedArea,
      until: instant.optional(),
      reason: reasonSchema,
    }),
    z.strictObject({
      kind: z.literal('crew-late'),
      vehicleId: entityIdSchema,
      minutes: minutesLateSchema,
    }),
    z.strictObject({ kind: z.literal('truck-joins'), vehicleId: entityIdSchema }),
    z.strictObject({
      kind: z.literal('truck-back'),
      vehicleId: entityIdSchema,
      at: instant.optional(),
      from: z.enum(['depot', 'last-place'], 'must be depot or last-place').default('depot'),
      emptied: z.boolean().optional().meta({ description: 'What it had on board was taken from it' }),
    }),
    z.strictObject({
      kind: z.literal('area-opened'),
      closureId: z.string().regex(/^closure-\d{1,4}$/, 'must be the closureId of one of the plan’s closures'),
      at: instant.optional(),
    }),
  ])
  .meta({
    id: 'DayEvent',
    description:
      'What happened: a truck stopped or came back, a bin overflows, an area is closed or open again, a crew is late, a truck joins',
  });
export type EventBody = z.infer<typeof eventSchema>;

/** The event as the planner gets it. */
export const eventOf = (event: EventBody, now: number): DayEvent => {
  if (event.kind === 'truck-out' || event.kind === 'area-opened')
    return { ...event, at: event.at === undefined ? now : Date.parse(event.at) };
  if (event.kind === 'truck-back') {
    const { emptied, at, ...back } = event;
    return { ...back, at: at === undefined ? now : Date.parse(at), ...(emptied === true && { emptied }) };
  }
  if (event.kind === 'overflow') {
    const { at, ...overflow } = event;
    return { ...overflow, ...(at !== undefined && { at: Date.parse(at) }) };
  }
  if (event.kind !== 'area-closed') return event;
  const { until, ...closed } = event;
  return { ...closed, ...(until !== undefined && { until: Date.parse(until) }) };
};

/**
 * Only who went can come back, and only what is closed can open: both are named by what the version that was looked at says.
 * @throws ProblemError 400 with the field.
 */
export const requireWhatIsOver = ({ plan, basis }: StoredVersion, events: readonly EventBody[]): void => {
  const stopping = events.flatMap((event) => (event.kind === 'truck-out' ? event.vehicleId : []));
  const out = new Set([...(basis?.stopped ?? []).map(({ vehicleId }) => vehicleId), ...stopping]);
  const closed = new Set((plan.closures ?? []).flatMap(({ closureId }) => closureId ?? []));
  const faults = events.flatMap((event, index): Fault[] => {
    const fault = (field: string, message: string, messageVi: string): Fault[] => [
      { in: 'body', field: `events.${index}.${field}`, pointer: `/events/${index}/${field}`, message, messageVi },
    ];
    if (event.kind === 'truck-back' && !out.has(event.vehicleId))
      return fault(
        'vehicleId',
        `truck ${event.vehicleId} is not out of service in this plan`,
        `xe ${event.vehicleId} không ở trạng thái ngừng trong kế hoạch này`,
      );
    if (event.kind === 'area-opened' && !closed.has(event.closureId))
      return fault(
        'closureId',
        `nothing called ${event.closureId} is closed in this plan`,
        `kế hoạch này không có khu vực bị chặn ${event.closureId}`,
      );
    return [];
  });
  if (faults.length > 0) throw invalidRequest(faults);
};
