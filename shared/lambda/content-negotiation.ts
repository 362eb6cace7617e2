import { ProblemError } from './problem.ts';

/** A representation on offer: its short name for `format=`, and its media type without parameters. */
export type Offer<Name extends string = string> = { readonly format: Name; readonly mediaType: string };

type MediaRange = { readonly type: string; readonly quality: number };

/** Parameters other than the weight (`;q=0.5`) do not tell our representations apart. */
const mediaRanges = (accept: string): readonly MediaRange[] =>
  accept
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim().toLowerCase()))
    .filter(([type]) => type !== undefined && type !== '')
    .map(([type = '', ...parameters]) => {
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      const quality = weight === undefined ? 1 : Number(weight.slice(2));
      return { type, quality: Number.isFinite(quality) ? Math.min(1, Math.max(0, quality)) : 0 };
    });

/** RFC 9110, 12.5.1: of the ranges that match, the most specific one's weight applies. */
const qualityOf = (mediaType: string, ranges: readonly MediaRange[]): number => {
  const [family = ''] = mediaType.split('/');
  for (const type of [mediaType, `${family}/*`, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === type);
    if (range !== undefined) return range.quality;
  }
  return 0;
};

/**
 * The representation to send. A `format=` in the query wins over the Accept header, because links and spreadsheets cannot set
 * headers; between representations that Accept likes as much, the first on offer wins.
 * @throws ProblemError 406 when Accept wants none of them.
 */
export const negotiate = <Name extends string>(
  offers: readonly [Offer<Name>, ...Offer<Name>[]],
  {
    format,
    accept,
    parameter = 'format',
  }: {
    readonly format?: Name | undefined;
    readonly accept?: string | undefined;
    /** What the query's parameter is called, for those who are refused. */
    readonly parameter?: string;
  },
): Name => {
  if (format !== undefined) return format;
  if (accept === undefined || accept.trim() === '') return offers[0].format;
  const ranges = mediaRanges(accept);
  let best = { format: offers[0].format, quality: 0 };
  for (const offer of offers) {
    const quality = qualityOf(offer.mediaType, ranges);
    if (quality > best.quality) best = { format: offer.format, quality };
  }
  if (best.quality > 0) return best.format;
  throw new ProblemError({
    status: 406,
    detail: `Available: ${offers.map((offer) => `${offer.mediaType} (${parameter}=${offer.format})`).join(', ')}`,
    errors: [{ in: 'header', field: 'accept', message: `asks for none of them: ${accept.slice(0, 200)}` }],
  });
};
