import type { WireEpisode, WireEpisodeDetail, WireEpisodeEvent, WirePeriod } from '../../../web/src/api/episodes.ts';
import type { Answer } from './canned-api.ts';
import { iso, NOW } from './fixture-city.ts';

const HOUR = 3_600_000;
const START = NOW - 9 * HOUR;

export const EPISODE_ID = `air-1~air-1-a~qcvn-05-2023-no2-1h-200~${START + HOUR}`;

const values: readonly (number | null)[] = [214.2, 268.5, null, -301, 231.7, 172.4, 168.9];

const periodOf = (value: number | null, index: number): WirePeriod => ({
  startsAt: iso(START + index * HOUR),
  endsAt: iso(START + (index + 1) * HOUR),
  value: value === null ? null : Math.abs(value),
  observed: value === null ? 0 : value < 0 ? 5 : 12,
  expected: value === null ? null : 12,
  isValid: value !== null && value > 0,
});

const peakAt = (index: number) => ({
  value: values[index] ?? 0,
  periodStartsAt: iso(START + index * HOUR),
  periodEndsAt: iso(START + (index + 1) * HOUR),
  observed: 12,
  expected: 12,
  completeness: 1,
});

const episode: WireEpisode = {
  episodeId: EPISODE_ID,
  stationId: 'air-1',
  stationName: 'Trạm Bạch Đằng',
  sensorId: 'air-1-a',
  unit: 'µg/m³',
  limit: {
    limitId: 'qcvn-05-2023-no2-1h-200',
    standardId: 'qcvn05-2023',
    standard: 'QCVN 05:2023/BTNMT, Bảng 1',
    decision: 'Thông tư 01/2023/TT-BTNMT, 13/03/2023',
    quantity: 'no2',
    averagingPeriod: '1h',
    bound: 'max',
    value: 200,
    inForce: { from: '2023-09-12' },
    verified: true,
  },
  phase: 'closing',
  handling: 'unacknowledged',
  startsAt: iso(START),
  firstEndsAt: iso(START + HOUR),
  lastBreachEndsAt: iso(START + 5 * HOUR),
  trackedTo: iso(START + 7 * HOUR),
  recordedAt: iso(START + HOUR),
  changedAt: iso(START + 7 * HOUR),
  breaches: 3,
  valid: 5,
  peak: peakAt(1),
  latest: peakAt(6),
  acknowledgements: [],
  mergedFrom: [],
  escalations: 0,
};

const silent: WireEpisode = {
  ...episode,
  episodeId: 'air-2~air-2-a~qcvn-05-2023-o3-1h-200~1',
  stationName: 'Trạm Phú Lợi',
  limit: { ...episode.limit, quantity: 'o3' },
  phase: 'closed',
  closedBecause: 'no-data',
};

const eventAt = (index: number, kind: WireEpisodeEvent['kind']): WireEpisodeEvent => ({
  eventId: `${EPISODE_ID}~${index}`,
  kind,
  by: 'system',
  at: iso(START + (index + 1) * HOUR),
  data: { latest: peakAt(index), peak: peakAt(Math.min(index, 1)) },
});

/** Two episodes, of which an officer may acknowledge one and take it back. */
export const episodesApi = () => {
  let detail: WireEpisodeDetail = {
    ...episode,
    events: [eventAt(0, 'opened'), eventAt(1, 'deepened'), eventAt(5, 'closing')],
    periods: values.map(periodOf),
  };
  const act = (kind: 'acknowledged' | 'reopened'): void => {
    const by = 'officer@local';
    const told = {
      ...eventAt(6, kind),
      eventId: `${kind}-${detail.events.length}`,
      by,
      at: iso(NOW),
      note: 'Giờ cao điểm',
    };
    const acknowledgement = { at: iso(NOW), by, cause: 'traffic', note: told.note, episodeId: EPISODE_ID } as const;
    detail = {
      ...detail,
      handling: kind,
      events: [...detail.events, { ...told, ...(kind === 'acknowledged' && { cause: 'traffic' as const }) }],
      acknowledgements: kind === 'acknowledged' ? [acknowledgement] : detail.acknowledgements,
    };
  };
  return (method: string, id: string, part: string | undefined): Answer | undefined => {
    const summary = (): WireEpisode => {
      const { events: _, periods: __, ...rest } = detail;
      return rest;
    };
    if (id === '') return { status: 200, body: { episodes: [silent, summary()] } };
    if (id !== EPISODE_ID) return undefined;
    if (method === 'POST' && part === 'acknowledge') act('acknowledged');
    if (method === 'POST' && part === 'reopen') act('reopened');
    return { status: 200, body: method === 'POST' ? summary() : detail };
  };
};
