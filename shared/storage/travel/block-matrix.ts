import type { Position } from '../../city/entities.ts';
import type { ClosedArea, ClosedWays } from '../../routing/travel/closed-area.ts';
import { draftMatrix, matrixRows } from '../../routing/travel/matrix.ts';
import { bridgeOffNetwork, type StraightTravel } from '../../routing/travel/off-network.ts';
import type { TravelMatrix } from '../../routing/travel/travel-times.ts';
import { chunk, mapInParallel } from '../parallel.ts';
import { aroundWords, closedPairs } from './closed-pairs.ts';

/** What a service knows of the ways from some places to others, row by row; `null` = it found no way. Seconds and metres. */
export type BlockAnswer = {
  readonly seconds: readonly (readonly (number | null)[])[];
  readonly metres: readonly (readonly (number | null)[])[];
  /** Of the places asked for, those that the service moved too far to a road: indices into all places. */
  readonly off?: readonly number[];
};

/** Asks for one block; places by their index. All its ways go round the same areas. */
export type AskBlock = (
  origins: readonly number[],
  destinations: readonly number[],
  around: readonly ClosedArea[],
) => Promise<BlockAnswer | 'too-large'>;

/** Requests under way at once. */
const WIDTH = 4;

const halves = (places: readonly number[]): readonly (readonly number[])[] =>
  places.length < 2 ? [places] : chunk(places, Math.ceil(places.length / 2));

/** Of a service that measures a way from a place to itself we take nothing: it is nothing. */
const entryOf = (rows: BlockAnswer['seconds'], row: number, column: number): number => {
  const value = rows[row]?.[column];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? Math.round(value)
    : Number.POSITIVE_INFINITY;
};

/**
 * A matrix put together from blocks of at most `blockSize` × `blockSize` places. A block that the service calls too large is asked
 * for in quarters. What the service has no way for is closed by `bridgeOffNetwork`, which the source then says.
 */
export const matrixInBlocks = async (
  places: readonly Position[],
  options: {
    readonly source: string;
    readonly blockSize: number;
    readonly straight: StraightTravel;
    readonly ask: AskBlock;
    /** Indices of places that must not be asked for. */
    readonly off?: ReadonlySet<number>;
    readonly closed?: ClosedWays | undefined;
  },
): Promise<TravelMatrix> => {
  const size = places.length;
  const [distance, duration] = [draftMatrix(size), draftMatrix(size)];
  const off = new Set(options.off);
  const asked = places.map((_, place) => place).filter((place) => !off.has(place));
  /** Into a closed area there is no way, but to where one is. */
  const close = (origins: readonly number[], destinations: readonly number[]): void => {
    for (const from of origins)
      for (const to of destinations)
        if (from !== to)
          for (const { values } of [distance, duration]) values[from * size + to] = Number.POSITIVE_INFINITY;
  };
  const pairs = closedPairs(options.closed);
  const isClosed = (options.closed?.areas.length ?? 0) > 0;
  const fill = async (origins: readonly number[], destinations: readonly number[]): Promise<void> => {
    const around = pairs.between(places[origins[0] ?? 0] as Position, places[destinations[0] ?? 0] as Position);
    if (around === 'no way') return close(origins, destinations);
    const answer = await options.ask(origins, destinations, around);
    if (answer === 'too-large') {
      for (const from of halves(origins)) for (const to of halves(destinations)) await fill(from, to);
      return;
    }
    for (const place of answer.off ?? []) off.add(place);
    origins.forEach((from, row) => {
      destinations.forEach((to, column) => {
        if (from === to) return;
        const [metres, seconds] = [entryOf(answer.metres, row, column), entryOf(answer.seconds, row, column)];
        const isWay = Number.isFinite(metres) && Number.isFinite(seconds);
        distance.values[from * size + to] = isWay ? metres : Number.POSITIVE_INFINITY;
        duration.values[from * size + to] = isWay ? seconds : Number.POSITIVE_INFINITY;
      });
    });
  };
  const groups = Map.groupBy(asked, (place) => pairs.groupOf(places[place] as Position));
  const blocks = [...groups.values()].flatMap((alike) => chunk(alike, options.blockSize));
  const all = blocks.flatMap((from) => blocks.map((to) => [from, to] as const));
  await mapInParallel(all, WIDTH, ([from, to]) => fill(from, to));
  const bridged = bridgeOffNetwork(distance, duration, places, options.straight, off, { closed: isClosed });
  return {
    distanceMetres: matrixRows(distance),
    durationSeconds: matrixRows(duration),
    source: `${options.source}${aroundWords(options.closed)}${bridged}`,
  };
};
