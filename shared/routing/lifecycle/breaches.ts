import type { CollectionProblem, ProblemStop, ProblemVehicle } from '../problem.ts';
import type { Route, Visit } from '../solution.ts';
import { cutOffStops } from './closures.ts';
import { driveInOrder } from './one-route.ts';
import type { NoteWords } from './plan-life.ts';

/** What keeps a truck from driving a day, as dispatchers say it. */
export type Breach = NoteWords & {
  readonly code:
    | 'stream'
    | 'equipment'
    | 'zone'
    | 'locked'
    | 'stop-late'
    | 'site-late'
    | 'shift'
    | 'duty'
    | 'driving'
    | 'load'
    | 'too-many'
    | 'no-way'
    | 'impossible';
  readonly vehicleId?: string;
  readonly placeId?: string;
  /** By how much it is late or long. */
  readonly minutes?: number;
};

/** Names for people: bins, sites and trucks are ids in a problem. */
export type Names = { readonly vehicle: (id: string) => string; readonly place: (id: string) => string };

const minutesOf = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60));

/** Why this vehicle may not serve the stop at all, whatever its day looks like. */
export const unsuitable = (stop: ProblemStop, vehicle: ProblemVehicle, names: Names): readonly Breach[] => {
  const [truck, bin] = [names.vehicle(vehicle.id), names.place(stop.id)];
  const about = { vehicleId: vehicle.id, placeId: stop.id };
  const found: Breach[] = [];
  if (vehicle.streams !== undefined && !vehicle.streams.includes(stop.stream))
    found.push({
      ...about,
      code: 'stream',
      en: `${truck} may not carry the waste of ${bin} (${stop.stream})`,
      vi: `${truck} không được chở loại rác của ${bin} (${stop.stream})`,
    });
  const missing = [...(stop.lift === undefined || vehicle.lifts?.includes(stop.lift) ? [] : [stop.lift])];
  missing.push(...(stop.skills ?? []).filter((skill) => vehicle.skills?.includes(skill) !== true));
  if (missing.length > 0)
    found.push({
      ...about,
      code: 'equipment',
      en: `${truck} has no ${missing.join(', ')}, which ${bin} needs`,
      vi: `${truck} không có ${missing.join(', ')} mà ${bin} cần`,
    });
  if (stop.zone !== undefined && vehicle.zones !== undefined && !vehicle.zones.includes(stop.zone))
    found.push({
      ...about,
      code: 'zone',
      en: `${truck} may not enter zone ${stop.zone}, where ${bin} stands`,
      vi: `${truck} không được vào khu vực ${stop.zone} nơi có ${bin}`,
    });
  return found;
};

type Window = readonly [number, number];

const LONG_SECONDS = 7 * 86_400;

/** Windows that open as before and never close. */
const neverClosing = (windows: readonly Window[] | undefined): [number, number][] | undefined => {
  if (windows === undefined || windows.length === 0) return undefined;
  const opens = Math.min(...windows.map(([from]) => from));
  return [[opens, opens + LONG_SECONDS]];
};

/** The same problem without what a day can be late for, to see how late it would be. */
export const patient = (problem: CollectionProblem, vehicle: ProblemVehicle) => {
  const { maxDutySeconds: _duty, maxDrivingSeconds: _driving, maxStops: _stops, ...rest } = vehicle;
  const { maxLitresPerShift: _litres, ...free } = rest;
  const relax = <T extends { readonly windows?: Window[] | undefined }>(item: T): T => {
    const windows = neverClosing(item.windows);
    return windows === undefined ? item : { ...item, windows };
  };
  return {
    problem: {
      ...problem,
      stops: problem.stops.map(relax),
      disposalSites: problem.disposalSites.map(relax),
      ...(problem.zones && { zones: problem.zones.map(relax) }),
    },
    vehicle: {
      ...free,
      shift: [vehicle.shift[0], vehicle.shift[1] + LONG_SECONDS] as [number, number],
      breaks: free.breaks.map(({ window: [opens, closes], seconds }) => ({
        window: [opens, closes + LONG_SECONDS] as [number, number],
        seconds,
      })),
    },
  };
};

