import { type Forecast, probabilityOver } from '../forecast/predict.ts';

/**
 * Probability (0..1) that a bin overflows by an instant (UTC epoch milliseconds) if nobody empties it until then; `null` where its
 * level has never been known: every level would be as likely as any other, and that is no forecast.
 */
export const overflowRisk = (forecast: Forecast, at: number): number | null =>
  forecast.start.status === 'unknown' ? null : probabilityOver(forecast, at, 1);

/** Its mean level at an instant, over 1 where more will have come than it holds; `null` where its level is not known. */
export const expectedLevel = ({ start, model, exposure }: Forecast, at: number): number | null =>
  start.status === 'unknown'
    ? null
    : start.fraction + model.rate * Math.max(0, exposure.at(at) - exposure.at(start.at));
