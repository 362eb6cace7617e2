import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noDecisions, type PlanBasis } from '../../../shared/routing/lifecycle/plan-basis.ts';
import { type PlanLife, type PlanVersion, publish } from '../../../shared/routing/lifecycle/plan-life.ts';
import type { Plan } from '../../../shared/routing/plan.ts';
import type { PlanStore, StoredVersion } from '../../../shared/routing/plan-store.ts';
import { matricesFromBytes, matricesToBytes } from '../../../shared/storage/dynamodb/matrix-bytes.ts';
import { writeVersion } from '../../../shared/storage/dynamodb/plan-versions.ts';
import { dynamodbPlans } from '../../../shared/storage/dynamodb/plans.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryPlans } from '../../support/memory-stores.ts';
import { city } from '../../support/small-city.ts';

const evening = Date.UTC(2026, 9, 5, 13);

const totals = {
  vehicles: 1,
  trips: 1,
  bins: 1,
  distanceMetres: 1_200,
  workingSeconds: 3_600,
  collectedLitres: 900,
  collectedKg: 150,
  costVnd: 250_000,
};

const planned = (planId: string, costVnd = 250_000): Plan => ({
  planId,
  serviceDate: '2026-10-06',
  trigger: 'dispatcher',
  requestedAt: evening,
  status: 'planned',
  finishedAt: evening + 20_000,
  totals: { ...totals, costVnd },
  routes: [],
  unserved: [],
  noData: [],
  travelSource: 'great-circle',
  solver: { iterations: 1, seconds: 1, seed: 1 },
});

const basisOf = (matrices: string): PlanBasis => ({
  problem: { name: 'p', locations: [{ id: 'depot' }], travelSource: 'x', vehicles: [], stops: [], disposalSites: [] },
  matrices,
  solution: {
    routes: [],
    unserved: [],
    cost: { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0, balance: 0, deviation: 0, total: 0 },
    iterations: 0,
    seconds: 0,
  },
  decisions: noDecisions,
  city,
  fleet: { vehicles: [], depots: [], disposalSites: [] },
  picked: [],
  noData: [],
  assumedDone: [],
  frozen: [],
});

const versionOf = (version: number, by = 'an'): PlanVersion => ({
  version,
  at: evening + version,
  by,
  change: { kind: 'edit', edit: { kind: 'lock-stop', binId: 'bin-1' } },
  totals,
  unservedCount: 0,
  content: version,
  before: version - 1,
  redo: [],
});

const next = (planId: string, version: number, by?: string, cost = version): StoredVersion => ({
  version: versionOf(version, by),
  plan: planned(planId, cost),
  basis: basisOf('m'),
});

const lifeOf = async (plans: PlanStore, planId: string): Promise<PlanLife> => {
  const life = await plans.life(planId);
  if (life === undefined) throw new Error(`No life of ${planId}`);
  return life;
};

