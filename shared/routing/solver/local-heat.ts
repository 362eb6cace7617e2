import type { Model } from './model/model.ts';

/** So many near stops say how long ways are around a stop. */
const AROUND = 10;
/** How much of the difference between dense and thin parts of the map the temperature follows. */
const FOLLOWED = 0.5;

/**
 * How much warmer than elsewhere annealing is where a ruin is around a stop, 1 in the mean: one temperature for the whole map
 * never cools down a city centre, where ways are short, and freezes the outskirts from the beginning. After the acceptance by
 * mean arc cost of the neighbourhood of L. Accorsi and D. Vigo, "A Fast and Scalable Heuristic for the Solution of Large-Scale
 * Capacitated Vehicle Routing Problems", Transportation Science 55 (2021) 832–856.
 */
export const localHeat = ({
  stopCount,
  neighbourGaps,
  neighbourCount,
}: Pick<Model, 'stopCount' | 'neighbourGaps' | 'neighbourCount'>): Float64Array => {
  const heat = new Float64Array(stopCount);
  const around = Math.min(AROUND, neighbourCount);
  let sum = 0;
  for (let stop = 0; stop < stopCount; stop += 1) {
    let gaps = 0;
    for (let rank = 0; rank < around; rank += 1) gaps += neighbourGaps[stop * neighbourCount + rank] as number;
    heat[stop] = gaps ** FOLLOWED;
    sum += heat[stop] as number;
  }
  return sum > 0 ? heat.map((each) => (each * stopCount) / sum) : heat.fill(1);
};
