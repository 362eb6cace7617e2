import type { Fill } from '../../api/wire.ts';
import type { Messages } from '../../i18n/vi.ts';

/** The API's reasons for "no data" in the reader's language; a reason that is not among them is shown as it came. */
export const noDataReason = (reason: string, t: Messages): string => {
  const words: Readonly<Record<string, string>> = {
    'never measured': t.reasonNeverMeasured,
    'silent for more than a day': t.reasonSilent,
    'the latest reading is not usable': t.reasonUnusable,
  };
  return words[reason] ?? reason;
};

/** QARTOD's flags 1 and 2 need no word; the others do. */
export const isDoubtful = (fill: Fill): boolean => fill.status === 'known' && fill.flag > 2;
