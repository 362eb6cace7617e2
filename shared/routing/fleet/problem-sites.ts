import type { DisposalSite, Zone } from '../../city/entities.ts';
import { spanAt } from '../../city/fleet/calendar-rules.ts';
import type { ProblemDisposal } from '../problem.ts';
import { daysAfter } from '../service-date.ts';
import { metresInside } from './area.ts';
import { closedHours } from './bans.ts';
import type { ReadyTruck } from './ready-trucks.ts';
import { daysAround, type ServiceDay, windowOn, windowsAround } from './service-day.ts';
import { inBoth, outside, type Span } from './spans.ts';

/** No registered id has it: what stands before it is the site's own. */
const MARK = '~';

/** The registered site that a disposal of the problem stands for: one with queues by the hour stands in it several times. */
export const siteIdOf = (disposalId: string): string => disposalId.split(MARK)[0] ?? disposalId;

const DAY = 86_400;
/** The service day, the day before and the day after. */
const HORIZON: Span = [-DAY, 2 * DAY];

type Queue = { readonly span: Span; readonly seconds: number };

const queuesOf = ({ queue = [] }: DisposalSite, day: ServiceDay): readonly Queue[] =>
  queue.flatMap(({ minutes, ...window }) =>
    daysAround.map((days) => ({ span: windowOn(day, days, window), seconds: minutes * 60 })),
  );

/** When trucks may arrive, by how long they then stand in line; the longer of queues that overlap. */
const arrivalsByQueue = (site: DisposalSite, day: ServiceDay): ReadonlyMap<number, readonly Span[]> => {
  const queues = queuesOf(site, day);
  const arrivals = new Map<number, Span[]>();
  const longest = [...new Set(queues.map(({ seconds }) => seconds))].sort((a, b) => b - a);
  const spansOf = (least: number): Span[] => queues.filter(({ seconds }) => seconds >= least).map(({ span }) => span);
  for (const seconds of longest) {
    const own = queues
      .filter((queue) => queue.seconds === seconds)
      .flatMap(({ span }) => outside(span, spansOf(seconds + 1)));
    if (own.length > 0) arrivals.set(seconds, own);
  }
  const without = outside(HORIZON, spansOf(0));
  if (without.length > 0) arrivals.set(0, [...(arrivals.get(0) ?? []), ...without]);
  return arrivals;
};

/** When no truck of the day may be held there: of a site in a zone with bans, only hours that suit all trucks are used. */
const closedAround = (site: DisposalSite, trucks: readonly ReadyTruck[], zones: readonly Zone[], day: ServiceDay) => {
  const bans = zones
    .filter(({ area }) => area !== 'city' && metresInside(area, site.position) !== undefined)
    .flatMap((zone) => trucks.flatMap(({ vehicle }) => closedHours(zone, vehicle, day)));
  const shut = daysAround
    .filter((days) => spanAt(site.closed, daysAfter(day.date, days)) !== undefined)
    .map((days) => windowOn(day, days, { from: '00:00', to: '24:00' }));
  return [...bans, ...shut];
};

const disposalAt = (site: DisposalSite, location: number) => ({
  location,
  costPerVisit: site.costPerVisitVnd ?? 0,
  ...(site.costPerKgVnd !== undefined && { costPerKg: site.costPerKgVnd }),
  streams: [...site.streams],
});

/**
 * A site as the optimizer sees it: one disposal for each length of its queue, at the same place, open in the hours of that queue. The
 * first has the site's own id. None where it never opens around the service day.
 */
export const problemSites = (
  site: DisposalSite,
  location: number,
  {
    trucks,
    zones,
    day,
  }: { readonly trucks: readonly ReadyTruck[]; readonly zones: readonly Zone[]; readonly day: ServiceDay },
): readonly ProblemDisposal[] => {
  const closed = closedAround(site, trucks, zones, day);
  const opening = windowsAround(day, site.opening);
  const at = disposalAt(site, location);
  if (site.queue === undefined && closed.length === 0) {
    return [{ id: site.id, ...at, unloadSeconds: site.unloadSeconds, ...(opening && { windows: opening }) }];
  }
  const open = (opening?.length ? opening : [HORIZON]).flatMap((span) => outside(span, closed));
  return [...arrivalsByQueue(site, day)]
    .map(([seconds, arrivals]) => ({ seconds, windows: inBoth(open, arrivals) }))
    .filter(({ windows }) => windows.length > 0)
    .map(({ seconds, windows }, index) => ({
      id: index === 0 ? site.id : `${site.id}${MARK}${index}`,
      ...at,
      unloadSeconds: site.unloadSeconds + seconds,
      windows,
    }));
};
