import fc from 'fast-check';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { createEvaluation, type Evaluation } from '../../../../../shared/routing/solver/schedule/evaluation.ts';
import { generatedProblem, type Shape } from '../../generated-problem.ts';
import { dice } from '../drawn-states.ts';

/** A vehicle and stops in an order, written into the evaluation, in a problem with somewhere to empty. */
export type Order = {
  readonly problem: CollectionProblem;
  readonly model: Model;
  readonly type: VehicleType;
  readonly stops: readonly number[];
  readonly evaluation: Evaluation;
};

/** Orders of up to four stops, those first that the vehicle may serve. */
export const orders = (
  shape: Shape,
  change: (problem: CollectionProblem) => CollectionProblem = (problem) => problem,
): fc.Arbitrary<Order> =>
  fc
    .tuple(generatedProblem({ ...shape, vehicles: 1 }), dice)
    .filter(([problem]) => problem.disposalSites.length > 0)
    .map(([drawn, throws]) => {
      const problem = change(drawn);
      const roll = throws();
      const model = compileModel(problem);
      const [type] = model.types;
      if (type === undefined) throw new Error('no vehicle');
      const left = [...problem.stops.keys()].filter((stop) => model.isDone[stop] === 0 && type.serves[stop] === 1);
      const stops: number[] = [];
      while (left.length > 0 && stops.length < 4) stops.push(left.splice(roll(left.length), 1)[0] as number);
      const evaluation = createEvaluation(model);
      stops.forEach((stop, at) => {
        evaluation.stops[at + 1] = stop;
      });
      return { problem, model, type, stops, evaluation };
    });

/** Every choice of a site or none behind the start and behind each stop. */
export const everyChoice = (sites: number, length: number): readonly (readonly number[])[] =>
  Array.from({ length: length + 1 }).reduce<number[][]>(
    (choices) => choices.flatMap((choice) => Array.from({ length: sites + 1 }, (_, site) => [...choice, site - 1])),
    [[]],
  );

const mayMeet = ({ mixableStreams }: CollectionProblem, a: string, b: string): boolean =>
  a === b || mixableStreams?.some((pair) => pair.includes(a) && pair.includes(b)) === true;

type Aboard = { litres: number; kg: number; units: number; streams: string[] };

/** What the vehicle has on board before the order begins, from its done visits. */
const aboardAtStart = ({ problem, type }: Order): Aboard => {
  const aboard: Aboard = { litres: 0, kg: 0, units: 0, streams: [] };
  for (const visit of type.vehicle.done ?? []) {
    const stop = problem.stops.find(({ id }) => visit.kind === 'stop' && id === visit.id);
    if (visit.kind === 'disposal' || visit.emptied === true)
      Object.assign(aboard, { litres: 0, kg: 0, units: 0, streams: [] });
    if (stop === undefined) continue;
    aboard.litres += stop.load.litres;
    aboard.kg += stop.load.kg;
    aboard.units += stop.load.units ?? 0;
    aboard.streams.push(stop.stream);
  }
  return aboard;
};

/** Takes a stop on board; false where there is no room for it, or what is on board must not meet it. */
const board = (
  { problem, type }: Order,
  aboard: Aboard,
  { load, stream }: CollectionProblem['stops'][number],
): boolean => {
  const { capacity, compactionRatio = 1 } = type.vehicle;
  const isAlone = !aboard.streams.every((other) => mayMeet(problem, other, stream));
  aboard.litres += load.litres;
  aboard.kg += load.kg;
  aboard.units += load.units ?? 0;
  aboard.streams.push(stream);
  const hasRoom =
    aboard.litres <= capacity.litres * compactionRatio + 1e-6 &&
    aboard.kg <= capacity.kg &&
    aboard.units <= (capacity.units ?? Number.POSITIVE_INFINITY);
  return hasRoom && !isAlone;
};

/** What emptying like this costs in fees, ways apart; infinite where a trip is overloaded, streams must not meet, or a site does not take them. */
export const feesOf = (order: Order, choice: readonly number[]): number => {
  const { problem, stops } = order;
  let aboard = aboardAtStart(order);
  let fees = 0;
  for (let at = 0; at <= stops.length; at += 1) {
    const stop = problem.stops[stops[at - 1] ?? -1];
    if (stop !== undefined && !board(order, aboard, stop)) return Number.POSITIVE_INFINITY;
    const site = problem.disposalSites[choice[at] ?? -1];
    if (site === undefined) continue;
    const takesAll = aboard.streams.every((stream) => site.streams?.includes(stream) ?? true);
    if (!takesAll || aboard.streams.length === 0) return Number.POSITIVE_INFINITY;
    fees += site.costPerVisit + (site.costPerKg ?? 0) * aboard.kg;
    aboard = { litres: 0, kg: 0, units: 0, streams: [] };
  }
  return aboard.streams.length === 0 ? fees : Number.POSITIVE_INFINITY;
};

/** The way along the order with its emptyings, from where the vehicle stands to where its day ends, by one of the matrices. */
export const wayOf = ({ model, type, stops }: Order, choice: readonly number[], matrix: ArrayLike<number>): number => {
  const places = [type.startPlace];
  for (let at = 0; at <= stops.length; at += 1) {
    if (at > 0) places.push(stops[at - 1] as number);
    const site = model.sites[choice[at] as number];
    if (site !== undefined) places.push(site.place);
  }
  places.push(type.endPlace);
  return places
    .slice(1)
    .reduce((sum, place, at) => sum + (matrix[(places[at] as number) * model.placeCount + place] as number), 0);
};
