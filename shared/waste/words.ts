/** A sentence for dispatchers, in English and in Vietnamese. */
export type Words = { readonly reason: string; readonly reasonVi: string };

/** A fraction as whole percent: `82%`, as Vietnamese and English write it. */
export const percent = (fraction: number): string => `${Math.round(fraction * 100)}%`;
