import { type Language, useLocale } from './language.ts';

/** The words for what marks a bin beside its level, in both languages. */
export type MarkWords = {
  readonly reported: string;
  readonly reportedCount: (count: string) => string;
  readonly reportedBy: (who: string, firstSeenAt: string, reports: number) => string;
  readonly silent: string;
  readonly silentSince: (when: string) => string;
  readonly legendReported: string;
  readonly legendSilent: string;
  readonly outsidePlan: (count: string) => string;
  readonly outsidePlanAdvice: string;
  readonly photo: string;
  readonly forecasts: (own: string, similar: string, assumed: string) => string;
};

const vi: MarkWords = {
  reported: 'Báo tràn',
  reportedCount: (count) => `Đang bị báo tràn (${count})`,
  reportedBy: (who, firstSeenAt, reports) =>
    `${who} báo tràn từ ${firstSeenAt}${reports > 1 ? ` (${reports} lượt báo)` : ''}, chưa được thu gom`,
  silent: 'Cảm biến im lặng',
  silentSince: (when) => `Cảm biến im lặng, tín hiệu cuối ${when}: mức đầy là lần đo cuối`,
  legendReported: 'Có người báo tràn, chưa thu gom',
  legendSilent: 'Nét đứt: cảm biến im lặng, mức đầy cũ',
  outsidePlan: (count) => `Bị báo tràn, không nằm trong kế hoạch này (${count})`,
  outsidePlanAdvice: 'Lập lại phần còn lại của ngày, hoặc kế hoạch sau, sẽ tự đưa các thùng này vào.',
  photo: 'Xem ảnh',
  forecasts: (own, similar, assumed) =>
    `Dự báo: ${own} thùng theo lịch sử của chính thùng, ${similar} theo thùng tương tự, ${assumed} theo mức thường gặp ở nơi khác, vì theo dõi chưa đủ một ngày. Mức đầy hiện tại là của cảm biến.`,
};

const en: MarkWords = {
  reported: 'Reported overflowing',
  reportedCount: (count) => `Reported overflowing (${count})`,
  reportedBy: (who, firstSeenAt, reports) =>
    `Reported overflowing by ${who} since ${firstSeenAt}${reports > 1 ? ` (${reports} reports)` : ''}, not emptied yet`,
  silent: 'Sensor silent',
  silentSince: (when) => `Sensor silent, heard last ${when}: the level is the last one measured`,
  legendReported: 'Reported overflowing, not emptied yet',
  legendSilent: 'Dashed: sensor silent, the level is an old one',
  outsidePlan: (count) => `Reported overflowing, not in this plan (${count})`,
  outsidePlanAdvice: 'A re-plan of the rest of the day, or the next plan, takes them in by itself.',
  photo: 'See the photo',
  forecasts: (own, similar, assumed) =>
    `Forecasts: ${own} bins by their own history, ${similar} by similar bins, ${assumed} by what is usual elsewhere, as they have been followed for less than a day. What is in them now is what sensors say.`,
};

const words: Readonly<Record<Language, MarkWords>> = { vi, en };

export const useMarkWords = (): MarkWords => words[useLocale().language];
