import type { CrewOverflow, CrewOverflowTakenBack } from '../../../../shared/routing/crew/crew-overflow.ts';
import type { CrewReport } from '../../../../shared/routing/crew/crew-report.ts';

/** All that a phone reports, in one order: stops, bins seen to overflow, and that one of these was no overflow. */
export type PhoneReport = CrewReport | CrewOverflow | CrewOverflowTakenBack;

export const isStopReport = (report: PhoneReport): report is CrewReport => !('kind' in report);

type WithoutSequence<R> = R extends unknown ? Omit<R, 'sequence'> : never;

/** Why the city did not take something; its words in both languages where it gave them. */
export type Refused = { readonly reason: string; readonly reasonVi: string };

/** A report on this phone: made here, and where it stands on its way to the city. */
export type OutboxEntry = {
  readonly report: PhoneReport;
  /** What the crew saw on the screen when it reported. */
  readonly stopName: string;
  /** `YYYY-MM-DD`, the day whose plan it belongs to. */
  readonly serviceDate: string;
  readonly state: 'waiting' | 'sent' | 'refused';
  readonly refused?: Refused;
  readonly photo: 'none' | 'waiting' | 'sent' | 'refused';
  /** The crew has read that it was refused. */
  readonly isSeen?: true;
};

export type OverflowEntry = OutboxEntry & { readonly report: CrewOverflow };

/** What a crew says of a bin that it saw overflow, before the phone adds identity, time, truck and plan. */
export type SaidOverflow = Pick<CrewOverflow, 'binId'> & Partial<Pick<CrewOverflow, 'note'>>;

/** What a crew says of a stop, before the phone adds identity and time. */
export type Said = Pick<CrewReport, 'planId' | 'vehicleId' | 'binId' | 'outcome'> &
  Partial<Pick<CrewReport, 'fractionLeft' | 'note' | 'takenBack'>>;

/** Where a phone keeps its reports. A port; on the phone it is IndexedDB. */
export type Outbox = {
  /** All of them, in the order made. */
  readonly all: () => Promise<readonly OutboxEntry[]>;
  /** Makes a report durable, photo included, under the next number of this phone's count, all or nothing. */
  readonly add: (
    entry: Omit<OutboxEntry, 'report' | 'state' | 'photo'> & {
      readonly report: WithoutSequence<PhoneReport>;
    },
    photo: Blob | undefined,
  ) => Promise<OutboxEntry>;
  /** Replaces entries that are there. */
  readonly update: (entries: readonly OutboxEntry[]) => Promise<void>;
  readonly photo: (reportId: string) => Promise<Blob | undefined>;
  /** Forgets what is settled and was made before an instant (UTC epoch milliseconds), photos included. */
  readonly forget: (before: number) => Promise<void>;
};
