import type { CrewReport } from './crew-report.ts';

/** What is known of a bin's fill, as far as a crew's report can change it. Instants are UTC epoch milliseconds. */
type FillKnowledge = { readonly status: string; readonly measuredAt?: number };

/** A fill that a person told. */
export type ToldFill = {
  readonly status: 'known';
  /** 0..1. */
  readonly fraction: number;
  readonly measuredAt: number;
  readonly flag: 1;
};

/** The fraction that a report leaves in the bin; `undefined` where it does not say (`blocked`, `not-found`, `partly` without a figure). */
export const fractionLeft = ({ outcome, fractionLeft: left, takenBack }: CrewReport): number | undefined => {
  if (takenBack) return undefined;
  if (outcome === 'collected') return 0;
  return outcome === 'partly' ? left : undefined;
};

/**
 * A bin's fill once a crew's last word on it is heard. What the crew says wins over every reading up to that moment; a reading made
 * later knows more. A report that gives no figure changes nothing: the bin is as full as was last known, and never taken for empty.
 */
export const afterReports = <F extends FillKnowledge>(fill: F, report: CrewReport | undefined): F | ToldFill => {
  const fraction = report && fractionLeft(report);
  if (report === undefined || fraction === undefined) return fill;
  if (fill.status === 'known' && (fill.measuredAt ?? Number.NEGATIVE_INFINITY) > report.at) return fill;
  return { status: 'known', fraction, measuredAt: report.at, flag: 1 };
};
