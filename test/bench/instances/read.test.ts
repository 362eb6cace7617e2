import { describe, expect, it } from 'vitest';
import { readInstance } from '../../../bench/instances/read.ts';
import { toCvrplibSolution } from '../../../bench/instances/write.ts';
import { solve } from '../../../shared/routing/solver/solve.ts';

const answer = (text: string, name = 'file') => {
  const instance = readInstance(text, name);
  const solution = solve(instance.problem, { seed: 1, iterations: 200 });
  return { ...instance.report(solution), solution, problem: instance.problem };
};

const header = (type: string, more: string): string =>
  `NAME : tiny\nTYPE : ${type}\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\n${more}`;

/** Depot at the origin; customers at distance √2, √8 and 5. */
const coordinates = 'NODE_COORD_SECTION\n1 0 0\n2 1 1\n3 2 2\n4 -3 -4\n';
const demands = 'DEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\n';
const depot = 'DEPOT_SECTION\n 1\n -1\nEOF\n';

describe('reading CVRPLIB', () => {
  it('rounds each distance to the nearest integer', () => {
    // Together: 1 + 1 + 3 (there and back to the diagonal); alone: 5 + 5.
    const { cost, solution } = answer(header('CVRP', `CAPACITY : 9\n${coordinates}${demands}${depot}`));
    expect(cost).toBe(15);
    expect(solution.routes).toHaveLength(2);
  });

  it('reads a full matrix, there and back apart', () => {
    const matrix = 'EDGE_WEIGHT_FORMAT : FULL_MATRIX\nEDGE_WEIGHT_SECTION\n0 1 9\n9 0 1\n1 9 0\n';
    const text = `NAME : ring\nTYPE : CVRP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EXPLICIT\nCAPACITY : 2\n${matrix}DEMAND_SECTION\n1 0\n2 1\n3 1\n${depot}`;
    expect(answer(text).cost).toBe(3);
  });

  it('says which kind of distance it does not read', () => {
    expect(() => readInstance(header('CVRP', 'CAPACITY : 9\n').replace('EUC_2D', 'GEO'), 'f')).toThrow(/GEO/);
  });

  it('says which type it does not read', () => {
    expect(() => readInstance(header('PCTSP', ''), 'f')).toThrow(/PCTSP/);
  });
});

