import type { CrewReportStore, ReceivedReport } from './crew-report.ts';

/** Why a report was not taken. The words say what to do; programs read the code. */
export const refusalCodes = [
  'not-a-report',
  'unknown-plan',
  'unknown-truck',
  'unknown-bin',
  'unknown-report',
  'clock-ahead',
  'too-old',
  'id-reused',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A report that was refused: nothing of it is lost, so that a dispatcher can still read what the crew said. */
export type RefusedReport = {
  readonly receivedAt: number;
  readonly reportedBy?: string;
  readonly code: RefusalCode;
  readonly reason: string;
  readonly reasonVi: string;
  /** What was sent, as JSON text; cut only where it is longer than any report can be. */
  readonly sent: string;
};

/** Crews' reports with what else is asked of them: by id, by time, and those that were refused. A port. */
export type CrewReportArchive = CrewReportStore & {
  readonly get: (reportId: string) => Promise<ReceivedReport | undefined>;
  /** All reports, of whatever plan, made at or after an instant by their phones' clocks (UTC epoch milliseconds), in the order made. */
  readonly since: (at: number) => Promise<readonly ReceivedReport[]>;
  /** Keeps a refused report; the same one sent again within a month is kept once. */
  readonly refuse: (refused: RefusedReport) => Promise<void>;
  /** Refused reports of a UTC month, `YYYY-MM`, newest arrival first. */
  readonly refused: (month: string) => Promise<readonly RefusedReport[]>;
};
