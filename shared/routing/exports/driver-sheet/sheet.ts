import { localDate, localTime } from '../../../city/calendar.ts';
import { strandedWords } from '../../lifecycle/load-words.ts';
import type { Plan, PlanRoute, PlanStop } from '../../plan.ts';
import { geoUri, googleMapsLinks, type NavigationLink, navigationStops } from '../navigation.ts';
import { type Bilingual, kindWords, stopName, stopReason, streamWords } from '../plan-words.ts';

/** One line of a driver's sheet. */
export type SheetRow = {
  readonly kind: PlanStop['kind'];
  /** Of bins only, from 1. */
  readonly number?: number;
  /** `HH:MM` by the city's clock. */
  readonly time: string;
  readonly name: Bilingual;
  /** What awaits the crew there: waste, expected fill, load on board. */
  readonly facts: Bilingual;
  readonly reason?: Bilingual;
  /** Opens the phone's own map at the place. */
  readonly geo?: string;
};

/** What a driver takes along: one truck's day, the same on paper and on a phone. */
export type DriverSheet = {
  readonly planId: string;
  readonly vehicleId: string;
  readonly vehicleName: string;
  readonly cityName: string;
  /** `YYYY-MM-DD`. */
  readonly serviceDate: string;
  /** UTC epoch milliseconds. */
  readonly plannedAt: number;
  readonly facts: readonly { readonly name: Bilingual; readonly value: Bilingual }[];
  readonly rows: readonly SheetRow[];
  /** Numbers count the places that stand somewhere, the depot first. */
  readonly navigation: readonly NavigationLink[];
};

const same = (text: string): Bilingual => ({ vi: text, en: text });

/** Whole litres, thousands apart as each language does it. */
const litres = (value: number): Bilingual => {
  const digits = String(Math.round(value));
  const grouped = (separator: string): string => digits.replace(/\B(?=(\d{3})+$)/g, separator);
  return { vi: `${grouped('.')} lít`, en: `${grouped(',')} L` };
};

const kilometres = (metres: number): Bilingual => {
  const text = (metres / 1_000).toFixed(1);
  return { vi: `${text.replace('.', ',')} km`, en: `${text} km` };
};

const joined = (parts: readonly (Bilingual | undefined)[]): Bilingual => {
  const known = parts.filter((part) => part !== undefined);
  return { vi: known.map(({ vi }) => vi).join(' · '), en: known.map(({ en }) => en).join(' · ') };
};

const expected = (fraction: number | undefined): Bilingual | undefined => {
  if (fraction === undefined) return undefined;
  const percent = Math.round(fraction * 100);
  return { vi: `dự kiến ${percent}%`, en: `expected ${percent}%` };
};

const onBoard = (stop: PlanStop): Bilingual | undefined => {
  if (stop.kind !== 'bin' && stop.kind !== 'stand') return undefined;
  const load = litres(stop.loadLitres);
  return { vi: `trên xe ${load.vi}`, en: `on board ${load.en}` };
};

const rowsOf = (route: PlanRoute, timeZone: string): readonly SheetRow[] => {
  let bins = 0;
  return route.stops.map((stop) => {
    const { kind, name, position, stream, expectedFillFraction } = stop;
    const reason = stopReason(stop);
    return {
      kind,
      ...(kind === 'bin' && { number: ++bins }),
      time: localTime(timeZone, stop.arrivesAt),
      name: stopName(stop),
      facts: joined([
        kind === 'bin' || kind === 'break' ? undefined : kindWords[kind],
        stream && streamWords[stream],
        expected(expectedFillFraction),
        onBoard(stop),
      ]),
      ...(reason && { reason }),
      ...(position && kind !== 'break' && { geo: geoUri({ name, position }) }),
    };
  });
};

type Fact = DriverSheet['facts'][number];

/** When a truck was out of service and why, and what it holds that no disposal site has got. */
const troubles = ({ stood = [], outOfService }: PlanRoute, timeZone: string): readonly Fact[] => {
  const name: Bilingual = { vi: 'Ngừng chạy', en: 'Out of service' };
  const since = (
    { reason, reasonVi = reason }: { reason: string; reasonVi?: string | undefined },
    times: string,
  ): Fact => ({
    name,
    value: { vi: `${times}: ${reasonVi}`, en: `${times}: ${reason}` },
  });
  const stranded = strandedWords(outOfService?.onBoard);
  return [
    ...stood.map((each) => since(each, `${localTime(timeZone, each.at)} – ${localTime(timeZone, each.until)}`)),
    ...(outOfService ? [since(outOfService, localTime(timeZone, outOfService.at))] : []),
    ...(stranded ? [{ name: { vi: 'Còn trên xe', en: 'Still on board' }, value: stranded }] : []),
  ];
};

/** The sheet of one truck's route. */
export const driverSheet = (
  plan: Plan,
  route: PlanRoute,
  { cityName, timeZone }: { readonly cityName: string; readonly timeZone: string },
): DriverSheet => {
  const { startsAt, endsAt } = route;
  const times = `${localTime(timeZone, startsAt)} – ${localTime(timeZone, endsAt)}`;
  const leaves = localDate(timeZone, startsAt);
  return {
    planId: plan.planId,
    vehicleId: route.vehicleId,
    vehicleName: route.vehicleName,
    cityName,
    serviceDate: plan.serviceDate,
    plannedAt: plan.finishedAt,
    facts: [
      // A night shift may begin on the day before or after the one it is planned for.
      {
        name: { vi: 'Giờ chạy', en: 'Hours' },
        value: same(leaves === plan.serviceDate ? times : `${leaves} ${times}`),
      },
      { name: { vi: 'Thùng', en: 'Bins' }, value: same(String(route.bins)) },
      { name: { vi: 'Chuyến', en: 'Trips' }, value: same(String(route.trips)) },
      { name: { vi: 'Quãng đường', en: 'Distance' }, value: kilometres(route.distanceMetres) },
      { name: { vi: 'Rác dự kiến', en: 'Expected waste' }, value: litres(route.collectedLitres) },
      ...troubles(route, timeZone),
    ],
    rows: rowsOf(route, timeZone),
    navigation: googleMapsLinks(navigationStops(route.stops)),
  };
};
