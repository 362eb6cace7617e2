import * as z from 'zod';

const count = z.int().nonnegative();

/** Tenths of the capacity: a fill of 0.43 counts in the fifth. */
export const FILL_CLASSES = 10;

/**
 * What the bins of one ward did on one day, as sums that add up over wards and days. Hours are hours of one bin; an hour that no
 * usable reading came from is in none of them.
 */
export const wardSumsSchema = z.object({
  ward: z.string(),
  bins: count,
  /** Bins of which any level of the day is known, and their hours with a level. */
  binsObserved: count,
  hoursObserved: count,
  /** Hours whose mean level was at or over `OVERFLOWING`, and how often a bin came to it. */
  hoursOverflowing: count,
  overflows: count,
  /** Emptyings, by how full the bin was before them; `overflowed` of them came too late. */
  collections: count,
  overflowed: count,
  fillAtPickUp: z.array(count).length(FILL_CLASSES),
  fillAtPickUpSum: z.number().nonnegative(),
  readingsExpected: z.number().nonnegative(),
  /** Counted once an hour, or by the sensor’s interval where that is longer: one that sends twice as often is not up twice. */
  readingsReceived: z.number().nonnegative(),
});
export type WardSums = z.infer<typeof wardSumsSchema>;

/** How the stops of a truck's planned route went; `null` where nobody can tell. */
const adherenceSchema = z.object({
  /** Who told of any of them: crews' reports where there are any of the route, else levels that fell. */
  told: z.enum(['crews', 'sensors']),
  stops: count,
  done: count,
  /** Of the stops, those that a crew spoke of; absent in days summed up before that was kept. */
  byCrews: count.optional(),
  /** Stops that a crew told when it collected, and those of them near the planned time. */
  timed: count.optional(),
  onTime: count.optional(),
});

/** A truck's planned day. Sums but for the names. */
export const truckSumsSchema = z.object({
  vehicleId: z.string(),
  vehicleName: z.string(),
  planId: z.string(),
  distanceMetres: z.number().nonnegative(),
  workingSeconds: z.number().nonnegative(),
  trips: count,
  stops: count,
  collectedLitres: z.number().nonnegative(),
  /** `null` where the truck's costs, or its consumption, are not in the registry. */
  costVnd: z.number().nonnegative().nullable(),
  fuelLitres: z.number().nonnegative().nullable(),
  adherence: adherenceSchema.nullable(),
});
export type TruckSums = z.infer<typeof truckSumsSchema>;

/** A city-local calendar day in sums. Collections count on the day they happen, plans on their service date. */
export const kpiDaySchema = z.object({
  date: z.iso.date(),
  /** UTC epoch milliseconds. */
  computedAt: z.int(),
  wards: z.array(wardSumsSchema),
  /** Routes that are over; `null` where there was no plan, or none of its routes is over. */
  trucks: z.array(truckSumsSchema).nullable(),
  /** Planned routes that are not over. */
  routesAhead: count,
});
export type KpiDay = z.infer<typeof kpiDaySchema>;

/** Where days are kept once they are worked out. A port. */
export type KpiDayStore = {
  /** Those that are there, `from` ≤ date ≤ `to`, oldest first. */
  readonly range: (from: string, to: string) => Promise<readonly KpiDay[]>;
  /** Creates or replaces: the later word counts. */
  readonly put: (day: KpiDay) => Promise<void>;
};
