import type { CollectionProblem, ProblemStop } from '../problem.ts';
import { liesIn } from '../travel/closed-area.ts';
import { type Closure, closureIdOf, closuresInForce, lastShiftEnd, positionAt } from './closures.ts';
import type { EventContext, Happened } from './day-events.ts';
import type { DayEvent } from './edit-schema.ts';
import type { WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import { standNow } from './truck-progress.ts';

type Window = [number, number];
type Hours = NonNullable<ProblemStop['windows']> | null;
type Opening = Extract<DayEvent, { readonly kind: 'area-opened' }>;
type Closing = Extract<DayEvent, { readonly kind: 'area-closed' }>;

const LAST = 3 * 86_400;
/** A disposal site that does not open again today. */
const NEVER: Window = [LAST, LAST];

/** What is left of windows from a moment on. */
const windowsFrom = (windows: readonly Window[] | undefined, from: number): readonly Window[] =>
  (windows ?? [[from, LAST] as Window]).flatMap(([opens, closes]): Window[] =>
    closes > from ? [[Math.max(opens, from), closes]] : [],
  );

const withHours = <T extends { readonly id: string; readonly windows?: Window[] | undefined }>(
  places: readonly T[],
  hours: Readonly<Record<string, Hours>>,
): T[] =>
  places.map((place) => {
    const open = hours[place.id];
    if (open === undefined) return place;
    const { windows: _held, ...rest } = place;
    return (open === null ? rest : { ...rest, windows: open }) as T;
  });

/** The basis with the hours of stops and disposal sites as they are when nothing is closed: closures in force are put in again. */
export const asIfOpen = (basis: WorkingBasis): WorkingBasis => {
  const { openHours, ...rest } = basis;
  if (openHours === undefined) return basis;
  const { problem } = basis;
  return {
    ...rest,
    problem: {
      ...problem,
      stops: withHours(problem.stops, openHours.stops),
      disposalSites: withHours(problem.disposalSites, openHours.sites),
    },
  };
};

type Held = { readonly id: string; readonly windows?: Window[] | undefined };

/** Hours as they were before anything was closed: the first closure that touches a place keeps them. */
const hoursOf = (
  known: Readonly<Record<string, Hours>> = {},
  places: readonly Held[],
  isHeld: (place: Held) => boolean,
): Readonly<Record<string, Hours>> => ({
  ...Object.fromEntries(places.filter(isHeld).map(({ id, windows }) => [id, windows ?? null])),
  ...known,
});

const doneIn = ({ vehicles }: CollectionProblem): ReadonlySet<string> =>
  new Set(vehicles.flatMap(({ done = [] }) => done.flatMap(({ id }) => id ?? [])));

/**
 * Nobody serves a bin or empties at a site in a closed area before it opens again; where that is too late, the bin is left out with the
 * reason.
 */
const closeArea = (
  basis: WorkingBasis,
  { area, until, reason, by, at }: Closure,
  context: EventContext,
  isNew: boolean,
): Happened => {
  const { problem, openHours } = basis;
  const done = doneIn(problem);
  const inside = new Set(
    basis.picked.flatMap(({ bin }) => (!done.has(bin.id) && liesIn(area, bin.position) ? bin.id : [])),
  );
  const from = until === undefined ? Number.POSITIVE_INFINITY : (until - context.midnight) / 1_000;
  const lastEnd = lastShiftEnd(problem);
  const out: string[] = [];
  const stops = problem.stops.map((stop) => {
    if (!inside.has(stop.id)) return stop;
    const windows = windowsFrom(stop.windows, from);
    if (from >= lastEnd || windows.length === 0) {
      out.push(stop.id);
      return stop;
    }
    return { ...stop, windows: [...windows] };
  });
  const closedSites = new Set(
    problem.disposalSites.flatMap(({ id, location }) => (liesIn(area, positionAt(problem, location)) ? id : [])),
  );
  const disposalSites = problem.disposalSites.map((site) => {
    if (!closedSites.has(site.id)) return site;
    const windows = windowsFrom(site.windows, from);
    return { ...site, windows: windows.length > 0 ? [...windows] : [NEVER] };
  });
  const known = new Set(basis.decisions.excluded.map(({ binId }) => binId));
  const excluded = out.filter((binId) => !known.has(binId)).map((binId) => ({ binId, reason, by, at }));
  const note = {
    en: `${inside.size} bins of the plan lie in the closed area, ${excluded.length} of them cannot be served today`,
    vi: `${inside.size} thùng nằm trong khu vực bị chặn, ${excluded.length} thùng không thể thu gom hôm nay`,
  };
  return {
    basis: {
      ...basis,
      openHours: {
        stops: hoursOf(openHours?.stops, problem.stops, ({ id }) => inside.has(id)),
        sites: hoursOf(openHours?.sites, problem.disposalSites, ({ id }) => closedSites.has(id)),
      },
      decisions: { ...basis.decisions, excluded: [...basis.decisions.excluded, ...excluded] },
      problem: {
        ...problem,
        stops,
        disposalSites,
        // Who is on the way there turns round.
        vehicles: problem.vehicles.map((vehicle) =>
          vehicle.committed?.some((id) => inside.has(id))
            ? standNow(vehicle, (context.now - context.midnight) / 1_000)
            : vehicle,
        ),
      },
    },
    notes: isNew || excluded.length > 0 ? [note] : [],
  };
};

const noSuchClosure = (id: string): NoteWords => ({
  en: `${id}: the plan knows no such closed area`,
  vi: `${id}: kế hoạch không có khu vực bị chặn này`,
});

const openAlready = ({ reason }: Closure): NoteWords => ({
  en: `The closed area (${reason}) opens no later than that anyway`,
  vi: `Khu vực bị chặn (${reason}) vốn mở lại không muộn hơn lúc đó`,
});

/** Bins that were left out in the name of a closure which has opened are wanted again, unless another one still holds them. */
const freed = (basis: WorkingBasis, closure: Closure): WorkingBasis => {
  const positions = new Map(basis.picked.map(({ bin }) => [bin.id, bin.position]));
  const { excluded } = basis.decisions;
  const kept = excluded.filter(({ binId, reason, by, at }) => {
    const place = positions.get(binId);
    const isHis = reason === closure.reason && by === closure.by && at === closure.at;
    return !(isHis && place !== undefined && liesIn(closure.area, place));
  });
  return { ...basis, decisions: { ...basis.decisions, excluded: kept } };
};

/** Ends closures earlier than was said. */
const openAreas = (basis: WorkingBasis, openings: readonly Opening[], { by }: EventContext): Happened => {
  let now = basis;
  const notes: NoteWords[] = [];
  for (const { closureId, at } of openings) {
    const closures = now.closures ?? [];
    const index = closures.findIndex((_, position) => closureIdOf(position) === closureId);
    const closure = closures[index];
    if (closure === undefined) notes.push(noSuchClosure(closureId));
    else if (closure.until !== undefined && closure.until <= at) notes.push(openAlready(closure));
    else {
      const opened: Closure = { ...closure, until: Math.max(at, closure.at), openedBy: by };
      now = freed({ ...now, closures: closures.with(index, opened) }, closure);
    }
  }
  return { basis: now, notes };
};

/** Closes and opens areas, and puts all that is closed into a problem whose hours are as if nothing were. */
export const closeAndOpen = (
  basis: WorkingBasis,
  { closings, openings }: { readonly closings: readonly Closing[]; readonly openings: readonly Opening[] },
  context: EventContext,
): Happened => {
  const fresh = closings.map(({ area, until, reason }): Closure => {
    const closed = { area, reason, by: context.by, at: context.now };
    return until === undefined ? closed : { ...closed, until };
  });
  const closures = [...(basis.closures ?? []), ...fresh];
  const opened = openAreas(closures.length > 0 ? { ...basis, closures } : basis, openings, context);
  const isFresh = (closure: Closure): boolean =>
    (opened.basis.closures ?? []).indexOf(closure) >= closures.length - fresh.length;
  let now: Happened = opened;
  // Those of earlier versions too: bins may have come in that lie there.
  for (const closure of closuresInForce(opened.basis.closures, context.now)) {
    const next = closeArea(now.basis, closure, context, isFresh(closure));
    now = { basis: next.basis, notes: [...now.notes, ...next.notes] };
  }
  return now;
};
