/** A citizen, or anybody, saw a bin overflow. UTC epoch milliseconds. */
export type OverflowReport = { readonly binId: string; readonly reportedAt: number };

/** A market, a festival, a match: its bins are emptied by the last chance before it begins. UTC epoch milliseconds. */
export type SpecialEvent = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly binIds: readonly string[];
};

/** What people know that no sensor tells. */
export type Circumstances = {
  readonly reports: readonly OverflowReport[];
  readonly events: readonly SpecialEvent[];
};

/** A port: the reports and events that concern the time between two instants (UTC epoch milliseconds). */
export type CircumstancesBetween = (from: number, to: number) => Promise<Circumstances>;

export const NOTHING_KNOWN: Circumstances = { reports: [], events: [] };
