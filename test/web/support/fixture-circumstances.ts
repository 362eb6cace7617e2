import type { BinCircumstances, OverflowBody, WireOverflowReport } from '../../../web/src/api/circumstances.ts';
import type { Answer } from './canned-api.ts';
import { iso, NOW } from './fixture-city.ts';

const HOUR = 3_600_000;

/** Answers like the API of reports: a bin is due while a report of it is open. `bin-003` has a market on Sundays. */
export const circumstancesApi = () => {
  const known = new Map<string, WireOverflowReport>();

  const circumstancesOf = (binId: string): BinCircumstances => {
    const reports = [...known.values()].filter((report) => report.binId === binId);
    const isDue = reports.some(({ standing }) => standing === 'open');
    return {
      decision: {
        serviceDate: '2026-11-23',
        ...(isDue
          ? {
              status: 'due',
              reason: 'reported as overflowing by citizens',
              reasonVi: 'người dân báo tràn rác',
            }
          : { status: 'not-due' }),
      },
      reports,
      events:
        binId === 'bin-003'
          ? [
              {
                eventId: 'market',
                name: 'Chợ phiên',
                nameEn: 'Sunday market',
                from: iso(NOW + 30 * HOUR),
                to: iso(NOW + 36 * HOUR),
              },
            ]
          : [],
    };
  };

  const report = (body: OverflowBody): Answer => {
    const earlier = known.get(body.reportId);
    if (earlier !== undefined) return { status: 200, body: earlier };
    const taken = { ...body, reportedBy: 'lan@city', seenAt: iso(NOW), standing: 'open' } as const;
    known.set(body.reportId, taken);
    return { status: 201, body: taken };
  };

  const withdraw = (reportId: string, why: string): Answer => {
    const earlier = known.get(reportId);
    if (earlier === undefined) return { status: 404, body: { title: 'Not Found', status: 404 } };
    const body = { ...earlier, standing: 'withdrawn', withdrawn: { at: iso(NOW), by: 'lan@city', why } } as const;
    known.set(reportId, body);
    return { status: 200, body };
  };

  /** @param path below `/api/v1`. */
  return (method: string, path: string, body: unknown): Answer | undefined => {
    const [, collection, id = '', part] = path.split('/');
    if (collection === 'bins' && part === 'circumstances') return { status: 200, body: circumstancesOf(id) };
    if (collection !== 'overflow-reports') return undefined;
    if (method !== 'POST') {
      const reports = [...known.values()].filter(({ standing }) => standing === 'open');
      return { status: 200, body: { reports } };
    }
    return id === '' ? report(body as OverflowBody) : withdraw(id, (body as { readonly why: string }).why);
  };
};
