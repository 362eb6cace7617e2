import type {
  EpisodeCause,
  EpisodeEventKind,
  EpisodePhase,
  Handling,
} from '../../../shared/environment/episodes/vocabulary.ts';
import type { AveragingPeriod } from '../../../shared/environment/limit.ts';
import { type Language, useLocale } from './language.ts';

/** The words for exceedance episodes, in both languages. */
export type EpisodeWords = {
  readonly heading: string;
  readonly none: string;
  readonly more: (count: string) => string;
  readonly back: string;
  readonly notFound: string;
  readonly since: (from: string, to: string) => string;
  readonly stillOn: (from: string) => string;
  readonly peak: string;
  readonly limitAtMost: string;
  readonly limitAtLeast: string;
  readonly decision: string;
  readonly breaches: (broken: string, valid: string) => string;
  readonly periodsBroken: string;
  readonly closedForWantOfData: string;
  readonly closedWithLimit: string;
  readonly acknowledgeHeading: string;
  readonly acknowledgements: string;
  readonly cause: string;
  readonly chooseCause: string;
  readonly note: string;
  readonly acknowledge: string;
  readonly reopen: string;
  readonly reopenHint: string;
  readonly sending: string;
  readonly trail: string;
  readonly bySystem: string;
  readonly periods: string;
  readonly columnPeriod: string;
  readonly columnMean: string;
  readonly columnData: string;
  readonly noMean: string;
  readonly tooLittle: string;
  readonly unverified: string;
  readonly phases: Readonly<Record<EpisodePhase, string>>;
  readonly handlings: Readonly<Record<Handling, string>>;
  readonly kinds: Readonly<Record<EpisodeEventKind, string>>;
  readonly causes: Readonly<Record<EpisodeCause, string>>;
  readonly means: Readonly<Record<AveragingPeriod, string>>;
};

const vi: EpisodeWords = {
  heading: 'Các đợt vượt giới hạn (90 ngày qua)',
  none: 'Không có đợt vượt giới hạn nào được ghi nhận trong 90 ngày qua.',
  more: (count) => `Hiện thêm ${count} đợt`,
  back: 'Về danh sách các đợt',
  notFound: 'Không có đợt nào mang mã này.',
  since: (from, to) => `${from} – ${to}`,
  stillOn: (from) => `Từ ${from}, chưa kết thúc`,
  peak: 'Giá trị xấu nhất',
  limitAtMost: 'Giới hạn (không quá)',
  limitAtLeast: 'Giới hạn (không dưới)',
  decision: 'Căn cứ',
  breaches: (broken, valid) => `${broken} trên ${valid} kỳ có đủ số liệu`,
  periodsBroken: 'Số kỳ vượt',
  closedForWantOfData: 'Kết thúc vì không còn số liệu: không ai biết sau đó ra sao.',
  closedWithLimit: 'Kết thúc vì giới hạn này hết hiệu lực.',
  acknowledgeHeading: 'Ghi nhận xử lý',
  acknowledgements: 'Đã ghi nhận',
  cause: 'Nguyên nhân',
  chooseCause: 'Chọn nguyên nhân',
  note: 'Ghi chú: đã thấy gì, đã làm gì',
  acknowledge: 'Ghi nhận',
  reopen: 'Mở lại',
  reopenHint: 'Vì sao mở lại',
  sending: 'Đang gửi …',
  trail: 'Diễn biến',
  bySystem: 'hệ thống',
  periods: 'Số liệu của từng kỳ',
  columnPeriod: 'Kết thúc kỳ',
  columnMean: 'Trung bình',
  columnData: 'Số liệu',
  noMean: 'không có',
  tooLittle: 'không đủ số liệu',
  unverified: 'Giá trị giới hạn chưa được đối chiếu với văn bản.',
  phases: {
    open: 'Đang vượt',
    deepening: 'Đang nặng thêm',
    closing: 'Đang giảm',
    closed: 'Đã kết thúc',
    merged: 'Đã gộp vào đợt khác',
    withdrawn: 'Đã rút lại',
  },
  handlings: { unacknowledged: 'Chưa ghi nhận', acknowledged: 'Đã ghi nhận', reopened: 'Đã mở lại' },
  kinds: {
    opened: 'Bắt đầu vượt',
    deepened: 'Nặng thêm',
    closing: 'Bắt đầu giảm',
    resumed: 'Vượt trở lại',
    closed: 'Kết thúc',
    merged: 'Gộp hai đợt',
    withdrawn: 'Rút lại: số liệu đến muộn cho thấy không vượt',
    reinstated: 'Khôi phục',
    acknowledged: 'Ghi nhận xử lý',
    reopened: 'Mở lại',
    escalated: 'Báo lên cấp trên vì chưa ai ghi nhận',
  },
  causes: {
    traffic: 'Giao thông',
    industry: 'Cơ sở sản xuất',
    construction: 'Công trình xây dựng',
    burning: 'Đốt rác, đốt đồng',
    weather: 'Thời tiết',
    wastewater: 'Nước thải',
    instrument: 'Lỗi thiết bị',
    other: 'Nguyên nhân khác',
    unknown: 'Chưa rõ',
  },
  means: {
    single: 'Giá trị đo',
    '1h': 'Trung bình 1 giờ',
    '8h': 'Trung bình 8 giờ',
    '24h': 'Trung bình 24 giờ',
    month: 'Trung bình tháng',
    year: 'Trung bình năm',
  },
};