const versionsContract = (
  name: string,
  open: () => Promise<{ readonly plans: PlanStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`${name} keep every version`, () => {
    let plans: PlanStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ plans, close } = await open());
    });
    afterAll(() => close());

    it('begins as a draft, version 1, with its basis', async () => {
      await plans.complete(planned('first'), basisOf('m1'));
      expect(await plans.life('first')).toMatchObject({ state: 'draft', version: 1, log: [] });
      expect(await plans.versions('first')).toMatchObject([{ version: 1, change: { kind: 'planned' }, content: 1 }]);
      expect(await plans.version('first', 1)).toMatchObject({ plan: planned('first'), basis: { matrices: 'm1' } });
      expect(await plans.version('first', 2)).toBeUndefined();
    });

    it('knows no life of what is not planned', async () => {
      await plans.request({
        planId: 'asked',
        serviceDate: '2026-10-06',
        trigger: 'dispatcher',
        requestedAt: evening,
        status: 'requested',
      });
      expect(await plans.life('asked')).toBeUndefined();
      expect(await plans.versions('asked')).toEqual([]);
      expect(await plans.version('unknown', 1)).toBeUndefined();
    });

    it('adds versions and keeps the old ones as they were', async () => {
      await plans.complete(planned('more'), basisOf('m1'));
      for (const version of [2, 3]) {
        const life = await lifeOf(plans, 'more');
        expect(await plans.append({ ...life, version }, next('more', version))).toBe(true);
      }
      expect((await plans.versions('more')).map(({ version }) => version)).toEqual([1, 2, 3]);
      expect((await plans.version('more', 1))?.plan).toEqual(planned('more'));
      expect((await plans.version('more', 2))?.plan.totals.costVnd).toBe(2);
      expect((await plans.get('more'))?.totals.costVnd).toBe(3);
      expect(await plans.summary('more')).toMatchObject({ version: 3, state: 'draft', totals: { costVnd: 3 } });
    });

    it('lets one of many who saw the same version add the next', async () => {
      await plans.complete(planned('race'), basisOf('m1'));
      const life = await lifeOf(plans, 'race');
      const won = await Promise.all(
        ['an', 'binh', 'chi', 'dung'].map((by, index) =>
          plans.append({ ...life, version: 2 }, next('race', 2, by, 100 + index)),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const winner = ['an', 'binh', 'chi', 'dung'][won.indexOf(true)];
      expect((await plans.versions('race')).map(({ by }) => by)).toEqual(['dispatcher', winner]);
      expect((await plans.get('race'))?.totals.costVnd).toBe(100 + won.indexOf(true));
    });

    it('moves a life on only from where it was seen, and shows it in the list', async () => {
      await plans.complete(planned('moved'), basisOf('m1'));
      const life = await lifeOf(plans, 'moved');
      const outcome = publish(life, { by: 'an', at: evening + 60_000, why: 'checked' });
      if (!outcome.ok) throw new Error(outcome.reason);
      expect(await plans.move(outcome.life)).toBe(true);
      expect(await plans.move(outcome.life)).toBe(false);
      expect(await plans.append({ ...life, version: 2 }, next('moved', 2))).toBe(false);
      expect(await plans.life('moved')).toMatchObject({
        state: 'published',
        publishedVersion: 1,
        log: [{ act: 'published', by: 'an', why: 'checked', version: 1 }],
      });
      const { plans: listed } = await plans.list({ limit: 50 });
      expect(listed.find(({ planId }) => planId === 'moved')).toMatchObject({
        state: 'published',
        publishedVersion: 1,
        publishedAt: evening + 60_000,
      });
    });

    it('does not plan a plan again that has versions', async () => {
      await plans.complete(planned('again'), basisOf('m1'));
      await plans.append({ ...(await lifeOf(plans, 'again')), version: 2 }, next('again', 2));
      await plans.complete(planned('again', 7), basisOf('m7'));
      expect(await plans.life('again')).toMatchObject({ version: 2 });
      expect((await plans.get('again'))?.totals.costVnd).toBe(2);
    });

    it('gives a version the lines that were drawn after it was made, and only that one', async () => {
      await plans.complete(planned('drawn'), basisOf('m1'));
      for (const version of [2, 3]) {
        const { plan, ...rest } = next('drawn', version);
        const awaited = { ...rest, plan: { ...plan, linesToFollow: 4 } };
        expect(await plans.append({ ...(await lifeOf(plans, 'drawn')), version }, awaited)).toBe(true);
      }
      expect(await plans.get('drawn')).toMatchObject({ linesToFollow: 4 });
      await plans.keepLines('drawn', 3, []);
      await plans.keepLines('drawn', 3, []);
      expect((await plans.get('drawn'))?.linesToFollow).toBeUndefined();
      expect((await plans.version('drawn', 3))?.plan.linesToFollow).toBeUndefined();
      expect((await plans.version('drawn', 2))?.plan.linesToFollow).toBe(4);
    });

    it('keeps matrices by their content, ways that do not exist included', async () => {
      const matrices = {
        distanceMetres: [
          [0, 1_234_567],
          [null, 0],
        ],
        durationSeconds: [
          [0, 70_000],
          [null, 0],
        ],
      };
      const kept = await plans.keepMatrices(matrices);
      expect(await plans.keepMatrices(structuredClone(matrices))).toBe(kept);
      expect(await plans.matrices(kept)).toEqual(matrices);
      expect(await plans.matrices('0123456789abcdef.1')).toBeUndefined();
    });
  });
};

