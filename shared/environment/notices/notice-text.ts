import { localDate, localTime } from '../../city/calendar.ts';
import { quantities } from '../../telemetry/quantity.ts';
import { ALARM_STANDARD } from '../episodes/alarm-thresholds.ts';
import type { Episode, EpisodeEvent, EpisodeEventKind } from '../episodes/episode.ts';
import { tellingPeriod } from '../episodes/telling-period.ts';
import type { AveragingPeriod } from '../limit.ts';
import type { Severity } from './recipient.ts';

export type Letter = { readonly subject: string; readonly body: string };

type Words = {
  readonly kinds: Readonly<Record<EpisodeEventKind, string>>;
  readonly means: Readonly<Record<AveragingPeriod, string>>;
  readonly alarm: string;
  readonly station: string;
  readonly value: string;
  readonly worst: string;
  readonly limit: string;
  readonly decision: string;
  readonly period: string;
  readonly data: string;
  readonly readings: string;
  readonly noData: string;
  readonly by: string;
  readonly note: string;
  readonly see: string;
  readonly digest: (count: number) => string;
};

const vi: Words = {
  kinds: {
    opened: 'Bắt đầu vượt giới hạn',
    deepened: 'Vượt giới hạn nặng thêm',
    closing: 'Bắt đầu giảm',
    resumed: 'Vượt giới hạn trở lại',
    closed: 'Kết thúc đợt vượt giới hạn',
    merged: 'Hai đợt vượt giới hạn là một',
    withdrawn: 'Rút lại: số liệu đến muộn cho thấy không vượt',
    reinstated: 'Khôi phục đợt vượt giới hạn',
    acknowledged: 'Đã ghi nhận xử lý',
    reopened: 'Mở lại',
    escalated: 'Chưa ai ghi nhận',
  },
  means: {
    single: 'giá trị đo',
    '1h': 'trung bình 1 giờ',
    '8h': 'trung bình 8 giờ',
    '24h': 'trung bình 24 giờ',
    month: 'trung bình tháng',
    year: 'trung bình năm',
  },
  alarm: 'BÁO ĐỘNG',
  station: 'Trạm',
  value: 'Giá trị',
  worst: 'Xấu nhất',
  limit: 'Giới hạn',
  decision: 'Căn cứ',
  period: 'Kỳ',
  data: 'Số liệu',
  readings: 'giá trị đo',
  noData: 'Kết thúc vì không còn số liệu: không ai biết sau đó ra sao.',
  by: 'Người ghi',
  note: 'Ghi chú',
  see: 'Xem',
  digest: (count) => `${count} thông báo trong giờ yên tĩnh`,
};

const en: Words = {
  kinds: {
    opened: 'Limit broken',
    deepened: 'Exceedance got worse',
    closing: 'Exceedance begins to ease',
    resumed: 'Limit broken again',
    closed: 'Exceedance over',
    merged: 'Two exceedances are one',
    withdrawn: 'Withdrawn: late data shows no exceedance',
    reinstated: 'Exceedance reinstated',
    acknowledged: 'Acknowledged',
    reopened: 'Reopened',
    escalated: 'Not acknowledged by anybody',
  },
  means: {
    single: 'single value',
    '1h': '1-hour mean',
    '8h': '8-hour mean',
    '24h': '24-hour mean',
    month: 'monthly mean',
    year: 'annual mean',
  },
  alarm: 'ALARM',
  station: 'Station',
  value: 'Value',
  worst: 'Worst',
  limit: 'Limit',
  decision: 'Decision',
  period: 'Period',
  data: 'Data',
  readings: 'readings',
  noData: 'Closed for want of data: nobody knows how it went on.',
  by: 'By',
  note: 'Note',
  see: 'See',
  digest: (count) => `${count} notices from the quiet hours`,
};

const dictionaries = { vi, en } as const;
export type NoticeLanguage = keyof typeof dictionaries;

export type NoticeContext = {
  readonly language: NoticeLanguage;
  readonly stationName: string;
  readonly timeZone: string;
  /** Of the console, without a slash at its end; a notice has no link without it. */
  readonly consoleUrl?: string | undefined;
};

export const severityOf = ({ limit }: Pick<Episode, 'limit'>): Severity =>
  limit.standardId === ALARM_STANDARD ? 'hazard' : 'exceedance';

const numberIn = (language: NoticeLanguage, value: number): string =>
  new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumSignificantDigits: 5 }).format(value);

const timeIn = (timeZone: string, at: number): string => `${localDate(timeZone, at)} ${localTime(timeZone, at)}`;

/** One transition in words: value, limit, decision, how much data it rests on, and where to see more. */
export const noticeText = (episode: Episode, event: EpisodeEvent, context: NoticeContext): Letter => {
  const { language, stationName, timeZone, consoleUrl } = context;
  const w = dictionaries[language];
  const { limit, episodeId, closedBecause } = episode;
  const { nameVi, nameEn, unit } = quantities[limit.quantity];
  const { peak } = event.data;
  const latest = tellingPeriod(event, limit);
  const show = (value: number): string => `${numberIn(language, value)} ${unit}`;
  const name = language === 'vi' ? nameVi : nameEn;
  const alarm = severityOf(episode) === 'hazard' ? `${w.alarm}: ` : '';
  const lines = [
    `${w.station}: ${stationName}`,
    `${w.value}: ${show(latest.value)} (${name}, ${w.means[limit.averagingPeriod]})`,
    `${w.worst}: ${show(peak.value)}`,
    `${w.limit}: ${limit.bound === 'max' ? '≤' : '≥'} ${show(limit.value)}`,
    `${w.decision}: ${limit.standard}; ${limit.decision}`,
    `${w.period}: ${timeIn(timeZone, latest.periodStartsAt)} – ${timeIn(timeZone, latest.periodEndsAt)}`,
    `${w.data}: ${latest.observed}/${latest.expected} ${w.readings} (${Math.round(latest.completeness * 100)} %)`,
    ...(event.kind === 'closed' && closedBecause === 'no-data' ? [w.noData] : []),
    ...(event.by === 'system' ? [] : [`${w.by}: ${event.by}`]),
    ...(event.note === undefined ? [] : [`${w.note}: ${event.note}`]),
    ...(consoleUrl === undefined ? [] : [`${w.see}: ${consoleUrl}/#episode=${encodeURIComponent(episodeId)}`]),
  ];
  return { subject: `${alarm}${w.kinds[event.kind]}: ${name}, ${stationName}`, body: lines.join('\n') };
};

/** Several in one, in the order they happened. */
export const digestText = (letters: readonly Letter[], language: NoticeLanguage): Letter => ({
  subject: dictionaries[language].digest(letters.length),
  body: letters.map(({ subject, body }) => `${subject}\n${body}`).join('\n\n'),
});
