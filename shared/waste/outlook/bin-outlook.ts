import type { Bin } from '../../city/entities.ts';
import type { FillState } from '../fill-state.ts';
import type { Forecast } from '../forecast/predict.ts';
import type { ForecastBasis } from './basis.ts';

/** What is known of a bin and what is to be expected of it: what the choice of tonight's collections is made from. */
export type BinOutlook = {
  readonly bin: Bin;
  /** How full it is now, or why nobody knows. */
  readonly fill: FillState;
  /** Its future until it is emptied; starts at the last known level, or at nothing known. */
  readonly forecast: Forecast;
  /** The last emptying, found in its readings or told by a crew; `null` where none is known. UTC epoch milliseconds. */
  readonly lastEmptiedAt: number | null;
  /** What the forecast rests on. */
  readonly basis?: ForecastBasis;
};