versionsContract('The in-memory plans', async () => ({ plans: memoryPlans(), close: async () => {} }));
versionsContract('The DynamoDB plans', async () => {
  const table = await openTestTable();
  return { plans: dynamodbPlans(table), close: () => table.close() };
});

describe('Plans in DynamoDB', () => {
  let table: Awaited<ReturnType<typeof openTestTable>>;
  beforeAll(async () => {
    table = await openTestTable();
  });
  afterAll(() => table.close());

  it('reads plans from before plans had versions, and lets them be published', async () => {
    const plans = dynamodbPlans(table);
    await plans.complete(planned('old'));
    // What they were: a summary and a body, and nothing else.
    const [{ body, summary }] = [await stored(table, 'old')];
    const { state: _s, version: _v, ...line } = summary;
    await table.client.send(
      new PutCommand({ TableName: table.tableName, Item: { pk: 'plan#old', sk: 'summary', summary: line, body } }),
    );
    expect(await plans.get('old')).toEqual(planned('old'));
    expect(await plans.life('old')).toMatchObject({ revision: 0, state: 'draft', version: 1 });
    expect(await plans.versions('old')).toMatchObject([{ version: 1 }]);
    expect((await plans.version('old', 1))?.plan).toEqual(planned('old'));
    const outcome = publish(await lifeOf(plans, 'old'), { by: 'an', at: evening });
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(await plans.move(outcome.life)).toBe(true);
    expect(await plans.move(outcome.life)).toBe(false);
    expect(await plans.life('old')).toMatchObject({ revision: 1, state: 'published' });
    expect((await plans.version('old', 1))?.plan).toEqual(planned('old'));
  });

  it('finds nothing of a version whose writer died before the plan named it', async () => {
    const plans = dynamodbPlans(table);
    await plans.complete(planned('crash'), basisOf('m1'));
    const before = await stored(table, 'crash');
    await writeVersion(table, next('crash', 2, 'ghost', 666), before.head);
    expect(await plans.versions('crash')).toHaveLength(1);
    expect((await plans.get('crash'))?.totals.costVnd).toBe(250_000);
    expect(await plans.append({ ...(await lifeOf(plans, 'crash')), version: 2 }, next('crash', 2, 'an'))).toBe(true);
    expect((await plans.versions('crash')).map(({ by }) => by)).toEqual(['dispatcher', 'an']);
  });
});

type Item = { readonly body: object; readonly head?: string; readonly summary: Readonly<Record<string, unknown>> };

const stored = async (table: Awaited<ReturnType<typeof openTestTable>>, planId: string): Promise<Item> => {
  const key = { pk: `plan#${planId}`, sk: 'summary' };
  const { Item } = await table.client.send(new GetCommand({ TableName: table.tableName, Key: key }));
  if (Item === undefined) throw new Error(`No plan ${planId}`);
  return Item as Item;
};

describe('The bytes of matrices', () => {
  const square = (values: fc.Arbitrary<number | null>) =>
    fc.integer({ min: 1, max: 6 }).chain((size) =>
      fc.record({
        distanceMetres: fc.array(fc.array(values, { minLength: size, maxLength: size }), {
          minLength: size,
          maxLength: size,
        }),
        durationSeconds: fc.array(fc.array(values, { minLength: size, maxLength: size }), {
          minLength: size,
          maxLength: size,
        }),
      }),
    );
  it.each([
    ['whole numbers', fc.option(fc.integer({ min: 0, max: 0xffffff }))],
    ['fractions', fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0))],
  ])('are what they were made of: %s', (_kind, values) => {
    fc.assert(
      fc.property(square(values), (matrices) => {
        expect(matricesFromBytes(matricesToBytes(matrices))).toEqual(matrices);
      }),
    );
  });
});
