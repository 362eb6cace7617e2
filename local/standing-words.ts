import type { BrokerStanding } from '../shared/open-data/context-push/ports.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** How it goes with a server that the city tells of something. */
export const standingWords = (standing: BrokerStanding | undefined): string => {
  if (standing === undefined) return 'never told of anything yet';
  const { failures, lastTakenAt, reason, notBefore } = standing;
  const last = lastTakenAt === undefined ? 'nothing taken yet' : `last taken ${iso(lastTakenAt)}`;
  return failures === 0 ? last : `${last}; ${failures} failures in a row (${reason}), next attempt ${iso(notBefore)}`;
};
