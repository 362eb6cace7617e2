import * as z from 'zod';
import { utcOffsetMinutes } from '../city/calendar.ts';
import { quantities } from '../telemetry/quantity.ts';
import type { Reading } from '../telemetry/reading.ts';

/** A reading as the public sees it. Nothing is left out for being doubtful: the flag says so. */
export const openReadingSchema = z
  .object({
    stationId: z.string().nullable().meta({ description: 'Bin or station that the sensor observes now' }),
    sensorId: z.string(),
    quantity: z.string(),
    value: z.number().nullable().meta({ description: 'Null where the value is missing; never zero for missing' }),
    unit: z.string(),
    measuredAt: z.iso.datetime().meta({ description: 'UTC' }),
    measuredAtLocal: z.iso
      .datetime({ offset: true })
      .meta({ description: 'The same instant on the city’s clock, with its offset' }),
    flag: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)])
      .meta({ description: 'QARTOD: 1 good, 2 not evaluated, 3 suspect, 4 fail, 9 missing' }),
    test: z.string().meta({ description: 'The quality test that decided the flag' }),
  })
  .meta({ id: 'Reading' });
export type OpenReading = z.infer<typeof openReadingSchema>;

const MINUTE_MS = 60_000;

/** `+07:00` */
const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
};

const instantAtOffset = (offsetMinutes: number, at: number): string =>
  new Date(at + offsetMinutes * MINUTE_MS).toISOString().replace('Z', offsetText(offsetMinutes));

/** An instant on a zone's clock, ISO 8601 with the offset. */
export const localInstant = (timeZone: string, at: number): string =>
  instantAtOffset(utcOffsetMinutes(timeZone, at), at);

/**
 * The same for the many instants of a day: asking for the zone's offset each time would take longer than all the rest. On the two days a
 * year on which some zones change it, it is asked for each time.
 */
export const localInstantsWithin = (timeZone: string, from: number, to: number): ((at: number) => string) => {
  const offset = utcOffsetMinutes(timeZone, from);
  if (utcOffsetMinutes(timeZone, to) !== offset) return (at) => localInstant(timeZone, at);
  return (at) => instantAtOffset(offset, at);
};

export const openReading = (
  { sensorId, quantity, value, measuredAt, quality }: Reading,
  {
    timeZone,
    siteOf,
    local = (at) => localInstant(timeZone, at),
  }: {
    readonly timeZone: string;
    readonly siteOf: ReadonlyMap<string, string>;
    /** Quicker than the zone, where many instants lie in one day. */
    readonly local?: (at: number) => string;
  },
): OpenReading => ({
  stationId: siteOf.get(sensorId) ?? null,
  sensorId,
  quantity,
  value,
  unit: quantities[quantity].unit,
  measuredAt: new Date(measuredAt).toISOString(),
  measuredAtLocal: local(measuredAt),
  flag: quality.flag,
  test: quality.test,
});
