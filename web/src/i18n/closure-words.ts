import { type Language, useLocale } from './language.ts';

/** The words for closed areas of a plan, and for lines that are still being drawn. */
export type ClosureWords = {
  readonly heading: (count: string) => string;
  readonly allDay: string;
  readonly until: (time: string) => string;
  readonly held: string;
  readonly notHeld: string;
  readonly linesToFollow: (count: string) => string;
};

const vi: ClosureWords = {
  heading: (count) => `Khu vực bị chặn (${count})`,
  allDay: 'cả ngày',
  until: (time) => `đến ${time}`,
  held: 'các tuyến đi vòng qua',
  notHeld: 'chỉ giữ lại các thùng bên trong; chưa loại được đường đi xuyên qua',
  linesToFollow: (count) => `Đang vẽ đường đi của ${count} chặng; trước đó là đường thẳng.`,
};

const en: ClosureWords = {
  heading: (count) => `Closed areas (${count})`,
  allDay: 'all day',
  until: (time) => `until ${time}`,
  held: 'the routes go round it',
  notHeld: 'only its bins are held back; ways through it are not ruled out',
  linesToFollow: (count) => `The lines of ${count} legs are being drawn; until then they are straight.`,
};

export const closureDictionaries: Readonly<Record<Language, ClosureWords>> = { vi, en };

export const useClosureWords = (): ClosureWords => closureDictionaries[useLocale().language];
