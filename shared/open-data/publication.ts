import * as z from 'zod';

/** How a city publishes its data: part of its profile in the registry. */
export const publicationSchema = z.object({
  /** Who answers for the data, where that is not named as the city is. */
  publisher: z.object({ name: z.string().min(1).max(200), homepage: z.url().optional() }).optional(),
  /** An office, never a person: open data names nobody. */
  contact: z.object({ name: z.string().min(1).max(200), email: z.email() }).optional(),
  licence: z.object({ url: z.url(), name: z.string().min(1).max(200) }).optional(),
});
export type Publication = z.infer<typeof publicationSchema>;

/** Free for any use, with the source named, where a city has not decided otherwise. */
export const USUAL_LICENCE = { url: 'https://creativecommons.org/licenses/by/4.0/', name: 'CC BY 4.0' } as const;

export const licenceOf = (publication: Publication | undefined): { readonly url: string; readonly name: string } =>
  publication?.licence ?? USUAL_LICENCE;
