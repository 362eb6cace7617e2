import { describe, expect, it } from 'vitest';
import type { SimulatedCity } from '../../../bench/simulate/city.ts';
import { groningen } from '../../../bench/simulate/groningen.ts';
import { plotOf } from '../../../bench/simulate/plot.ts';
import { contestantOf } from '../../../bench/simulate/policies.ts';
import { startReplay } from '../../../bench/simulate/replay.ts';
import { simulate } from '../../../bench/simulate/simulate.ts';
import { tableOf } from '../../../bench/simulate/table.ts';
import type { Truth } from '../../../bench/simulate/truth.ts';

const HOUR = 3_600_000;

/** Forty of the large city's clusters, with trucks enough. */
const aTown = (): SimulatedCity => {
  const whole = groningen(1);
  return { ...whole, bins: whole.bins.slice(0, 40), sources: whole.sources.slice(0, 40), selected: 12 };
};

const run = (text: string, iterations = 200) => {
  const { city, policy } = contestantOf(text, aTown());
  return simulate(city, policy, { weeks: 1, warmUpWeeks: 1, seed: 5, iterations });
};

describe('the city of Groningen’s size', () => {
  it('has the published number of containers, clusters and loads a day', () => {
    const { bins, sources, fleet } = groningen(7);
    expect(bins).toHaveLength(850);
    expect(bins.reduce((sum, { container }) => sum + container.capacityLitres / 5_000, 0)).toBe(1_120);
    expect(sources.reduce((sum, { perDay }) => sum + perDay, 0)).toBeCloseTo(250 * 0.489, 6);
    expect(fleet.vehicles).toHaveLength(4);
  });
});

describe('the replay', () => {
  const steady = (perHour: number, hours: number): Truth => ({
    startsAt: 0,
    hourCount: hours,
    waste: [new Float32Array(hours).fill(perHour)],
    echo: [new Float32Array(hours).fill(Number.POSITIVE_INFINITY)],
    noise: [new Float32Array(hours)],
  });

  it('collects what has come until the minute the truck stands there, and keeps what comes after', () => {
    const replay = startReplay(steady(0.1, 10), [0]);
    const [pickUp] = replay.passUntil(10 * HOUR, new Map([[0, 4.5 * HOUR]]));
    expect(pickUp).toMatchObject({ bin: 0, at: 4.5 * HOUR, level: expect.closeTo(0.45, 5), overflowed: false });
    const reports = replay.takeReports(0);
    expect(reports.map(({ fraction }) => fraction)).toEqual([0.1, 0.2, 0.3, 0.4, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55]);
    expect(replay.takeOverflow()).toEqual({ hours: 0, events: 0 });
  });

  it('counts an overflow once, its hours until somebody comes, and never reports more than full', () => {
    const replay = startReplay(steady(0.3, 8), [0]);
    const [pickUp] = replay.passUntil(8 * HOUR, new Map([[0, 6 * HOUR]]));
    expect(pickUp).toMatchObject({ level: expect.closeTo(1.8, 5), overflowed: true });
    expect(replay.takeOverflow()).toEqual({ hours: 3, events: 1 });
    expect(Math.max(...replay.takeReports(0).map(({ fraction }) => fraction))).toBe(1);
  });
});

describe('a simulation', () => {
  it('is the same every time for a seed, and compares policies over the same waste', async () => {
    const [once, again, select] = [await run('ours'), await run('ours'), await run('select')];
    expect(once).toEqual(again);
    expect(select.collectionsADay).toBeCloseTo(12, 0);
    expect(once.kmADay).toBeLessThan(select.kmADay);
    const table = tableOf([select, once]);
    expect(table.split('\n')).toHaveLength(4);
    expect(plotOf('a town', [select, once])).toMatch(/^<svg [\s\S]*<polyline[\s\S]*<\/svg>\n$/);
  });

  it('refuses a policy that it does not know, and more trucks than there are', () => {
    expect(() => contestantOf('luck', aTown())).toThrow('There is no policy luck');
    expect(() => contestantOf('ours@9', aTown())).toThrow('has 4 trucks');
  });
});
