import { stringify } from 'csv-stringify/sync';
import { localDate, localTime } from '../../city/calendar.ts';
import type { Plan, PlanRoute, PlanStop } from '../plan.ts';

/** One row a stop. Instants are ISO 8601 UTC; `…Local` is the city's wall clock. What does not apply is empty, never zero. */
const planCsvColumns = [
  'planId',
  'serviceDate',
  'vehicleId',
  'vehicleName',
  'order',
  'trip',
  'kind',
  'placeId',
  'name',
  'latitude',
  'longitude',
  'arrivesAt',
  'arrivesAtLocal',
  'departsAt',
  'waitingSeconds',
  'legMetres',
  'loadLitres',
  'loadKg',
  'stream',
  'expectedFillFraction',
  'reason',
  'reasonVi',
] as const;

type Row = Partial<Record<(typeof planCsvColumns)[number], string | number>>;

/** Metres and litres to a tenth: more would only look exact. */
const rounded = (value: number): number => Math.round(value * 10) / 10;

const rowOf = (plan: Plan, route: PlanRoute, stop: PlanStop, order: number, timeZone: string): Row => ({
  planId: plan.planId,
  serviceDate: plan.serviceDate,
  vehicleId: route.vehicleId,
  vehicleName: route.vehicleName,
  order,
  kind: stop.kind,
  name: stop.name,
  arrivesAt: new Date(stop.arrivesAt).toISOString(),
  arrivesAtLocal: `${localDate(timeZone, stop.arrivesAt)} ${localTime(timeZone, stop.arrivesAt)}`,
  departsAt: new Date(stop.departsAt).toISOString(),
  waitingSeconds: rounded(stop.waitingSeconds),
  legMetres: rounded(stop.legMetres),
  loadLitres: rounded(stop.loadLitres),
  loadKg: rounded(stop.loadKg),
  ...(stop.trip !== undefined && { trip: stop.trip }),
  ...(stop.id !== undefined && { placeId: stop.id }),
  ...(stop.position && { latitude: stop.position.latitude, longitude: stop.position.longitude }),
  ...(stop.stream && { stream: stop.stream }),
  ...(stop.expectedFillFraction !== undefined && { expectedFillFraction: stop.expectedFillFraction }),
  ...(stop.reason !== undefined && { reason: stop.reason }),
  ...(stop.reasonVi !== undefined && { reasonVi: stop.reasonVi }),
});

/**
 * Routes of a plan as CSV (RFC 4180, UTF-8, header), one row a stop in the order driven; `order` 0 is the depot it leaves, as in GeoJSON.
 * A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
 */
export const planToCsv = (plan: Plan, routes: readonly PlanRoute[], timeZone: string): string =>
  stringify(
    routes.flatMap((route) => route.stops.map((stop, order) => rowOf(plan, route, stop, order, timeZone))),
    { header: true, columns: [...planCsvColumns], record_delimiter: 'windows', escape_formulas: true },
  );
