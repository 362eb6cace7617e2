import { breaks, type Limit } from '../limit.ts';
import type { EpisodeEventKind } from './vocabulary.ts';

/**
 * The period that shows what an event tells of: as a rule the last one known then. Data that came late may show the end together with
 * the beginning: then it is the worst period that says what was broken.
 */
export const tellingPeriod = <P extends { readonly value: number }>(
  {
    kind,
    data: { latest, peak },
  }: { readonly kind: EpisodeEventKind; readonly data: { readonly latest: P; readonly peak: P } },
  limit: Pick<Limit, 'bound' | 'value'>,
): P => ((kind === 'opened' || kind === 'deepened') && !breaks(latest.value, limit) ? peak : latest);
