import type { Model } from '../model/model.ts';
import type { Random } from '../random.ts';
import type { Ruined } from '../ruin/ruined.ts';

/**
 * The orders in which removed stops come back, with Christiaens and Vanden Berghe's weights; the last three only where there
 * are time windows.
 */
const WEIGHTS_WITHOUT_WINDOWS = 11;
const WEIGHTS_WITH_WINDOWS = 17;

type Key = (model: Model, stop: number) => number;

const byLoad: Key = (model, stop) => -(model.litres[stop] as number) - (model.kg[stop] as number);
const byCloseness: Key = (model, stop) =>
  model.distance[(model.types[0]?.startPlace ?? 0) * model.placeCount + stop] as number;
const byFarness: Key = (model, stop) => -byCloseness(model, stop);
const firstWindow = (model: Model, stop: number): number => model.windows.first[stop] as number;
const hasWindow = (model: Model, stop: number): boolean => model.windows.first[stop] !== model.windows.first[stop + 1];
const byWindowStart: Key = (model, stop) =>
  hasWindow(model, stop) ? (model.windows.opens[firstWindow(model, stop)] as number) : 0;
const byWindowEnd: Key = (model, stop) =>
  hasWindow(model, stop)
    ? -(model.windows.closes[(model.windows.first[stop + 1] as number) - 1] as number)
    : Number.NEGATIVE_INFINITY;
const byWindowLength: Key = (model, stop) =>
  hasWindow(model, stop) ? -byWindowEnd(model, stop) - byWindowStart(model, stop) : Number.POSITIVE_INFINITY;

/** What to sort by, each up to a bound on a draw between 0 and the sum of the weights. */
const chances: readonly { readonly below: number; readonly key: Key | undefined }[] = [
  { below: 4, key: undefined },
  { below: 8, key: byLoad },
  { below: 10, key: byFarness },
  { below: 11, key: byCloseness },
  { below: 13, key: byWindowLength },
  { below: 15, key: byWindowStart },
  { below: 17, key: byWindowEnd },
];

const chooseKey = (model: Model, random: Random): Key | undefined => {
  const weights = model.hasWindows ? WEIGHTS_WITH_WINDOWS : WEIGHTS_WITHOUT_WINDOWS;
  const draw = random() * weights;
  const chance = chances.find(({ below }) => draw < below);
  return chance?.key;
};

const shuffle = (ruined: Ruined, random: Random): void => {
  for (let index = ruined.count - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const stop = ruined.stops[index] as number;
    ruined.stops[index] = ruined.stops[other] as number;
    ruined.stops[other] = stop;
  }
};

/** Puts the removed stops into a randomly chosen order. */
export const orderRuined = (model: Model, ruined: Ruined, random: Random): void => {
  const key = chooseKey(model, random);
  shuffle(ruined, random);
  if (key === undefined) return;
  const { stops, keys, count } = ruined;
  for (let index = 0; index < count; index += 1) keys[index] = key(model, stops[index] as number);
  for (let index = 1; index < count; index += 1) {
    const stop = stops[index] as number;
    const value = keys[index] as number;
    let hole = index;
    while (hole > 0 && (keys[hole - 1] as number) > value) {
      stops[hole] = stops[hole - 1] as number;
      keys[hole] = keys[hole - 1] as number;
      hole -= 1;
    }
    stops[hole] = stop;
    keys[hole] = value;
  }
};
