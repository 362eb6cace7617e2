import type { CrewReport } from '../../shared/routing/crew/crew-report.ts';

/** The n-th of as many UUIDs as a test wants. */
export const reportIdOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A report that says: collected. */
export const aReport = (n: number, more: Partial<CrewReport> = {}): CrewReport => ({
  reportId: reportIdOf(n),
  planId: 'plan-a',
  vehicleId: 't1',
  binId: 'bin-1',
  outcome: 'collected',
  at: Date.UTC(2026, 10, 22, 9, 30),
  sequence: n,
  ...more,
});
