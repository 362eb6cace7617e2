import type { Bin } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import { openReports } from '../../routing/crew/open-reports.ts';
import type { CrewReportsSince } from '../outlook/crew-words.ts';
import type { OverflowReport, OverflowReportStore } from '../overflow/overflow-report.ts';
import type { CircumstancesBetween, LeftOpen, OverflowSighting } from './circumstances.ts';
import { eventsBetween } from './event-bins.ts';

export type CircumstanceSources = {
  readonly registry: Pick<Registry, 'get' | 'list'>;
  readonly cityId: string;
  readonly overflowReports: Pick<OverflowReportStore, 'since' | 'ofBin'>;
  readonly crewReports?: CrewReportsSince;
  /** What concerns this bin alone; all bins when absent. */
  readonly only?: Pick<Bin, 'id' | 'position'>;
};

/** Citizens are many and nameless; of all others, who said it twice said it once. */
const sighting = ({ reportId, binId, seenAt, channel, reportedBy }: OverflowReport): OverflowSighting => ({
  binId,
  seenAt,
  channel,
  source: channel === 'citizen' ? `citizen ${reportId}` : `${channel} ${reportedBy}`,
});

const leftOpenSince = async (crewReports: CrewReportsSince | undefined, at: number): Promise<readonly LeftOpen[]> => {
  if (crewReports === undefined) return [];
  const open = [...openReports(await crewReports.since(at)).values()];
  return open.flatMap(({ binId, at: leftAt, outcome, fractionLeft }) =>
    outcome === 'collected' ? [] : [{ binId, at: leftAt, outcome, fractionLeft }],
  );
};

/**
 * What people know, from where it is kept: overflow reports that nobody withdrew, the registry's events, and what crews left open. Reports and crews'
 * words are those since `from`; which of them an emptying has ended, the decision on each bin says.
 */
export const knownCircumstances =
  ({ registry, cityId, overflowReports, crewReports, only }: CircumstanceSources): CircumstancesBetween =>
  async (from, to) => {
    const [city, bins, events, reports, leftOpen] = await Promise.all([
      registry.get('city', cityId),
      only === undefined ? registry.list('bin') : [only],
      registry.list('special-event'),
      only === undefined ? overflowReports.since(from) : overflowReports.ofBin(only.id, from),
      leftOpenSince(crewReports, from),
    ]);
    return {
      reports: reports.filter(({ withdrawn }) => withdrawn === undefined).map(sighting),
      events: city === undefined ? [] : eventsBetween(events, bins, city.timeZone, from, to),
      leftOpen,
    };
  };