describe('reading PyVRP’s dialect', () => {
  it('truncates distances of VRPTW to one decimal and counts time in the same unit', () => {
    const windows = 'TIME_WINDOW_SECTION\n1 0 100\n2 0 100\n3 0 100\n4 0 100\n';
    const text = header('VRPTW', `CAPACITY : 99\nSERVICE_TIME : 10\n${coordinates}${demands}${windows}${depot}`);
    const { cost, problem } = answer(text);
    // 1.4 + 1.4 + √61 = 7.8 + 5.0, with all three in one route; the other order is longer.
    expect(cost).toBeCloseTo(1.4 + 1.4 + 7.8 + 5, 9);
    expect(problem.stops[0]).toMatchObject({ serviceSeconds: 100, windows: [[0, 1_000]] });
  });

  it('joins vehicles that are alike into types, with costs in hundredths and distances as they are', () => {
    const fleet =
      'CAPACITY_SECTION\n1 9\n2 9\n3 6\nVEHICLES_FIXED_COST_SECTION\n1 1000\n2 1000\n3 100\nVEHICLES_UNIT_DISTANCE_COST_SECTION\n1 50\n2 50\n3 200\n';
    const { cost, problem } = answer(header('HFVRP', `VEHICLES : 3\n${coordinates}${demands}${fleet}${depot}`));
    expect(problem.vehicles.map(({ count }) => count)).toEqual([2, 1]);
    // The far customer with the small dear vehicle: 1 + 2 × 10; or with a large one: 10 + 0.5 × 10, which is cheaper.
    expect(cost).toBeCloseTo(10 + 0.5 * 2 * Math.sqrt(8) + 10 + 0.5 * 10, 9);
  });

  it('reloads at the depot, keeps to release times, and writes a reload as the depot’s number', () => {
    const windows = 'TIME_WINDOW_SECTION\n1 0 200\n2 0 40\n3 0 40\n4 0 200\n';
    const releases = 'RELEASE_TIME_SECTION\n1 0\n2 0\n3 0\n4 50\n';
    const reload = 'VEHICLES_RELOAD_DEPOT_SECTION\n1 1\n';
    const text = header(
      'MTVRPTWR',
      `VEHICLES : 1\nCAPACITY : 9\n${coordinates}${demands}${windows}${releases}${reload}${depot}`,
    );
    const { cost, solution } = answer(text);
    // In tenths: ⌊14.1⌋ + ⌊14.1⌋ + ⌊28.2⌋, then 50 + 50; the released one leaves the depot at 50.0.
    expect(cost).toBe(14 + 14 + 28 + 100);
    const far = solution.routes[0]?.visits.find((visit) => visit.kind === 'stop' && visit.stopId === '3');
    expect(far?.arrivesAt).toBeGreaterThanOrEqual(550);
    expect(toCvrplibSolution(solution, cost)).toMatch(/^Route #1: (1 2|2 1) 0 3\nCost 156\n$/);
  });
});

describe('reading Solomon’s format', () => {
  const text = [
    'R1',
    '',
    'VEHICLE',
    'NUMBER     CAPACITY',
    '  5          10',
    '',
    'CUSTOMER',
    'CUST NO.  XCOORD.    YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME',
    '    0      0         0          0          0        100          0',
    '    1      10        0          1          0         10          1',
    '    2      -10       0          1         40         50          1',
  ].join('\n');

  it('prefers one vehicle to a shorter distance, in double precision', () => {
    const { cost, solution, problem } = answer(text);
    expect(problem.name).toBe('R1');
    expect(solution.routes).toHaveLength(1);
    expect(cost).toBeCloseTo(40, 9);
  });
});

describe('reading Kim et al.', () => {
  const lines = [
    '10.0 				// vehicle capacity (yards), real number',
    '100.0				// total yardage allowed for a vehicle per day, real number',
    '500				// total number of regular stops for a vehicle allowed per day',
    '3600				// lunch time duration in second',
    '40				// speed: MPH',
    'Stop_ID	X(feet)	Y(feet)	Early_St_Time (HHMM)	Late_St_Time (HHMM)	Svice_Time(Sec)	Load (Yards)	"Stop_Type"',
    '0   0.00   0.00  0700 1700 0  0.00 0',
    '1   5280.00   0.00  0000 2400 600  0.00 2',
    '2   0.00   5280.00  0700 1700 60   8.00 1',
    '3   5280.00   5280.00  0700 1700 60   8.00 1',
  ];

  it('counts Manhattan miles, empties between full loads and before returning', () => {
    const { cost, solution } = answer(lines.join('\r\n'), 'tiny');
    // 0 → stop 2 → landfill → stop 3 → landfill → 0: 1 + 2 + 1 + 1 + 1 miles.
    expect(cost).toBeCloseTo(6, 9);
    expect(solution.routes[0]?.visits.filter(({ kind }) => kind === 'disposal')).toHaveLength(2);
  });

  it('takes the lunch between 11:00 and 12:00 on a day that goes on over noon', () => {
    const early = lines.map((line) => line.replace(/^2 (.*)0700 1700/, '2 $10700 1000'));
    const late = early.map((line) => line.replace(/^3 (.*)0700 1700/, '3 $11400 1700'));
    const { solution } = answer(late.join('\n'), 'tiny');
    const lunches = solution.routes.flatMap(({ visits }) => visits.filter(({ kind }) => kind === 'break'));
    expect(solution.routes).toHaveLength(1);
    expect(lunches).toHaveLength(1);
    expect(lunches[0]?.serviceStartsAt).toBeGreaterThanOrEqual(11 * 3_600);
    expect(lunches[0]?.serviceStartsAt).toBeLessThanOrEqual(12 * 3_600);
  });
});

describe('reading what is no instance', () => {
  it('says so', () => {
    expect(() => readInstance('hello', 'hello.txt')).toThrow(/hello.txt/);
  });

  it('names the field at fault in our own JSON', () => {
    expect(() => readInstance('{"name": "x"}', 'x.json')).toThrow(/vehicles/);
  });
});
