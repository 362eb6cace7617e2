import { localTime } from '../../city/calendar.ts';
import type { Registry } from '../../city/registry.ts';
import { type Episode, type EpisodeEvent, isLive } from '../episodes/episode.ts';
import type { EpisodeStore } from '../episodes/episode-store.ts';
import { withEvent } from '../episodes/events.ts';
import { settleEpisodes, type TrackingPorts } from '../episodes/track-episodes.ts';
import { digestText, type Letter, noticeText, severityOf } from './notice-text.ts';
import { defaultRecipients, isQuiet, type NoticeSettings, noticeSettingsSchema, type Recipient } from './recipient.ts';

const HOUR_MS = 3_600_000;

/** One transition for one recipient. */
export type Notice = { readonly recipientId: string; readonly episodeId: string; readonly eventId: string };

/** What was told to whom, and what waits for the morning. A port. */
export type NoticeStore = {
  readonly isSent: (notice: Notice) => Promise<boolean>;
  readonly markSent: (notices: readonly Notice[], at: number) => Promise<void>;
  readonly hold: (notice: Notice) => Promise<void>;
  /** In the order of recipients and events. */
  readonly held: () => Promise<readonly Notice[]>;
  readonly release: (notices: readonly Notice[]) => Promise<void>;
};

/** Hands a letter to the city's topic. A port. */
export type NoticeTopic = {
  readonly send: (letter: Letter, about: { readonly recipient: Recipient; readonly severity: string }) => Promise<void>;
};

export type NotifyPorts = TrackingPorts & {
  readonly episodes: EpisodeStore;
  readonly notices: NoticeStore;
  readonly topic: NoticeTopic;
  readonly registry: Pick<Registry, 'get' | 'list'>;
  readonly cityId: string;
  readonly consoleUrl?: string | undefined;
};

type Round = {
  readonly ports: NotifyPorts;
  readonly at: number;
  readonly timeZone: string;
  readonly settings: NoticeSettings;
  readonly recipients: readonly Recipient[];
};

const beginRound = async (ports: NotifyPorts, at: number): Promise<Round> => {
  const [city, registered] = await Promise.all([
    ports.registry.get('city', ports.cityId),
    ports.registry.list('recipient'),
  ]);
  if (city === undefined) throw new Error(`City ${ports.cityId} is not in the registry`);
  return {
    ports,
    at,
    timeZone: city.timeZone,
    settings: city.notices ?? noticeSettingsSchema.parse({}),
    recipients: registered.length === 0 ? defaultRecipients : registered,
  };
};

const isQuietNow = ({ settings, timeZone, at }: Round): boolean => isQuiet(settings, localTime(timeZone, at));

/** The first group, and every group that was called in since; an escalation is for the group that it calls. */
const isFor = (episode: Episode, event: EpisodeEvent, { group, severities }: Recipient): boolean => {
  if (!severities.includes(severityOf(episode))) return false;
  return event.kind === 'escalated' ? group === episode.escalations + 1 : group <= episode.escalations + 1;
};

/** Hours after which what was found is history, such as a back-fill: on record, and no news. */
const NEWS_HOURS = { exceedance: 48, hazard: 6 } as const;

/** Whether an episode was long past when it was found, and this is what was found then. */
const isHistory = (episode: Episode, { at, data }: EpisodeEvent): boolean =>
  at === episode.recordedAt && at - data.latest.periodEndsAt > NEWS_HOURS[severityOf(episode)] * HOUR_MS;

const letterFor = async (
  round: Round,
  recipient: Recipient,
  episode: Episode,
  event: EpisodeEvent,
): Promise<Letter> => {
  const { ports, timeZone } = round;
  const station = await ports.registry.get('station', episode.stationId);
  const stationName = station?.name ?? episode.stationId;
  return noticeText(episode, event, {
    language: recipient.language,
    stationName,
    timeZone,
    consoleUrl: ports.consoleUrl,
  });
};

/**
 * Tells everybody concerned of one transition, or puts it aside for the morning. Once: what was told is not told again, whoever asks.
 * What was long past when it was found is told to nobody.
 * @throws Error when the episode has no such event; store and topic errors, for the queue to bring it again.
 */
export const notifyEvent = async (
  ports: NotifyPorts,
  { episodeId, eventId }: Pick<Notice, 'episodeId' | 'eventId'>,
  at: number,
): Promise<number> => {
  const [episode, events] = await Promise.all([ports.episodes.get(episodeId), ports.episodes.events(episodeId)]);
  const event = events.find((candidate) => candidate.eventId === eventId);
  if (episode === undefined || event === undefined) throw new Error(`There is no event ${eventId}`);
  if (isHistory(episode, event)) return 0;
  const round = await beginRound(ports, at);
  const severity = severityOf(episode);
  let sent = 0;
  for (const recipient of round.recipients.filter((one) => isFor(episode, event, one))) {
    const notice = { recipientId: recipient.id, episodeId, eventId };
    if (await ports.notices.isSent(notice)) continue;
    if (severity !== 'hazard' && isQuietNow(round)) {
      await ports.notices.hold(notice);
      continue;
    }
    await ports.topic.send(await letterFor(round, recipient, episode, event), { recipient, severity });
    await ports.notices.markSent([notice], at);
    sent += 1;
  }
  return sent;
};

/** What waited for the morning, one letter a recipient. */
const sendDigests = async (round: Round): Promise<void> => {
  const { ports, at } = round;
  const byRecipient = Map.groupBy(await ports.notices.held(), ({ recipientId }) => recipientId);
  for (const [recipientId, notices] of byRecipient) {
    const recipient = round.recipients.find(({ id }) => id === recipientId);
    const letters: Letter[] = [];
    for (const { episodeId, eventId } of recipient === undefined ? [] : notices) {
      const episode = await ports.episodes.get(episodeId);
      const event = (await ports.episodes.events(episodeId)).find((candidate) => candidate.eventId === eventId);
      const isTold = await ports.notices.isSent({ recipientId, episodeId, eventId });
      if (recipient !== undefined && episode !== undefined && event !== undefined && !isTold) {
        letters.push(await letterFor(round, recipient, episode, event));
      }
    }
    if (recipient !== undefined && letters.length > 0) {
      await ports.topic.send(digestText(letters, recipient.language), { recipient, severity: 'exceedance' });
      await ports.notices.markSent(notices, at);
    }
    await ports.notices.release(notices);
  }
};

/** Calls the next group in where an episode lasts and nobody acknowledged it in time. */
const escalate = async ({ ports, at, settings, recipients }: Round): Promise<void> => {
  const lastGroup = Math.max(...recipients.map(({ group }) => group));
  for (const episode of (await ports.episodes.live()).filter(isLive)) {
    const dueAt = episode.recordedAt + (episode.escalations + 1) * settings.escalateAfterHours * HOUR_MS;
    if (episode.handling === 'acknowledged' || at < dueAt || episode.escalations + 1 >= lastGroup) continue;
    // Where somebody else writes it now, the next round sees what became of it.
    await ports.episodes.put(withEvent({ ...episode, escalations: episode.escalations + 1 }, 'escalated', { at }));
  }
  await settleEpisodes(ports);
};

/** What comes by the clock: tells what was left untold, and outside the quiet hours the morning's letters and the next groups. */
export const notifyByClock = async (ports: NotifyPorts, at: number): Promise<void> => {
  await settleEpisodes(ports);
  const round = await beginRound(ports, at);
  if (isQuietNow(round)) return;
  await sendDigests(round);
  await escalate(round);
};
