import { type Episode, isStanding } from './episode.ts';
import type { EpisodeFacts } from './facts.ts';

export type Match = {
  /** What the data says now, each with the episode that it goes on as; without one it is new. */
  readonly found: readonly { readonly facts: EpisodeFacts; readonly episode?: Episode }[];
  /** Standing episodes that turned out to be part of another, by their place in `found`. */
  readonly absorbed: readonly { readonly episode: Episode; readonly into: number }[];
  /** Standing episodes that the data no longer shows. */
  readonly disproved: readonly Episode[];
};

type Span = Pick<EpisodeFacts, 'startsAt' | 'trackedTo'>;
const overlap = (a: Span, b: Span): boolean => a.startsAt < b.trackedTo && b.startsAt < a.trackedTo;
/** Single values are periods without length. */
const touches = (a: Span, b: Span): boolean =>
  overlap(a, b) || (a.startsAt >= b.startsAt && a.startsAt <= b.trackedTo && a.startsAt === a.trackedTo);
const meets = (a: Span, b: Span): boolean => touches(a, b) || touches(b, a) || a.startsAt === b.startsAt;

/**
 * Which recorded episode each stretch of data is: the earliest standing one that shares time with it, else one that was withdrawn or
 * merged and comes back. So ids stay where data comes late, whatever it moves, joins or splits.
 */
export const matchEpisodes = (recorded: readonly Episode[], computed: readonly EpisodeFacts[]): Match => {
  const free = recorded.toSorted((a, b) => a.startsAt - b.startsAt || a.anchorAt - b.anchorAt);
  const take = (facts: EpisodeFacts, isWanted: (episode: Episode) => boolean): Episode | undefined => {
    const place = free.findIndex((episode) => isWanted(episode) && meets(episode, facts));
    return place < 0 ? undefined : free.splice(place, 1)[0];
  };
  const first = computed.map((facts) => ({ facts, episode: take(facts, isStanding) }));
  const found = first.map(({ facts, episode }) => ({
    facts,
    episode: episode ?? take(facts, (other) => !isStanding(other)),
  }));
  const absorbed: { episode: Episode; into: number }[] = [];
  const disproved: Episode[] = [];
  for (const episode of free.filter(isStanding)) {
    const into = found.findIndex(({ facts }) => meets(episode, facts));
    if (into < 0) disproved.push(episode);
    else absorbed.push({ episode, into });
  }
  return {
    found: found.map(({ facts, episode }) => (episode === undefined ? { facts } : { facts, episode })),
    absorbed,
    disproved,
  };
};
