import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from '../../../../shared/environment/episodes/acts.ts';
import type { EpisodeEvent } from '../../../../shared/environment/episodes/episode.ts';
import { trackEpisodes } from '../../../../shared/environment/episodes/track-episodes.ts';
import type { Letter } from '../../../../shared/environment/notices/notice-text.ts';
import {
  type NoticeStore,
  type NotifyPorts,
  notifyByClock,
  notifyEvent,
} from '../../../../shared/environment/notices/notify.ts';
import { isQuiet, noticeSettingsSchema, type Recipient } from '../../../../shared/environment/notices/recipient.ts';
import { dynamodbNotices } from '../../../../shared/storage/dynamodb/notices.ts';
import { openTestTable } from '../../../support/dynamodb.ts';
import { EPOCH, HOUR, judgedHour } from '../../../support/judged-periods.ts';
import { memoryEpisodes, memoryJudgedPeriods, memoryNotices } from '../../../support/memory-episodes.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { aStation, city } from '../../../support/small-city.ts';

const officer: Recipient = {
  id: 'officer',
  name: 'Lan',
  language: 'vi',
  severities: ['exceedance', 'hazard'],
  group: 1,
};
const head: Recipient = { ...officer, id: 'head', name: 'Minh', language: 'en', group: 2 };

type Sent = Letter & { readonly to: string; readonly severity: string };

const openCity = (notices: NoticeStore, recipients: readonly Recipient[] = [officer, head]) => {
  const sent: Sent[] = [];
  const queue: EpisodeEvent[] = [];
  let isTopicDown = false;
  const ports: NotifyPorts = {
    episodes: memoryEpisodes(),
    judgedPeriods: memoryJudgedPeriods(),
    publish: async (events) => void queue.push(...events),
    notices,
    topic: {
      send: async (letter, { recipient, severity }) => {
        if (isTopicDown) throw new Error('the topic is down');
        sent.push({ ...letter, to: recipient.id, severity });
      },
    },
    registry: memoryRegistry({
      city: [city],
      station: [aStation('air-1', { name: 'Trạm Phú Lợi' })],
      recipient: recipients,
    }),
    cityId: 'tdm',
    consoleUrl: 'https://city.example',
  };
  const drain = async (at: number): Promise<void> => {
    for (const event of queue.splice(0)) await notifyEvent(ports, event, at);
  };
  /** The n-th hour (midnight is hour 0 in the city) is judged and told at `at`. */
  const hour = async (n: number, value: number, at: number): Promise<void> => {
    await trackEpisodes({ ...ports, judged: [judgedHour(n, value)], at });
    await drain(at);
  };
  const clock = async (at: number): Promise<void> => {
    await notifyByClock(ports, at);
    await drain(at);
  };
  const breakTopic = (isDown: boolean): void => {
    isTopicDown = isDown;
  };
  return { ports, sent, queue, hour, clock, drain, breakTopic };
};

/** City-local time of day on the first day of the tests. */
const at = (time: number): number => EPOCH + time * HOUR;

