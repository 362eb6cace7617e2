import type { OverflowChannel, WireOverflowReport } from '../api/circumstances.ts';
import type { Instant } from '../api/wire.ts';

/** That people report a bin as overflowing, and nobody emptied it since: who saw it, from when to when, in how many reports. */
export type OverflowMark = {
  readonly count: number;
  readonly channels: readonly OverflowChannel[];
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
};
export type OverflowMarks = ReadonlyMap<string, OverflowMark>;

/** Marks by bin id, from reports in the order seen; what is over marks nothing. */
export const overflowMarks = (reports: readonly WireOverflowReport[]): OverflowMarks => {
  const marks = new Map<string, OverflowMark>();
  for (const { binId, channel, seenAt, standing } of reports) {
    if (standing !== 'open') continue;
    const { count = 0, channels = [], firstSeenAt = seenAt } = marks.get(binId) ?? {};
    const seenBy = channels.includes(channel) ? channels : [...channels, channel];
    marks.set(binId, { count: count + 1, channels: seenBy, firstSeenAt, lastSeenAt: seenAt });
  }
  return marks;
};
