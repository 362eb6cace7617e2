import type { Container } from '../../shared/city/entities.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { distanceAtFraction } from '../../shared/waste/container.ts';
import { type Random, randomOf } from '../forecast/random.ts';

/** A bin's readings with the truth behind them. Instants are UTC epoch milliseconds. */
export type GeneratedHistory = {
  readonly container: Container;
  readonly intervalMinutes: number;
  /** In the order of time, as measured. */
  readonly readings: readonly Reading[];
  /** When it was truly emptied, and how full it was. */
  readonly emptyings: readonly { readonly at: number; readonly level: number }[];
  readonly compactions: readonly { readonly at: number; readonly level: number; readonly share: number }[];
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEP_MINUTES = 5;
const START = Date.UTC(2026, 8, 1);

const containers: readonly Container[] = [
  { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 },
  { depthMm: 1_800, blindZoneMm: 300, capacityLitres: 3_000, shape: { kind: 'cylinder' } },
  {
    depthMm: 2_000,
    blindZoneMm: 250,
    capacityLitres: 2_500,
    shape: { kind: 'cone', topDiameterMm: 1_500, bottomDiameterMm: 1_100 },
  },
];

/** What is wrong with the sensor at the moment, until when, and what it sees instead (a level; `undefined`: nothing). */
type Trouble = {
  readonly until: number;
  readonly kind: 'silence' | 'bag' | 'condensation' | 'lid';
  readonly level: number;
};

/** Rates of trouble are per day of a bin; all of it at once is a rough life for a sensor. */
const troubleAt = (random: Random, at: number): Trouble | undefined => {
  const perStep = STEP_MINUTES / (24 * 60);
  const chance = random.uniform() / perStep;
  const local = ((at + 7 * HOUR_MS) % DAY_MS) / HOUR_MS;
  if (chance < 0.06) return { kind: 'silence', until: at + (2 + 20 * random.uniform()) * HOUR_MS, level: 0 };
  if (chance < 0.12)
    return { kind: 'bag', until: at + (0.5 + 14 * random.uniform()) * HOUR_MS, level: 0.75 + 0.25 * random.uniform() };
  if (chance < 0.12 + 0.6 && local > 2 && local < 6) {
    return { kind: 'condensation', until: at + (1 + 3 * random.uniform()) * HOUR_MS, level: 1 };
  }
  if (chance > 0.8 && chance < 0.9)
    return { kind: 'lid', until: at + (5 + 40 * random.uniform()) * MINUTE_MS, level: 0 };
  return undefined;
};

type World = {
  level: number;
  readonly rate: number;
  readonly bag: number;
  readonly callAt: number;
  readonly visitHour: number;
  visited: number;
  trouble: Trouble | undefined;
  busy: number;
};

const weightOf = (at: number): number => {
  const hour = ((at + 7 * HOUR_MS) % DAY_MS) / HOUR_MS;
  const peak = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2));
  return (0.15 + 1.5 * peak(9, 3) + 2.2 * peak(18, 3)) / 0.94;
};

/** What the sensor reports of a level: its noise, its false echoes, its troubles. `undefined`: nothing comes. */
const seen = (random: Random, { level, trouble }: World, container: Container): number | undefined => {
  if (trouble?.kind === 'silence' || random.uniform() < 0.02) return undefined;
  const chance = random.uniform();
  // One in a hundred and twenty: a false echo from anywhere, or none.
  if (chance < 0.006) return distanceAtFraction(container, random.uniform());
  if (chance < 0.0085) return container.depthMm * 2;
  const hidden = trouble !== undefined && (trouble.kind !== 'condensation' || random.uniform() < 0.7);
  const shown = hidden ? trouble.level : level;
  const distance = distanceAtFraction(container, Math.min(1, Math.max(0, shown + 0.015 * random.normal())));
  return Math.max(container.blindZoneMm, distance);
};

const aReading = (sensorId: string, at: number, value: number): Reading => ({
  sensorId,
  quantity: 'fillDistance',
  value: Math.round(value),
  measuredAt: at,
  receivedAt: at + 2_000,
  quality: { flag: 1, test: 'none' },
});

