import type { Episode, EpisodeCause } from './episode.ts';
import { isStanding } from './episode.ts';
import { withEvent } from './events.ts';

export type Act = { readonly at: number; readonly by: string };

/** What became of a person's act: the episode with it, or why it makes no sense. */
export type ActOutcome =
  | { readonly ok: true; readonly episode: Episode }
  | { readonly ok: false; readonly code: 'not-standing' | 'not-acknowledged'; readonly reason: string };

const notStanding = ({ phase, mergedInto }: Episode): ActOutcome => ({
  ok: false,
  code: 'not-standing',
  reason: phase === 'merged' ? `It was merged into ${mergedInto}` : 'It was withdrawn: late data proved it wrong',
});

/** Somebody has seen it and says why it came about. Possible while it lasts and after; again, when more is known. */
export const acknowledge = (
  episode: Episode,
  { at, by, cause, note }: Act & { readonly cause: EpisodeCause; readonly note: string },
): ActOutcome => {
  if (!isStanding(episode)) return notStanding(episode);
  const act = { at, by, cause, note, episodeId: episode.episodeId };
  const acknowledged: Episode = {
    ...episode,
    handling: 'acknowledged',
    acknowledgements: [...episode.acknowledgements, act],
  };
  return { ok: true, episode: withEvent(acknowledged, 'acknowledged', { at, by, cause, note }) };
};

/** Somebody takes an acknowledgement back: what was said stays on record, and the episode waits for another. */
export const reopen = (episode: Episode, { at, by, note }: Act & { readonly note: string }): ActOutcome => {
  if (!isStanding(episode)) return notStanding(episode);
  if (episode.handling !== 'acknowledged') {
    return { ok: false, code: 'not-acknowledged', reason: 'Nobody has acknowledged it' };
  }
  return { ok: true, episode: withEvent({ ...episode, handling: 'reopened' }, 'reopened', { at, by, note }) };
};
