import type { CrewReport } from '../../../../shared/routing/crew/crew-report.ts';
import { lastWords } from '../../../../shared/routing/crew/last-words.ts';
import { isStopReport, type OutboxEntry } from './entry.ts';
import type { PlanSeen } from './plan-sync.ts';

/** What stands of a stop: the crew's last word, and whether the city has it. */
export type StopStatus = {
  readonly report: CrewReport;
  readonly way: 'waiting' | 'sent' | 'refused';
  readonly hasPhoto: boolean;
};

/**
 * The last word on each bin of the day, of this phone's own reports and those that the city told of, by bin id. What the city refused
 * is no word any more: the stop is open again.
 */
export const stopStatuses = (
  { route, reports }: Pick<PlanSeen, 'route' | 'reports'>,
  entries: readonly OutboxEntry[],
): ReadonlyMap<string, StopStatus> => {
  const own = new Map(
    entries.flatMap(({ report, serviceDate, state }) =>
      serviceDate === route?.serviceDate && state !== 'refused' && isStopReport(report)
        ? [[report.reportId, { report, state }]]
        : [],
    ),
  );
  const told = reports.map(({ isLastWord: _last, reportedBy: _by, at, ...report }) => ({
    ...report,
    at: Date.parse(at),
  }));
  const words = lastWords<CrewReport>([...told, ...[...own.values()].map(({ report }) => report)]);
  return new Map(
    [...words].map(([binId, report]) => {
      const way = own.get(report.reportId)?.state ?? 'sent';
      return [binId, { report, way, hasPhoto: report.photoKey !== undefined }];
    }),
  );
};
