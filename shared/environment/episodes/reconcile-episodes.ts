import { isDeepStrictEqual } from 'node:util';
import type { Acknowledgement, Episode, EpisodeKey, Handling } from './episode.ts';
import { isLive, isStanding, keyText } from './episode.ts';
import { withEvent } from './events.ts';
import type { EpisodeFacts } from './facts.ts';
import { worseBy } from './fold-periods.ts';
import { matchEpisodes } from './match-episodes.ts';

const newEpisode = (key: EpisodeKey, facts: EpisodeFacts, at: number, taken: ReadonlySet<string>): Episode => {
  const { stationId, sensorId, limit } = key;
  let anchorAt = facts.firstEndsAt;
  const idAt = (anchor: number): string => `${keyText(key)}~${anchor}`;
  while (taken.has(idAt(anchorAt))) anchorAt += 1;
  return {
    ...facts,
    episodeId: idAt(anchorAt),
    anchorAt,
    stationId,
    sensorId,
    limit,
    mergedFrom: [],
    handling: 'unacknowledged',
    acknowledgements: [],
    recordedAt: at,
    changedAt: at,
    escalations: 0,
    eventCount: 0,
    pending: [],
    version: 0,
  };
};

/** The recorded episode as the data shows it now; what people did stays. */
const withFacts = (episode: Episode, facts: EpisodeFacts): Episode => {
  const { closedBecause: _, mergedInto: __, ...rest } = episode;
  return { ...rest, ...facts };
};

/** The transitions that lead from what was recorded to what the data says now, each told once. */
const followed = (before: Episode, facts: EpisodeFacts, at: number): Episode => {
  let after = withFacts(before, facts);
  if (!isStanding(before)) after = withEvent(after, 'reinstated', { at });
  const worsens = facts.phase === 'open' || facts.phase === 'deepening';
  const isBack = before.phase === 'closed' ? isLive(after) : before.phase === 'closing' && worsens;
  if (isBack) after = withEvent(after, 'resumed', { at });
  if (worseBy(facts.toldValue, before.toldValue, before.limit) > 0) after = withEvent(after, 'deepened', { at });
  if (before.phase !== 'closing' && facts.phase === 'closing') after = withEvent(after, 'closing', { at });
  if (before.phase !== 'closed' && facts.phase === 'closed') after = withEvent(after, 'closed', { at });
  return after;
};

const opened = (key: EpisodeKey, facts: EpisodeFacts, at: number, taken: ReadonlySet<string>): Episode => {
  let episode = withEvent(newEpisode(key, facts, at, taken), 'opened', { at });
  if (facts.deepenings > 0) episode = withEvent(episode, 'deepened', { at });
  if (facts.phase === 'closing') episode = withEvent(episode, 'closing', { at });
  if (facts.phase === 'closed') episode = withEvent(episode, 'closed', { at });
  return episode;
};

const handlingOfBoth = (a: Handling, b: Handling): Handling => {
  if (a === 'reopened' || b === 'reopened') return 'reopened';
  // Who acknowledged one half has not seen the other.
  return a === 'acknowledged' && b === 'acknowledged' ? 'acknowledged' : 'unacknowledged';
};

const actKey = ({ episodeId, at, by }: Acknowledgement): string => `${episodeId} ${at} ${by}`;

/** Both acknowledgements stay, oldest first. */
const joined = (a: readonly Acknowledgement[], b: readonly Acknowledgement[]): Acknowledgement[] =>
  [...new Map([...a, ...b].map((act) => [actKey(act), act])).values()].sort((x, y) => x.at - y.at);

/** What comes back from a merge is part of nothing any more. */
const released = (episode: Episode, revived: ReadonlySet<string>): Episode =>
  episode.mergedFrom.some((id) => revived.has(id))
    ? { ...episode, mergedFrom: episode.mergedFrom.filter((id) => !revived.has(id)) }
    : episode;

const absorb = (survivor: Episode, part: Episode, at: number): Episode => {
  const { episodeId } = part;
  // A run that ended in between has entered and told it.
  if (survivor.mergedFrom.includes(episodeId)) return survivor;
  const both: Episode = {
    ...survivor,
    mergedFrom: [...survivor.mergedFrom, episodeId],
    handling: handlingOfBoth(survivor.handling, part.handling),
    acknowledgements: joined(survivor.acknowledgements, part.acknowledgements),
  };
  return withEvent(both, 'merged', { at, otherEpisodeId: episodeId });
};

/**
 * What has to be written so that the record of one series under one limit says what the data says now: episodes that are new, changed,
 * merged or withdrawn, each with its new transitions among `pending`. Nothing when nothing changed. Pure.
 * @param recorded all that is on record for the stretch that was computed, whatever its phase.
 * @param at the instant of the run, UTC epoch milliseconds.
 */
export const reconcileEpisodes = (
  key: EpisodeKey,
  recorded: readonly Episode[],
  computed: readonly EpisodeFacts[],
  at: number,
): readonly Episode[] => {
  const { found, absorbed, disproved } = matchEpisodes(recorded, computed);
  const taken = new Set(recorded.map(({ episodeId }) => episodeId));
  const revived = new Set(found.flatMap(({ episode }) => (episode?.phase === 'merged' ? [episode.episodeId] : [])));
  const next = found.map(({ facts, episode }) => {
    const after = episode === undefined ? opened(key, facts, at, taken) : followed(episode, facts, at);
    taken.add(after.episodeId);
    return released(after, revived);
  });
  const merged: Episode[] = [];
  for (const { episode, into } of absorbed) {
    const survivor = next[into];
    if (survivor === undefined) continue;
    const otherEpisodeId = survivor.episodeId;
    merged.push(
      withEvent({ ...episode, phase: 'merged', mergedInto: otherEpisodeId }, 'merged', { at, otherEpisodeId }),
    );
    next[into] = absorb(survivor, episode, at);
  }
  const withdrawn = disproved.map((episode) => withEvent({ ...episode, phase: 'withdrawn' }, 'withdrawn', { at }));
  const before = new Map(recorded.map((episode) => [episode.episodeId, episode]));
  // The survivor first: whoever reads in between finds both halves, never none.
  return [...next, ...merged, ...withdrawn]
    .filter((episode) => !isDeepStrictEqual(before.get(episode.episodeId), episode))
    .map((episode) => ({ ...episode, changedAt: at }));
};
