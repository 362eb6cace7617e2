import type { BinToCollect } from './build-problem.ts';
import { windowsBefore, windowsUntil } from './empty-by.ts';
import { skillsFor } from './fleet/needs.ts';
import { type ServiceDay, windowsAround } from './fleet/service-day.ts';
import type { Span } from './fleet/spans.ts';
import { prizeOf } from './prize.ts';
import type { ProblemStop, ProblemVehicle } from './problem.ts';

/**
 * When the trucks cannot do it all, the fullest bins first: one that will overflow weighs as much as several that could hold out, and one that
 * was seen to overflow as much as two of them.
 */
const priorityOf = ({ expectedFraction, overflows = false }: BinToCollect): number =>
  (overflows ? 2 : 1) * (1 + 9 * expectedFraction ** 2);

const windowsOf = ({ bin, emptyBefore }: BinToCollect, day: ServiceDay, shifts: Span): Span[] | undefined => {
  const open = windowsAround(day, bin.windows);
  const emptyBy = bin.service?.emptyBy;
  const daily = emptyBy ? windowsUntil(open, emptyBy, day.city, day.date, day.clock, shifts[0]) : open;
  const by = emptyBefore === undefined ? undefined : day.clock(emptyBefore) - bin.serviceSeconds;
  return windowsBefore(daily, by, shifts);
};

/** Where and among whom a stop is. */
export type StopSurroundings = {
  readonly day: ServiceDay;
  readonly vehicles: readonly ProblemVehicle[];
  /** From the first vehicle's start to the last one's end, seconds of the day. */
  readonly shifts: Span;
  readonly zoneOfBin: ReadonlyMap<string, string>;
};

/** A bin to collect as a stop at this place of the problem. */
export const problemStop = (
  entry: BinToCollect,
  location: number,
  { day, vehicles, shifts, zoneOfBin }: StopSurroundings,
): ProblemStop => {
  const { bin, expectedFraction } = entry;
  const litres = expectedFraction * bin.container.capacityLitres;
  const windows = windowsOf(entry, day, shifts);
  const skills = skillsFor(bin);
  const zone = zoneOfBin.get(bin.id);
  return {
    id: bin.id,
    location,
    load: { litres, kg: litres * day.city.densityKgPerLitre[bin.stream] },
    serviceSeconds: bin.serviceSeconds,
    stream: bin.stream,
    priority: priorityOf(entry),
    ...(windows && { windows }),
    ...(bin.lift !== undefined && { lift: bin.lift }),
    ...(skills.length > 0 && { skills: [...skills] }),
    ...(zone !== undefined && { zone }),
    ...(entry.urgency !== undefined && { prize: prizeOf(vehicles, day.city, entry) }),
  };
};