/** How long after the last chance a service would start; 0 when it is inside a window. */
const lateness = (startsAt: number, windows: readonly Window[] | undefined): number => {
  if (windows === undefined || windows.length === 0) return 0;
  if (windows.some(([from, to]) => startsAt >= from - 0.001 && startsAt <= to + 0.001)) return 0;
  const closed = windows.filter(([, to]) => to < startsAt).map(([, to]) => to);
  return closed.length === 0 ? 0 : startsAt - Math.max(...closed);
};

const lateVisits = (problem: CollectionProblem, route: Route, names: Names): Breach[] => {
  const { vehicleId } = route;
  const truck = names.vehicle(vehicleId);
  const stops = new Map(problem.stops.map((stop) => [stop.id, stop]));
  const zones = new Map(problem.zones?.map((zone) => [zone.id, zone]));
  return route.visits.flatMap((visit: Visit): Breach[] => {
    if (visit.done === true) return [];
    if (visit.kind === 'disposal') {
      const site = problem.disposalSites.find(({ id }) => id === visit.disposalId);
      const minutes = minutesOf(lateness(visit.serviceStartsAt, site?.windows));
      if (lateness(visit.serviceStartsAt, site?.windows) === 0) return [];
      const name = names.place(visit.disposalId);
      const en = `${truck} would arrive at ${name} ${minutes} minutes after it closes`;
      const vi = `${truck} sẽ đến ${name} trễ ${minutes} phút so với giờ đóng cửa`;
      return [{ code: 'site-late', vehicleId, placeId: visit.disposalId, minutes, en, vi }];
    }
    if (visit.kind !== 'stop') return [];
    const stop = stops.get(visit.stopId);
    const zone = stop?.zone === undefined ? undefined : zones.get(stop.zone);
    const late = Math.max(
      lateness(visit.serviceStartsAt, stop?.windows),
      lateness(visit.serviceStartsAt, zone?.windows),
    );
    if (late === 0) return [];
    const [minutes, name] = [minutesOf(late), names.place(visit.stopId)];
    const en = `${truck} would reach ${name} ${minutes} minutes after its time window`;
    const vi = `${truck} sẽ đến ${name} trễ ${minutes} phút so với khung giờ`;
    return [{ code: 'stop-late', vehicleId, placeId: visit.stopId, minutes, en, vi }];
  });
};

const longDay = (vehicle: ProblemVehicle, route: Route, names: Names): Breach[] => {
  const truck = names.vehicle(vehicle.id);
  const over = (
    code: 'shift' | 'duty' | 'driving',
    seconds: number,
    words: (minutes: number) => NoteWords,
  ): Breach[] => {
    if (!(seconds > 0.001)) return [];
    const minutes = minutesOf(seconds);
    return [{ code, vehicleId: vehicle.id, minutes, ...words(minutes) }];
  };
  const { maxDutySeconds = Number.POSITIVE_INFINITY, maxDrivingSeconds = Number.POSITIVE_INFINITY } = vehicle;
  return [
    ...over('shift', route.endsAt - vehicle.shift[1], (minutes) => ({
      en: `${truck} would be back ${minutes} minutes after its shift`,
      vi: `${truck} sẽ về trễ ${minutes} phút so với ca`,
    })),
    ...over('duty', route.endsAt - route.startsAt - maxDutySeconds, (minutes) => ({
      en: `${truck} would be on duty ${minutes} minutes too long`,
      vi: `${truck} sẽ làm việc quá ${minutes} phút`,
    })),
    ...over('driving', route.drivingSeconds - maxDrivingSeconds, (minutes) => ({
      en: `${truck} would be at the wheel ${minutes} minutes too long`,
      vi: `${truck} sẽ lái quá ${minutes} phút`,
    })),
  ];
};

