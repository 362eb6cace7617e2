import { instantOf, localDate } from '../../../../../shared/city/calendar.ts';
import type { ClosedArea } from '../../../../../shared/routing/lifecycle/edit-schema.ts';
import type { DayEventBody } from '../../../api/plan-life.ts';
import type { BinWithFill } from '../../../api/wire.ts';
import { cornersOf, crossingIn } from '../../outline/outline-text.ts';

export type EventKind = DayEventBody['kind'];

/** What happens on a day, as the API knows it, in the order of how often. */
export const eventKinds = [
  'truck-out',
  'truck-back',
  'overflow',
  'area-closed',
  'area-opened',
  'crew-late',
  'truck-joins',
] as const;

/** A day event as it is typed: everything is text, also what another kind would ask for. */
export type EventDraft = {
  readonly kind: EventKind;
  readonly vehicleId: string;
  readonly binId: string;
  readonly reason: string;
  readonly minutes: string;
  /** City-local `HH:MM`; now when empty. */
  readonly at: string;
  /** City-local `HH:MM`; all day when empty. */
  readonly until: string;
  readonly areaBy: 'bin' | 'outline';
  readonly radius: string;
  readonly outline: string;
  /** Where a truck comes back from. */
  readonly from: 'depot' | 'last-place';
  readonly isEmptied: boolean;
  readonly closureId: string;
};

export const emptyEvent = (kind: EventKind): EventDraft => ({
  kind,
  vehicleId: '',
  binId: '',
  reason: '',
  minutes: '30',
  at: '',
  until: '',
  areaBy: 'bin',
  radius: '300',
  outline: '',
  from: 'depot',
  isEmptied: false,
  closureId: '',
});

const DAY_MS = 86_400_000;
const HALF_A_DAY_MS = DAY_MS / 2;

/** The instant nearest to now that the city's clocks show so: just after midnight 23:50 was ten minutes ago. */
const nearest = (time: string, timeZone: string, now: number): number => {
  const today = instantOf(localDate(timeZone, now), time, timeZone);
  if (today - now > HALF_A_DAY_MS) return today - DAY_MS;
  return now - today > HALF_A_DAY_MS ? today + DAY_MS : today;
};

/** The next instant that the city's clocks show so. */
const next = (time: string, timeZone: string, now: number): number => {
  const today = instantOf(localDate(timeZone, now), time, timeZone);
  return today > now ? today : today + DAY_MS;
};

const iso = (at: number): string => new Date(at).toISOString();

/** The closed area: around a bin, or as drawn; `undefined` while it is none. */
export const areaOf = (
  { areaBy, binId, radius, outline }: EventDraft,
  bins: readonly BinWithFill[],
): ClosedArea | undefined => {
  if (areaBy === 'outline') {
    const corners = cornersOf(outline) ?? [];
    return corners.length < 3 || crossingIn(outline) !== undefined
      ? undefined
      : { polygon: corners.map(([longitude, latitude]) => [longitude, latitude]) };
  }
  const bin = bins.find(({ id }) => id === binId);
  const radiusMetres = Number(radius);
  if (bin === undefined || !(radiusMetres > 0)) return undefined;
  const { latitude, longitude } = bin.position;
  return { centre: { latitude, longitude }, radiusMetres };
};

type Clock = { readonly timeZone: string; readonly now: number };

/** An hour that was or is to come, by the city's clocks; now when empty. */
type About = (time: string) => { readonly at?: string };

const backOf = ({ vehicleId, at, from, isEmptied }: EventDraft, about: About): DayEventBody | undefined =>
  vehicleId === ''
    ? undefined
    : { kind: 'truck-back', vehicleId, from, ...(isEmptied && { emptied: true }), ...about(at) };

/** The event that a draft means; `undefined` while something is missing. */
export const eventOf = (
  draft: EventDraft,
  bins: readonly BinWithFill[],
  { timeZone, now }: Clock,
): DayEventBody | undefined => {
  const { kind, vehicleId, binId, at, until } = draft;
  const [reason, minutes] = [draft.reason.trim(), Number(draft.minutes)];
  const about: About = (time) => (time === '' ? {} : { at: iso(nearest(time, timeZone, now)) });
  switch (kind) {
    case 'truck-out': {
      const since = at === '' ? {} : { at: iso(Math.min(now, nearest(at, timeZone, now))) };
      return vehicleId && reason ? { kind, vehicleId, reason, ...since } : undefined;
    }
    case 'crew-late':
      return vehicleId && minutes > 0 ? { kind, vehicleId, minutes } : undefined;
    case 'truck-joins':
      return vehicleId ? { kind, vehicleId } : undefined;
    case 'truck-back':
      return backOf(draft, about);
    case 'area-opened':
      return draft.closureId ? { kind, closureId: draft.closureId, ...about(at) } : undefined;
    case 'overflow':
      return binId ? { kind, binId } : undefined;
    case 'area-closed': {
      const area = areaOf(draft, bins);
      if (area === undefined || !reason) return undefined;
      return { kind, area, reason, ...(until !== '' && { until: iso(next(until, timeZone, now)) }) };
    }
  }
};
