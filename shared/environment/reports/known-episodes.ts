import type { Episode, EpisodeEvent } from '../episodes/episode.ts';
import type { EpisodeStore } from '../episodes/episode-store.ts';
import { dataPhases } from '../episodes/vocabulary.ts';
import { inOrder } from './known-readings.ts';
import type { EpisodeAct, EpisodeInput } from './report-input.ts';
import type { ReportPeriod } from './report-period.ts';

const EPISODES_AT_ONCE = 8;

const isAct = (kind: EpisodeEvent['kind']): kind is EpisodeAct['kind'] =>
  kind === 'acknowledged' || kind === 'reopened' || kind === 'escalated';

const isData = (phase: EpisodeEvent['data']['phase']): phase is EpisodeInput['phase'] =>
  (dataPhases as readonly string[]).includes(phase);

/** What the acts of people until then say. */
const handlingOf = (events: readonly EpisodeEvent[]): EpisodeInput['handling'] => {
  const kind = events.findLast((event) => event.kind === 'acknowledged' || event.kind === 'reopened')?.kind;
  if (kind === 'acknowledged') return 'acknowledged';
  return kind === 'reopened' ? 'reopened' : 'unacknowledged';
};

/** An episode as its transitions until an instant tell it; `undefined` where it was not known yet, or no longer counted. */
const asKnown = (
  { episodeId, sensorId, limit, handling, changedAt }: Episode,
  trail: readonly EpisodeEvent[],
  asOf: number,
): EpisodeInput | undefined => {
  const events = trail.filter(({ at }) => at <= asOf);
  const last = events.at(-1);
  if (last === undefined || !isData(last.data.phase)) return undefined;
  const { from, to } = limit.inForce;
  return {
    episodeId,
    sensorId,
    limit: { ...limit, inForce: { from, ...(to !== undefined && { to }) } },
    phase: last.data.phase,
    handling: changedAt <= asOf ? handling : handlingOf(events),
    startsAt: last.data.startsAt,
    acts: events.flatMap(({ kind, at, by, cause, note }) => (isAct(kind) ? [{ kind, at, by, cause, note }] : [])),
  };
};

/**
 * Episodes of stations that may have a breach in a report's period, as they were known at an instant. The store is asked once for all of a
 * report's stations, and for the trail of each episode.
 * @throws StoreUnavailableError
 */
export const knownEpisodes = (episodes: Pick<EpisodeStore, 'around' | 'events'>) => {
  let around: Promise<readonly Episode[]> | undefined;
  return async (
    stationId: string,
    { startsAt, endsAt }: ReportPeriod,
    asOf: number,
  ): Promise<readonly EpisodeInput[]> => {
    around ??= episodes.around({ from: startsAt, to: endsAt });
    const own = (await around).filter((episode) => episode.stationId === stationId && episode.recordedAt <= asOf);
    const known = await inOrder(own, EPISODES_AT_ONCE, async (episode) =>
      asKnown(episode, await episodes.events(episode.episodeId), asOf),
    );
    return known.filter((episode) => episode !== undefined);
  };
};
