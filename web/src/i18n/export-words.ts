import { type Language, useLocale } from './language.ts';

/** The words for taking a plan along, in both languages. */
type ExportWords = {
  readonly heading: string;
  readonly wholePlan: string;
  readonly sheet: string;
  readonly onPhone: string;
  readonly crewPage: string;
};

const dictionaries: Readonly<Record<Language, ExportWords>> = {
  vi: {
    heading: 'Mang kế hoạch theo',
    wholePlan: 'Cả kế hoạch',
    sheet: 'Phiếu in (PDF)',
    onPhone: 'Phiếu trên điện thoại',
    crewPage: 'Trang báo cáo của tổ thu gom',
  },
  en: {
    heading: 'Take the plan along',
    wholePlan: 'Whole plan',
    sheet: 'Sheet (PDF)',
    onPhone: 'Sheet on a phone',
    crewPage: 'Where crews report',
  },
};

export const useExportWords = (): ExportWords => dictionaries[useLocale().language];