type Truth = {
  readonly emptyings: { at: number; level: number }[];
  readonly compactions: { at: number; level: number; share: number }[];
};

/** Five minutes of people: bags that come, somebody who presses them down. */
const throwIn = (random: Random, world: World, at: number, { compactions }: Truth): void => {
  if ((at - START) % DAY_MS === 0) world.busy = random.gamma(9, 1 / 9);
  const bags = random.poisson((world.rate * world.busy * weightOf(at) * STEP_MINUTES) / 60 / world.bag);
  if (bags > 0) world.level = Math.min(1.05, world.level + random.gamma(bags, world.bag));
  if (world.level <= 0.3 || random.uniform() >= (0.1 * STEP_MINUTES) / (24 * 60)) return;
  const share = 0.1 + 0.3 * random.uniform();
  compactions.push({ at, level: Math.min(1, world.level), share });
  world.level *= 1 - share;
};

/** The crew comes once a day, late by up to two hours, and now and then not at all. */
const collect = (random: Random, world: World, at: number, { emptyings }: Truth): void => {
  const day = Math.floor((at - START) / DAY_MS);
  const due = START + day * DAY_MS + (world.visitHour + 2 * random.uniform()) * HOUR_MS;
  if (at < due) return;
  if (world.visited !== day && world.level > world.callAt && random.uniform() < 0.92) {
    emptyings.push({ at, level: Math.min(1, world.level) });
    world.level = 0.03 * random.uniform();
    // Whatever hung there is gone as well.
    if (world.trouble?.kind === 'bag') world.trouble = undefined;
  }
  world.visited = day;
};

const newWorld = (random: Random): World => ({
  level: 0.5 * random.uniform(),
  // From 8 % to 80 % of the capacity a day; bags of 1 to 4 %.
  rate: (0.25 / 24) * Math.exp(0.55 * random.normal()),
  bag: 0.01 + 0.03 * random.uniform(),
  // Some crews come when a bin is full, some whenever it is their day.
  callAt: 0.35 + 0.5 * random.uniform(),
  visitHour: 13 + 10 * random.uniform(),
  visited: -1,
  trouble: undefined,
  busy: 1,
});

/** A month or so in the life of a bin and its sensor, decided by the seed. */
export const generateHistory = (seed: number, days = 42): GeneratedHistory => {
  const random = randomOf(seed * 2_654_435_761);
  const container = containers[Math.floor(random.uniform() * containers.length)] as Container;
  const intervalMinutes = [10, 15, 20, 30, 60][Math.floor(random.uniform() * 5)] as number;
  const world = newWorld(random);
  const truth: Truth = { emptyings: [], compactions: [] };
  const readings: Reading[] = [];
  let nextReport = START + Math.floor((random.uniform() * intervalMinutes) / STEP_MINUTES) * STEP_MINUTES * MINUTE_MS;
  for (let at = START; at < START + days * DAY_MS; at += STEP_MINUTES * MINUTE_MS) {
    throwIn(random, world, at, truth);
    collect(random, world, at, truth);
    if (world.trouble !== undefined && at >= world.trouble.until) world.trouble = undefined;
    world.trouble ??= troubleAt(random, at);
    if (at < nextReport) continue;
    nextReport += intervalMinutes * MINUTE_MS;
    const distance = seen(random, world, container);
    // Sensors' clocks are seconds off the grid.
    if (distance !== undefined)
      readings.push(aReading(`s${seed}`, at + Math.floor(59_000 * random.uniform()), distance));
  }
  return { container, intervalMinutes, readings, ...truth };
};

/** The same readings in another order, each now and then delivered again: what a network does. */
export const shuffled = (readings: readonly Reading[], seed: number): readonly Reading[] => {
  const random = randomOf(seed);
  const delivered = readings.flatMap((reading) => (random.uniform() < 0.1 ? [reading, reading] : [reading]));
  for (let index = delivered.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random.uniform() * (index + 1));
    [delivered[index], delivered[other]] = [delivered[other] as Reading, delivered[index] as Reading];
  }
  return delivered;
};
