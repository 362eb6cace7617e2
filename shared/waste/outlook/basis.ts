import type { Words } from '../words.ts';

/** What a bin's forecast rests on mostly: what it showed itself, what similar bins of the city showed, or what is assumed of any city. */
export const basisSources = ['own-history', 'similar-bins', 'assumed'] as const;
export type BasisSource = (typeof basisSources)[number];

export type ForecastBasis = {
  readonly source: BasisSource;
  /** Hours of the bin's own filling that were learnt from. */
  readonly hoursSeen: number;
  /** The update they were learnt in, UTC epoch milliseconds; `null` before the first. */
  readonly updatedAt: number | null;
};

/** A day shows each hour once; with less a bin goes by others' rate, whatever it showed. */
const OWN_HISTORY_HOURS = 24;

/** `mostSeen`: hours of filling of the bin that was followed longest in the city. */
export const basisOf = (hoursSeen: number, mostSeen: number, updatedAt: number | null): ForecastBasis => {
  const [own, others] = [hoursSeen >= OWN_HISTORY_HOURS, mostSeen >= OWN_HISTORY_HOURS];
  return { source: own ? 'own-history' : others ? 'similar-bins' : 'assumed', hoursSeen, updatedAt };
};

/** A forecast's reason with what it rests on, where that is not the bin's own history. */
export const withBasis = (words: Words, basis: ForecastBasis | undefined): Words => {
  if (basis === undefined || basis.source === 'own-history') return words;
  const hours = Math.round(basis.hoursSeen);
  const [by, byVi] =
    basis.source === 'similar-bins'
      ? ['similar bins', 'thùng tương tự']
      : ['what is usual elsewhere', 'mức thường gặp'];
  const [seen, seenVi] =
    hours < 1
      ? ['its own filling is not known yet', 'chưa biết thùng này đầy nhanh hay chậm']
      : [`its own filling is known for ${hours} h only`, `mới theo dõi thùng này ${hours} giờ`];
  return {
    reason: `${words.reason}; judged by ${by}, as ${seen}`,
    reasonVi: `${words.reasonVi}; xét theo ${byVi}, vì ${seenVi}`,
  };
};
