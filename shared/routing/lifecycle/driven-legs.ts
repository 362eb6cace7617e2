import type { City } from '../../city/entities.ts';
import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import { straightWay } from '../travel/off-network.ts';
import { positionAt } from './closures.ts';

/** A leg that a truck drove although the matrices know no such way: crews drive where roads were closed by then. Metres and seconds. */
export type DrivenLeg = {
  readonly from: number;
  readonly to: number;
  readonly metres: number;
  readonly seconds: number;
};

type Matrices = Pick<CollectionProblem, 'distanceMetres' | 'durationSeconds'>;

const placesOf = (
  problem: Pick<CollectionProblem, 'stops' | 'disposalSites'>,
  { startLocation, done = [] }: ProblemVehicle,
): readonly number[] => {
  const stops = new Map(problem.stops.map(({ id, location }) => [id, location]));
  const sites = new Map(problem.disposalSites.map(({ id, location }) => [id, location]));
  return [
    startLocation,
    ...done.flatMap(({ kind, id = '', location }) => {
      if (kind === 'break') return [];
      return (kind === 'stand' ? location : (kind === 'stop' ? stops : sites).get(id)) ?? [];
    }),
  ];
};

/** The legs that trucks have driven, or are about to end at a disposal site. */
export const drivenLegs = (
  problem: Pick<CollectionProblem, 'stops' | 'disposalSites'>,
  vehicle: ProblemVehicle,
): readonly Pick<DrivenLeg, 'from' | 'to'>[] => {
  const places = placesOf(problem, vehicle);
  return places.slice(1).map((to, index) => ({ from: places[index] as number, to }));
};

/** The matrices with these legs in them; rows that change are copied. */
export const withDrivenLegs = <M extends Matrices>(matrices: M, legs: readonly DrivenLeg[]): M => {
  if (legs.length === 0) return matrices;
  const [distanceMetres, durationSeconds] = [[...matrices.distanceMetres], [...matrices.durationSeconds]];
  for (const { from, to, metres, seconds } of legs)
    for (const [rows, value] of [
      [distanceMetres, metres],
      [durationSeconds, seconds],
    ] as const) {
      const row = Array.from(rows[from] ?? []);
      row[to] = value;
      rows[from] = row;
    }
  return { ...matrices, distanceMetres, durationSeconds };
};

/** Legs that were driven and that the matrices do not know: nobody knows which way, so straight times the city's detour. */
export const unknownLegs = (problem: CollectionProblem, { travel }: City): readonly DrivenLeg[] =>
  problem.vehicles.flatMap((vehicle) =>
    drivenLegs(problem, vehicle).flatMap(({ from, to }): DrivenLeg[] => {
      const isKnown =
        (problem.distanceMetres[from]?.[to] ?? null) !== null && (problem.durationSeconds[from]?.[to] ?? null) !== null;
      if (isKnown) return [];
      const [metres, seconds] = straightWay(positionAt(problem, from), positionAt(problem, to), travel);
      return [{ from, to, metres: Math.round(metres), seconds: Math.round(seconds) }];
    }),
  );
