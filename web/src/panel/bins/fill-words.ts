import type { NoDataReason } from '../../../../shared/waste/fill-state.ts';
import type { Fill } from '../../api/wire.ts';
import type { Messages } from '../../i18n/vi.ts';

const reasonMessages: Readonly<Record<NoDataReason, keyof Messages & `reason${string}`>> = {
  'never measured': 'reasonNeverMeasured',
  'silent for more than a day': 'reasonSilent',
  'the latest reading is not usable': 'reasonUnusable',
  'the lid is open': 'reasonLidOpen',
};

const isKnownReason = (reason: string): reason is NoDataReason => Object.hasOwn(reasonMessages, reason);

/** Why there is no data, in the reader's language; a reason that this release does not know is shown as it came. */
export const noDataReason = (reason: string, t: Messages): string =>
  isKnownReason(reason) ? t[reasonMessages[reason]] : reason;

/** QARTOD's flags 1 and 2 need no word; the others do. */
export const isDoubtful = (fill: Fill): boolean => fill.status === 'known' && fill.flag > 2;