const en: EpisodeWords = {
  heading: 'Exceedance episodes (last 90 days)',
  none: 'No exceedance episode was recorded in the last 90 days.',
  more: (count) => `Show ${count} more`,
  back: 'Back to the episodes',
  notFound: 'There is no episode with this id.',
  since: (from, to) => `${from} to ${to}`,
  stillOn: (from) => `Since ${from}, not over`,
  peak: 'Worst value',
  limitAtMost: 'Limit (at most)',
  limitAtLeast: 'Limit (at least)',
  decision: 'Decision',
  breaches: (broken, valid) => `${broken} of ${valid} periods with enough data`,
  periodsBroken: 'Periods over the limit',
  closedForWantOfData: 'Closed for want of data: nobody knows how it went on.',
  closedWithLimit: 'Closed because the limit is no longer in force.',
  acknowledgeHeading: 'Acknowledge',
  acknowledgements: 'Acknowledged',
  cause: 'Cause',
  chooseCause: 'Choose a cause',
  note: 'Note: what was seen, what was done',
  acknowledge: 'Acknowledge',
  reopen: 'Reopen',
  reopenHint: 'Why it is reopened',
  sending: 'Sending …',
  trail: 'What happened',
  bySystem: 'the system',
  periods: 'Data of each period',
  columnPeriod: 'Period ends',
  columnMean: 'Mean',
  columnData: 'Data',
  noMean: 'none',
  tooLittle: 'too little data',
  unverified: 'Nobody has compared this limit with the decision’s own text.',
  phases: {
    open: 'Over the limit',
    deepening: 'Getting worse',
    closing: 'Easing',
    closed: 'Over',
    merged: 'Part of another',
    withdrawn: 'Withdrawn',
  },
  handlings: { unacknowledged: 'Not acknowledged', acknowledged: 'Acknowledged', reopened: 'Reopened' },
  kinds: {
    opened: 'Opened',
    deepened: 'Got worse',
    closing: 'Began to ease',
    resumed: 'Over the limit again',
    closed: 'Ended',
    merged: 'Two became one',
    withdrawn: 'Withdrawn: late data shows no exceedance',
    reinstated: 'Reinstated',
    acknowledged: 'Acknowledged',
    reopened: 'Reopened',
    escalated: 'Passed on because nobody acknowledged it',
  },
  causes: {
    traffic: 'Traffic',
    industry: 'Industry',
    construction: 'Construction',
    burning: 'Burning of waste or fields',
    weather: 'Weather',
    wastewater: 'Waste water',
    instrument: 'Instrument fault',
    other: 'Something else',
    unknown: 'Not known yet',
  },
  means: {
    single: 'Single value',
    '1h': '1-hour mean',
    '8h': '8-hour mean',
    '24h': '24-hour mean',
    month: 'Monthly mean',
    year: 'Annual mean',
  },
};

export const episodeDictionaries: Readonly<Record<Language, EpisodeWords>> = { vi, en };

export const useEpisodeWords = (): EpisodeWords => episodeDictionaries[useLocale().language];
