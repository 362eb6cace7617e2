import type { Crew, Depot, Vehicle, Zone } from '../../city/entities.ts';
import { spanAt, weekdayOf } from '../../city/fleet/calendar-rules.ts';
import type { Words } from '../../waste/words.ts';
import { metresInside } from './area.ts';
import { closedHours } from './bans.ts';
import { daysAround, type ServiceDay, windowOn } from './service-day.ts';
import { outside, overlap, type Span } from './spans.ts';

/** A truck that can drive on the service day, with what its crew adds. */
export type ReadyTruck = {
  readonly vehicle: Vehicle;
  readonly shift: Span;
  readonly breaks: readonly { readonly window: Span; readonly seconds: number }[];
  readonly skills: readonly string[];
  readonly maxDutySeconds: number | undefined;
  readonly maxDrivingSeconds: number | undefined;
};

/** A truck that stays in its depot, and why. */
export type IdleTruck = Words & { readonly vehicleId: string; readonly name: string };

export type TrucksOfDay = { readonly ready: readonly ReadyTruck[]; readonly idle: readonly IdleTruck[] };

export type FleetRules = {
  readonly vehicles: readonly Vehicle[];
  readonly depots: readonly Depot[];
  readonly crews?: readonly Crew[];
  readonly zones?: readonly Zone[];
};

const words = {
  unavailable: { reason: 'is marked as unavailable', reasonVi: 'được đánh dấu là không sẵn sàng' },
  workshop: (why = ''): Words => ({
    reason: `is out of service${why && `: ${why}`}`,
    reasonVi: `đang ngừng hoạt động${why && `: ${why}`}`,
  }),
  noCrew: { reason: 'none of its crews is on duty', reasonVi: 'không có tổ lái nào trực' },
  noLicence: (licence: string): Words => ({
    reason: `nobody of its crew on duty holds licence ${licence}`,
    reasonVi: `không ai trong tổ trực có giấy phép lái xe hạng ${licence}`,
  }),
  banned: { reason: 'is banned from the streets for its whole shift', reasonVi: 'bị cấm lưu thông suốt ca' },
  over: { reason: 'its shift is over', reasonVi: 'đã hết ca' },
} as const;

const isOnDuty = ({ weekdays, away }: Crew, date: string): boolean =>
  (weekdays === undefined || weekdays.includes(weekdayOf(date))) && spanAt(away, date) === undefined;

const mayDrive = ({ members }: Crew, { licence }: Vehicle): boolean =>
  licence === undefined || members.some((member) => member.role === 'driver' && member.licences.includes(licence));

/** The crew of the day: the first by id that is on duty and may drive the truck; none where none is registered for it. */
const crewOf = (vehicle: Vehicle, crews: readonly Crew[], date: string): { readonly crew?: Crew } | Words => {
  const own = crews.filter(({ vehicleId }) => vehicleId === vehicle.id);
  const onDuty = own.filter((crew) => isOnDuty(crew, date)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const crew = onDuty.find((each) => mayDrive(each, vehicle));
  if (own.length === 0) return {};
  if (crew !== undefined) return { crew };
  return onDuty.length === 0 ? words.noCrew : words.noLicence(vehicle.licence ?? '');
};

/**
 * The longest stretch of a shift in which the truck may be on the streets: bans of the whole city cut it, and bans of a zone that its
 * depot lies in keep it from leaving and returning.
 */
const shiftUnderBans = (shift: Span, vehicle: Vehicle, { zones = [], depots }: FleetRules, day: ServiceDay) => {
  const depot = depots.find(({ id }) => id === vehicle.depotId);
  const everywhere = zones.filter(({ area }) => area === 'city').flatMap((zone) => closedHours(zone, vehicle, day));
  const atHome = zones
    .filter(({ area }) => area !== 'city' && depot !== undefined && metresInside(area, depot.position) !== undefined)
    .flatMap((zone) => closedHours(zone, vehicle, day));
  const [longest] = outside(shift, everywhere).sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  const doors = longest && outside(longest, atHome);
  const [first, last] = [doors?.[0], doors?.at(-1)];
  return first !== undefined && last !== undefined ? ([first[0], last[1]] satisfies Span) : undefined;
};

const shorter = (one: number | undefined, other: number | undefined): number | undefined => {
  const minutes = Math.min(one ?? Number.POSITIVE_INFINITY, other ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(minutes) ? minutes * 60 : undefined;
};

const breaksOf = (vehicle: Vehicle, crew: Crew | undefined, shift: Span, day: ServiceDay): ReadyTruck['breaks'] =>
  (crew?.breaks ?? vehicle.breaks ?? []).flatMap(({ window, minutes }) => {
    const spans = daysAround.map((days) => windowOn(day, days, window));
    const inShift = spans.find((span) => overlap(span, shift));
    return inShift === undefined ? [] : [{ window: inShift, seconds: minutes * 60 }];
  });

const truckOn = (vehicle: Vehicle, rules: FleetRules, day: ServiceDay, notBefore: number): ReadyTruck | Words => {
  if (vehicle.status === 'unavailable') return words.unavailable;
  const workshop = spanAt(vehicle.outOfService, day.date);
  if (workshop !== undefined) return words.workshop(workshop.reason);
  const found = crewOf(vehicle, rules.crews ?? [], day.date);
  if ('reason' in found) return found;
  const { crew } = found;
  const registered = windowOn(day, 0, crew?.shift ?? vehicle.shift);
  const left: Span = [Math.max(registered[0], day.clock(notBefore)), registered[1]];
  if (left[0] >= left[1]) return words.over;
  const shift = shiftUnderBans(left, vehicle, rules, day);
  if (shift === undefined) return words.banned;
  return {
    vehicle,
    shift,
    // Of the whole shift: one that was taken before a plan is made anew stays the truck's.
    breaks: breaksOf(vehicle, crew, registered, day),
    skills: [...new Set([...(vehicle.skills ?? []), ...(crew?.skills ?? [])])],
    maxDutySeconds: shorter(vehicle.maxDutyMinutes, crew?.maxDutyMinutes),
    maxDrivingSeconds: shorter(vehicle.maxDrivingMinutes, crew?.maxDrivingMinutes),
  };
};

/** Which trucks drive on the service day, from `notBefore` (UTC epoch milliseconds) on, and why the others do not. */
export const trucksOfDay = (rules: FleetRules, day: ServiceDay, notBefore: number): TrucksOfDay => {
  const ready: ReadyTruck[] = [];
  const idle: IdleTruck[] = [];
  for (const vehicle of rules.vehicles) {
    const truck = truckOn(vehicle, rules, day, notBefore);
    if ('vehicle' in truck) ready.push(truck);
    else idle.push({ vehicleId: vehicle.id, name: vehicle.name, ...truck });
  }
  return { ready, idle };
};
