import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CollectionProblem, collectionProblemSchema } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import { generatedProblem } from '../../generated-problem.ts';

/** Stops at locations 1 and on, without windows, the ways between them from a list. */
const problemOf = (stops: number, ways: readonly number[]): CollectionProblem => {
  const size = stops + 1;
  const matrix = Array.from({ length: size }, (_, from) => ways.slice(from * size, (from + 1) * size));
  return collectionProblemSchema.parse({
    name: 'near and far',
    travelSource: 'generated',
    locations: matrix.map((_, index) => ({ id: String(index) })),
    distanceMetres: matrix,
    durationSeconds: matrix,
    vehicles: [
      { id: 'v', type: 'v', startLocation: 0, endLocation: 0, capacity: { litres: 9, kg: 9 }, shift: [0, 1e6] },
    ],
    stops: Array.from({ length: stops }, (_, stop) => ({
      id: `s${stop}`,
      location: stop + 1,
      load: { litres: 1, kg: 1 },
    })),
  });
};

const sorted = ({ stops, distanceMetres }: CollectionProblem, stop: number): number[] => {
  const way = (from: number, to: number): number => distanceMetres[from + 1]?.[to + 1] ?? Number.NaN;
  const bothWays = (other: number): number => way(stop, other) + way(other, stop);
  return [...stops.keys()].filter((other) => other !== stop).sort((a, b) => bothWays(a) - bothWays(b) || a - b);
};

const rowsOf = (problem: CollectionProblem): readonly number[][] => {
  const { stopCount, neighbours, neighbourCount } = compileModel(problem);
  return Array.from({ length: stopCount }, (_, stop) => [
    ...neighbours.subarray(stop * neighbourCount, (stop + 1) * neighbourCount),
  ]);
};

describe('the nearest stops', () => {
  it('are all others, without windows by the way there and back, then by number', () =>
    fc.assert(
      fc.property(
        // Few different figures, so that many ways are equally long.
        fc
          .integer({ min: 0, max: 12 })
          .chain((stops) =>
            fc
              .array(fc.integer({ min: 0, max: 8 }), { minLength: (stops + 1) ** 2, maxLength: (stops + 1) ** 2 })
              .map((ways) => problemOf(stops, ways)),
          ),
        (problem) => {
          expect(rowsOf(problem)).toEqual(problem.stops.map((_, stop) => sorted(problem, stop)));
        },
      ),
      { numRuns: 60 },
    ));

  it('are the nearer part where there are many', () => {
    const stops = 240;
    const problem = problemOf(
      stops,
      Array.from({ length: (stops + 1) ** 2 }, (_, way) => (way * 7_919) % 31),
    );
    rowsOf(problem).forEach((row, stop) => {
      expect(row.length).toBeLessThan(stops - 1);
      expect(row).toEqual(sorted(problem, stop).slice(0, row.length));
    });
  });

  it('are all others once, whatever the windows', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 10, roads: 'any', using: ['stopWindows'] }), (problem) => {
        rowsOf(problem).forEach((row, stop) => {
          const others = [...problem.stops.keys()].filter((other) => other !== stop);
          expect(row.toSorted((a, b) => a - b)).toEqual(others);
        });
      }),
      { numRuns: 60 },
    ));
});
