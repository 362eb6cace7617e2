import { fitCity } from '../../shared/waste/forecast/fit.ts';
import { addFilling, EMPTY_HISTORY } from '../../shared/waste/forecast/history.ts';
import { localHours } from '../../shared/waste/forecast/hours.ts';
import type { Piece } from '../../shared/waste/forecast/piece.ts';
import { meanSlope } from './baselines.ts';
import { type CollectedBin, LONDON } from './edinburgh.ts';
import { type Asked, methods } from './methods.ts';

const DAY_MS = 24 * 3_600_000;
/** Before there is so much history the forecasts are made and learnt from, but not judged. */
const BURN_IN_DAYS = 14;
/** Of the last origins only the short fillings ever came to be recorded: not judged. */
const TAIL_DAYS = 8;

type Waiting = { readonly to: number; readonly asked: Asked; readonly filling: Piece; readonly judged: boolean };

/**
 * Rolling origin over collections: each day the model is made from the fillings that had ended by then; each collection of that
 * day is an origin (the bin is empty), and the question is how full the bin is found at the next one, whose time is given.
 */
export const backtestCollections = (bins: readonly CollectedBin[]) => {
  const all = bins.flatMap(({ id, fillings }) => fillings.map((filling) => ({ id, filling })));
  const first = Math.min(...all.map(({ filling }) => filling.from));
  const last = Math.max(...all.map(({ filling }) => filling.to));
  const hours = localHours(LONDON);
  const { ask, scores } = methods();
  let waiting: Waiting[] = [];
  for (let day = first; day < last; day += DAY_MS) {
    const known = new Map(bins.map(({ id, fillings }) => [id, fillings.filter(({ to }) => to <= day)]));
    for (const { asked, filling, judged } of waiting.filter(({ to }) => to <= day)) {
      // Judged by what was stated at the origin, then learnt from.
      const reached = filling.atLeast
        ? undefined
        : { level: filling.increment, hours: (filling.to - filling.from) / 3_600_000 };
      if (judged) asked.judge({ level: filling.increment, atLeast: filling.atLeast, reached });
      asked.learn({ level: filling.increment, atLeast: filling.atLeast, within: 0 });
      asked.learnErrors(filling.increment);
    }
    waiting = waiting.filter(({ to }) => to > day);
    const city = fitCity(
      bins.map(({ id }) => ({ id, stream: 'other', history: (known.get(id) ?? []).reduce(addFilling, EMPTY_HISTORY) })),
      hours,
      day,
    );
    const cityRate = meanSlope([...known.values()].flat(), 0.769 / 40.8);
    for (const { id, filling } of all) {
      if (filling.from < day || filling.from >= day + DAY_MS) continue;
      const fitted = city.bins.get(id) ?? city.newBin('other');
      const asked = ask({ from: filling.from, to: filling.to, start: 0, fitted, known: known.get(id) ?? [], cityRate });
      const judged = day >= first + BURN_IN_DAYS * DAY_MS && filling.from <= last - TAIL_DAYS * DAY_MS;
      waiting.push({ to: filling.to, asked, filling, judged });
    }
  }
  return scores();
};
