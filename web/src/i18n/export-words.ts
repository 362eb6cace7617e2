import { type Language, useLocale } from './language.ts';

/** The words for taking a plan along, in both languages. */
type ExportWords = {
  readonly heading: string;
  readonly wholePlan: string;
  readonly sheet: string;
  readonly onPhone: string;
  readonly crewPage: string;
  /** Names a link for who hears it alone. */
  readonly of: (what: string, whose: string) => string;
};

const dictionaries: Readonly<Record<Language, ExportWords>> = {
  vi: {
    heading: 'Mang kế hoạch theo',
    wholePlan: 'Cả kế hoạch',
    sheet: 'Phiếu in (PDF)',
    onPhone: 'Phiếu trên điện thoại',
    crewPage: 'Trang báo cáo của tổ thu gom',
    of: (what, whose) => `${what}: ${whose}`,
  },
  en: {
    heading: 'Take the plan along',
    wholePlan: 'Whole plan',
    sheet: 'Sheet (PDF)',
    onPhone: 'Sheet on a phone',
    crewPage: 'Where crews report',
    of: (what, whose) => `${what}: ${whose}`,
  },
};

export const useExportWords = (): ExportWords => dictionaries[useLocale().language];