const tooMuch = (
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  order: readonly string[],
  names: Names,
): Breach[] => {
  const truck = names.vehicle(vehicle.id);
  const wanted = new Set([...order, ...(vehicle.done ?? []).flatMap(({ id }) => id ?? [])]);
  const stops = problem.stops.filter(({ id }) => wanted.has(id));
  const litres = stops.reduce((sum, { load }) => sum + load.litres, 0);
  const { maxStops, maxLitresPerShift, capacity, compactionRatio = 1 } = vehicle;
  const found: Breach[] = [];
  if (maxStops !== undefined && stops.length > maxStops)
    found.push({
      code: 'too-many',
      vehicleId: vehicle.id,
      en: `${truck} would serve ${stops.length} bins; it may serve ${maxStops}`,
      vi: `${truck} sẽ thu gom ${stops.length} thùng; chỉ được ${maxStops}`,
    });
  const most = Math.min(
    maxLitresPerShift ?? Number.POSITIVE_INFINITY,
    problem.disposalSites.length === 0 ? capacity.litres * compactionRatio : Number.POSITIVE_INFINITY,
  );
  if (litres > most)
    found.push({
      code: 'load',
      vehicleId: vehicle.id,
      en: `${truck} would take ${Math.round(litres)} litres; it may take ${Math.round(most)}`,
      vi: `${truck} sẽ chở ${Math.round(litres)} lít; chỉ được ${Math.round(most)} lít`,
    });
  for (const { id, load } of stops)
    if (load.litres > capacity.litres * compactionRatio || load.kg > capacity.kg)
      found.push({
        code: 'load',
        vehicleId: vehicle.id,
        placeId: id,
        en: `${names.place(id)} alone is more than ${truck} holds`,
        vi: `riêng ${names.place(id)} đã vượt sức chứa của ${truck}`,
      });
  return found;
};

const noWay = (
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  wanted: ReadonlySet<string>,
  names: Names,
): Breach[] => {
  const cutOff = cutOffStops({ ...problem, vehicles: [vehicle] });
  return [...cutOff]
    .filter((id) => wanted.has(id))
    .map((id) => ({
      code: 'no-way',
      vehicleId: vehicle.id,
      placeId: id,
      en: `No open road leads ${names.vehicle(vehicle.id)} to ${names.place(id)} and on`,
      vi: `Không có đường mở nào để ${names.vehicle(vehicle.id)} đến ${names.place(id)} rồi đi tiếp`,
    }));
};

/**
 * Why a vehicle cannot serve these stops in this order: the day is driven without what it is late for, and compared with the
 * rules. Never empty: where nothing of this explains it, it says that it does not work out.
 */
export const whyNot = (
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  order: readonly string[],
  names: Names,
): readonly Breach[] => {
  const wanted = new Set(order);
  const found = problem.stops.flatMap((stop) => (wanted.has(stop.id) ? unsuitable(stop, vehicle, names) : []));
  found.push(...tooMuch(problem, vehicle, order, names), ...noWay(problem, vehicle, wanted, names));
  if (found.length > 0) return found;
  const easy = patient(problem, vehicle);
  const day = driveInOrder(easy.problem, easy.vehicle, order);
  if (day.ok && day.route) found.push(...lateVisits(problem, day.route, names), ...longDay(vehicle, day.route, names));
  if (found.length > 0) return found;
  const truck = names.vehicle(vehicle.id);
  const en = `${truck} cannot serve these bins in this order: loads, breaks or streams do not work out`;
  const vi = `${truck} không thể thu gom theo thứ tự này: tải trọng, giờ nghỉ hoặc loại rác không phù hợp`;
  return [{ code: 'impossible', vehicleId: vehicle.id, en, vi }];
};
