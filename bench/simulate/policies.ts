import type { BinToCollect } from '../../shared/routing/build-problem.ts';
import { toCollect } from '../../shared/routing/plan-collections.ts';
import { withTurns } from '../../shared/routing/turns/with-turns.ts';
import { HOUR_MS } from '../../shared/waste/forecast/hours.ts';
import type { BinOutlook } from '../../shared/waste/outlook/bin-outlook.ts';
import { NOTHING_KNOWN } from '../../shared/waste/policy/circumstances.ts';
import { decide } from '../../shared/waste/policy/decide.ts';
import type { Chances } from '../../shared/waste/policy/horizon.ts';
import { expectedLevel } from '../../shared/waste/policy/risk.ts';
import type { SimulatedCity } from './city.ts';
import { fixedSchedule } from './fixed.ts';

/** What a policy is told before a night: what the city knows, and when trucks come. `night` counts from 0. */
export type Night = {
  readonly night: number;
  readonly serviceDate: string;
  readonly chances: Chances;
  readonly outlooks: readonly BinOutlook[];
};

/** Which bins go to the optimizer: without urgency they must be served. */
export type Policy = { readonly name: string; readonly choose: (night: Night) => readonly BinToCollect[] };

const fractionAt = ({ forecast }: BinOutlook, at: number): number => Math.min(1, expectedLevel(forecast, at) ?? 1);

/** Each bin every so many days, the same for ever, neighbours on the same days. */
const fixed = (city: SimulatedCity): Policy => {
  const schedule = fixedSchedule(city);
  return {
    name: 'fixed',
    choose: ({ night, chances, outlooks }) =>
      outlooks
        .filter((_, index) => schedule[index]?.(night))
        .map((outlook) => ({ bin: outlook.bin, expectedFraction: fractionAt(outlook, chances.thisTime) })),
  };
};

/** The so many bins that are expected to be full soonest; then they are routed. */
const select = (count: number): Policy => ({
  name: `select:${count}`,
  choose: ({ chances, outlooks }) =>
    outlooks
      .map((outlook) => ({ outlook, hours: hoursToFull(outlook, chances.thisTime) }))
      .sort((a, b) => a.hours - b.hours || (a.outlook.bin.id < b.outlook.bin.id ? -1 : 1))
      .slice(0, count)
      .map(({ outlook }) => ({ bin: outlook.bin, expectedFraction: fractionAt(outlook, chances.thisTime) })),
});

const hoursToFull = ({ forecast }: BinOutlook, at: number): number => {
  const { start, model, exposure } = forecast;
  if (start.status === 'unknown') return 0;
  const averageHours = Math.max(0, 1 - start.fraction) / model.rate;
  return (exposure.after(start.at, averageHours) - at) / HOUR_MS;
};

/** As the city plans every night: due bins, and optional ones with prizes, chosen by the optimizer while it routes. */
const ours = ({ city, fleet }: SimulatedCity): Policy => ({
  name: 'ours',
  choose: ({ serviceDate, chances, outlooks }) => {
    const judged = outlooks.map((outlook) => ({ bin: outlook.bin, demand: decide(outlook, chances, NOTHING_KNOWN) }));
    return withTurns(judged, city, fleet, serviceDate).flatMap(toCollect);
  },
});

/** A policy with the city as it has it: `@3` leaves it so many trucks. */
export type Contestant = { readonly city: SimulatedCity; readonly policy: Policy };

const withTrucks = (city: SimulatedCity, count: number): SimulatedCity => {
  if (!(Number.isInteger(count) && count >= 1 && count <= city.fleet.vehicles.length))
    throw new Error(`${city.name} has ${city.fleet.vehicles.length} trucks, not ${count}`);
  return { ...city, fleet: { ...city.fleet, vehicles: city.fleet.vehicles.slice(0, count) } };
};

/** `fixed`, `select` or `select:170`, `ours`; each with `@TRUCKS` behind it where not all trucks may go out. */
export const contestantOf = (text: string, all: SimulatedCity): Contestant => {
  const [what = '', trucks] = text.split('@');
  const city = trucks === undefined ? all : withTrucks(all, Number(trucks));
  const [name, figure] = what.split(':');
  const count = figure === undefined ? city.selected : Number(figure);
  if (name === 'fixed' && figure === undefined) return { city, policy: { ...fixed(city), name: text } };
  if (name === 'ours' && figure === undefined) return { city, policy: { ...ours(city), name: text } };
  if (name === 'select' && Number.isInteger(count) && count > 0)
    return {
      city,
      policy: { ...select(count), name: figure === undefined ? text.replace('select', `select:${count}`) : text },
    };
  throw new Error(`There is no policy ${text}: fixed, select, select:COUNT or ours, with @TRUCKS`);
};