const suite = (name: string, open: () => Promise<{ notices: () => NoticeStore; close: () => Promise<void> }>): void => {
  describe(`notices, ${name}`, () => {
    let notices: () => NoticeStore;
    let close: () => Promise<void>;
    let its: ReturnType<typeof openCity>;
    beforeAll(async () => {
      ({ notices, close } = await open());
    });
    beforeEach(() => {
      its = openCity(notices());
    });
    afterAll(() => close());

    it('say value, limit, decision, data and where to look, in the recipient’s language, once', async () => {
      await its.hour(9, 231.5, at(10.2));
      const [episode] = await its.ports.episodes.live();
      const [event] = await its.ports.episodes.events(episode?.episodeId ?? '');
      if (event === undefined) throw new Error('No event');
      await notifyEvent(its.ports, event, at(10.3));
      expect(its.sent).toHaveLength(1);
      const [letter] = its.sent;
      expect(letter).toMatchObject({
        to: 'officer',
        severity: 'exceedance',
        subject: 'Bắt đầu vượt giới hạn: NO2, Trạm Phú Lợi',
      });
      for (const words of [
        'Giá trị: 231,5 µg/m³ (NO2, trung bình 1 giờ)',
        'Giới hạn: ≤ 200 µg/m³',
        'Căn cứ: QCVN 05:2023/BTNMT, Bảng 1; Thông tư 01/2023/TT-BTNMT, 13/03/2023',
        'Kỳ: 2026-10-31 09:00 – 2026-10-31 10:00',
        'Số liệu: 12/12 giá trị đo (100 %)',
        `Xem: https://city.example/#episode=${encodeURIComponent(episode?.episodeId ?? '')}`,
      ]) {
        expect(letter?.body).toContain(words);
      }
    });

    it('come again when the topic was down, to nobody twice', async () => {
      its.breakTopic(true);
      await expect(its.hour(9, 231.5, at(10.2))).rejects.toThrow('topic');
      its.breakTopic(false);
      const [episode] = await its.ports.episodes.live();
      for (const event of await its.ports.episodes.events(episode?.episodeId ?? '')) {
        await notifyEvent(its.ports, event, at(10.4));
        await notifyEvent(its.ports, event, at(10.5));
      }
      expect(its.sent).toHaveLength(1);
    });

    it('wait in the quiet hours, and come in the morning as one letter', async () => {
      await its.hour(0, 210, at(1.2));
      await its.hour(1, 260, at(2.2));
      await its.clock(at(3));
      expect(its.sent).toEqual([]);
      await its.clock(at(6));
      await its.clock(at(6.25));
      const digests = its.sent.filter(({ to }) => to === 'officer');
      expect(digests).toHaveLength(1);
      expect(digests[0]?.subject).toBe('2 thông báo trong giờ yên tĩnh');
      expect(digests[0]?.body.indexOf('Bắt đầu')).toBeLessThan(digests[0]?.body.indexOf('nặng thêm') ?? 0);
    });

    it('call the next group in once when nobody acknowledged in time, and tell it of all that follows', async () => {
      await its.hour(9, 230, at(10.2));
      await its.clock(at(13));
      expect(its.sent.map(({ to }) => to)).toEqual(['officer']);
      await its.clock(at(14.5));
      await its.clock(at(14.75));
      await its.clock(at(20));
      expect(its.sent.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
        'officer: Bắt đầu vượt giới hạn: NO2, Trạm Phú Lợi',
        'head: Not acknowledged by anybody: Nitrogen dioxide, Trạm Phú Lợi',
      ]);
      await its.hour(10, 290, at(20.5));
      expect(
        its.sent
          .slice(2)
          .map(({ to }) => to)
          .sort(),
      ).toEqual(['head', 'officer']);
    });

    it('call nobody in for what was acknowledged', async () => {
      await its.hour(9, 230, at(10.2));
      const [episode] = await its.ports.episodes.live();
      const act = episode && acknowledge(episode, { at: at(11), by: 'lan@tdm', cause: 'traffic', note: 'Kẹt xe' });
      if (act?.ok) await its.ports.episodes.put(act.episode);
      await its.clock(at(15));
      expect(its.sent.map(({ to }) => to)).toEqual(['officer', 'officer']);
      expect(its.sent[1]?.body).toContain('Ghi chú: Kẹt xe');
    });

    it('are not written of what was long past when it was found, but of what becomes of it', async () => {
      await its.hour(9, 230, at(10 + 49));
      expect(its.sent).toEqual([]);
      expect(await its.ports.episodes.list({ from: 0, to: at(99), limit: 9 })).toMatchObject({
        episodes: [{ valid: 1 }],
      });
      await its.hour(10, 290, at(10 + 49.2));
      expect(its.sent.map(({ subject }) => subject)).toEqual(['Vượt giới hạn nặng thêm: NO2, Trạm Phú Lợi']);
    });

    it('go to whoever subscribes where the city names nobody', async () => {
      const nobody = openCity(notices(), []);
      await nobody.hour(33, 230, at(34.2));
      expect(nobody.sent.map(({ to }) => to)).toEqual(['everyone']);
    });
  });
};

suite('in memory', async () => ({ notices: memoryNotices, close: async () => undefined }));
suite('in DynamoDB', async () => {
  const table = await openTestTable();
  let used = 0;
  // A part of one table for each test: held notices are one list.
  const notices = (): NoticeStore => {
    used += 1;
    const prefix = `t${used}-`;
    const store = dynamodbNotices(table);
    const mine = (notice: { recipientId: string; episodeId: string; eventId: string }) => ({
      ...notice,
      recipientId: `${prefix}${notice.recipientId}`,
    });
    return {
      isSent: (notice) => store.isSent(mine(notice)),
      markSent: (all, when) => store.markSent(all.map(mine), when),
      hold: (notice) => store.hold(mine(notice)),
      held: async () =>
        (await store.held())
          .filter(({ recipientId }) => recipientId.startsWith(prefix))
          .map((notice) => ({ ...notice, recipientId: notice.recipientId.slice(prefix.length) })),
      release: (all) => store.release(all.map(mine)),
    };
  };
  return { notices, close: table.close };
});

describe('quiet hours', () => {
  it.each([
    ['22:00', '06:00', '23:59', true],
    ['22:00', '06:00', '05:59', true],
    ['22:00', '06:00', '06:00', false],
    ['22:00', '06:00', '21:59', false],
    ['12:00', '13:30', '13:29', true],
    ['12:00', '13:30', '13:30', false],
  ])('from %s to %s at %s: %s', (from, to, time, expected) => {
    expect(isQuiet(noticeSettingsSchema.parse({ quietHours: { from, to } }), time)).toBe(expected);
  });
});
