import type { WasteStream } from '../../city/entities.ts';
import type { PlanStop } from '../plan.ts';

export type ExportLanguage = 'vi' | 'en' | 'both';
export const exportLanguages = ['vi', 'en', 'both'] as const;

/** A text in both languages. */
export type Bilingual = { readonly vi: string; readonly en: string };

export const kindWords: Readonly<Record<PlanStop['kind'], Bilingual>> = {
  bin: { vi: 'Thùng rác', en: 'Bin' },
  depot: { vi: 'Bãi xe', en: 'Depot' },
  disposal: { vi: 'Điểm đổ rác', en: 'Disposal site' },
  break: { vi: 'Nghỉ', en: 'Break' },
  stand: { vi: 'Xe ngừng', en: 'Out of service' },
};

export const streamWords: Readonly<Record<WasteStream, Bilingual>> = {
  recyclable: { vi: 'tái chế', en: 'recyclable' },
  food: { vi: 'thực phẩm', en: 'food' },
  other: { vi: 'rác còn lại', en: 'other' },
};

/** In one language, or in both with something between; once where both say the same. */
export const inLanguage = ({ vi, en }: Bilingual, language: ExportLanguage, between = ' / '): string => {
  if (language !== 'both') return language === 'vi' ? vi : en;
  return vi === en ? vi : `${vi}${between}${en}`;
};

/** A place's own name; a break's in words. */
export const stopName = ({ kind, name }: PlanStop): Bilingual =>
  kind === 'break' ? kindWords.break : { vi: name, en: name };

/** Why a bin was picked, where the plan says so. */
export const stopReason = ({ reason, reasonVi }: PlanStop): Bilingual | undefined =>
  reason === undefined ? undefined : { vi: reasonVi ?? reason, en: reason };
