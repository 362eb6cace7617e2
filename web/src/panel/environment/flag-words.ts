import type { QualityFlag } from '../../api/wire.ts';
import type { Messages } from '../../i18n/vi.ts';

/** QARTOD's primary flags in words. */
export const flagWords = (flag: QualityFlag, t: Messages): string =>
  ({ 1: t.flagGood, 2: t.flagNotEvaluated, 3: t.flagSuspect, 4: t.flagFail, 9: t.flagMissing })[flag];
