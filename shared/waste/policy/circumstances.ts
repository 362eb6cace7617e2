import type { CrewOutcome } from '../../routing/crew/crew-report.ts';
import type { OverflowChannel } from '../overflow/overflow-report.ts';

/** Somebody saw a bin overflow. `source` is the same for what one person said twice. UTC epoch milliseconds. */
export type OverflowSighting = {
  readonly binId: string;
  readonly seenAt: number;
  readonly channel: OverflowChannel;
  readonly source: string;
};

/** A market, a festival, a match: its bins are emptied by the last chance before it begins. UTC epoch milliseconds. */
export type SpecialEvent = {
  readonly eventId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly from: number;
  readonly to: number;
  readonly binIds: ReadonlySet<string>;
};

/** A crew's last word on a bin whose need it left open: the rest comes back. UTC epoch milliseconds. */
export type LeftOpen = {
  readonly binId: string;
  readonly at: number;
  readonly outcome: Exclude<CrewOutcome, 'collected'>;
  /** 0..1, where the crew said. */
  readonly fractionLeft?: number | undefined;
};

/** What people know that no sensor tells. */
export type Circumstances = {
  readonly reports: readonly OverflowSighting[];
  readonly events: readonly SpecialEvent[];
  readonly leftOpen: readonly LeftOpen[];
};

/** A port: what concerns the time between two instants (UTC epoch milliseconds). */
export type CircumstancesBetween = (from: number, to: number) => Promise<Circumstances>;

export const NOTHING_KNOWN: Circumstances = { reports: [], events: [], leftOpen: [] };
