import { HOUR_MS } from '../../shared/waste/forecast/hours.ts';
import type { Truth } from './truth.ts';

/** A collection as it was: what lay in the bin, capacities (over 1: beside it), and whether it had overflowed since the last one. */
export type PickUp = {
  readonly bin: number;
  readonly at: number;
  readonly level: number;
  readonly overflowed: boolean;
};

export type Report = { readonly at: number; readonly fraction: number };

/** The city's bins as they truly are, hour after hour, and what their sensors say. Knows nothing of forecasts, policies or routes. */
export type Replay = {
  /** Lets the hours up to an instant pass; pick-ups of that time are told by bin. */
  readonly passUntil: (until: number, pickUps: ReadonlyMap<number, number>) => readonly PickUp[];
  /** Reports of a bin since its last look, oldest first. */
  readonly takeReports: (bin: number) => readonly Report[];
  /** Hours that bins stood overflowing, and overflows begun, since the count was last taken. */
  readonly takeOverflow: () => { readonly hours: number; readonly events: number };
};

export const startReplay = (truth: Truth, startLevels: readonly number[]): Replay => {
  const { startsAt, waste, echo, noise } = truth;
  const levels = Float64Array.from(startLevels);
  const overflowed = new Uint8Array(levels.length);
  const reports = Array.from(levels, (): Report[] => []);
  let now = 0;
  let [overflowHours, overflowEvents] = [0, 0];

  const note = (bin: number): void => {
    if ((levels[bin] as number) <= 1 || overflowed[bin] === 1) return;
    overflowed[bin] = 1;
    overflowEvents += 1;
  };

  const empty = (bin: number, at: number): PickUp => {
    const pickUp = { bin, at, level: levels[bin] as number, overflowed: overflowed[bin] === 1 };
    levels[bin] = 0;
    overflowed[bin] = 0;
    return pickUp;
  };

  const passHour = (bin: number, hour: number, collectAt: number | undefined): PickUp | undefined => {
    const came = waste[bin]?.[hour] ?? 0;
    const begins = startsAt + hour * HOUR_MS;
    let pickUp: PickUp | undefined;
    if (collectAt !== undefined && collectAt >= begins && collectAt < begins + HOUR_MS) {
      const before = (collectAt - begins) / HOUR_MS;
      levels[bin] = (levels[bin] as number) + came * before;
      note(bin);
      pickUp = empty(bin, collectAt);
      levels[bin] = came * (1 - before);
    } else levels[bin] = (levels[bin] as number) + came;
    note(bin);
    if ((levels[bin] as number) > 1) overflowHours += 1;
    const heard = echo[bin]?.[hour] ?? Number.NaN;
    if (!Number.isNaN(heard)) {
      const told = Number.isFinite(heard) ? heard : Math.min(1, levels[bin] as number) + (noise[bin]?.[hour] ?? 0);
      reports[bin]?.push({
        at: begins + 0.99 * HOUR_MS,
        fraction: Math.round(100 * Math.min(1, Math.max(0, told))) / 100,
      });
    }
    return pickUp;
  };

  return {
    passUntil: (until, pickUps) => {
      const made: PickUp[] = [];
      const last = Math.round((until - startsAt) / HOUR_MS);
      for (let bin = 0; bin < levels.length; bin += 1) {
        for (let hour = now; hour < last; hour += 1) {
          const pickUp = passHour(bin, hour, pickUps.get(bin));
          if (pickUp !== undefined) made.push(pickUp);
        }
      }
      now = last;
      return made;
    },
    takeReports: (bin) => (reports[bin] ?? []).splice(0),
    takeOverflow: () => {
      const taken = { hours: overflowHours, events: overflowEvents };
      [overflowHours, overflowEvents] = [0, 0];
      return taken;
    },
  };
};
