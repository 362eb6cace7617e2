import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logger } from '../../../shared/lambda/observability.ts';
import { contextBrokerSchema } from '../../../shared/open-data/context-push/context-broker.ts';
import { type NgsiBroker, startNgsiBroker } from '../../support/ngsi-broker.ts';
import { MINUTE, NOW } from '../../support/ngsi-city.ts';
import { city as cityProfile } from '../../support/small-city.ts';
import { BIN_1, DAY, openPushCity } from './push-city.ts';

let broker: NgsiBroker;
beforeEach(async () => {
  for (const method of ['info', 'warn', 'error'] as const) vi.spyOn(logger, method).mockReturnValue();
  broker = await startNgsiBroker();
});
afterEach(async () => {
  await broker.close();
  vi.restoreAllMocks();
});

type Rest = Parameters<typeof openPushCity> extends [unknown, ...infer Others] ? Others : never;
const setUp = (...rest: Rest) => openPushCity(broker, ...rest);

describe('A broker that is down', () => {
  it('for a day is left alone longer and longer, and then told the newest state of everything', async () => {
    const { sweep, fill, clock, ledger, refused } = await setUp();
    await sweep();
    const before = broker.requests.length;
    broker.behaveAs((_, response) => {
      broker.reply(response, 503, { detail: 'down' });
      return 'answered';
    });
    for (let minute = 1; minute < 24 * 60; minute += 1) {
      if (minute % 30 === 0) await fill(minute, 10 + ((minute / 30) % 80));
      clock.at = NOW + minute * MINUTE;
      await sweep();
    }
    // Every quarter of an hour at the most often once it is known to be down; never never.
    const attempts = broker.requests.length - before;
    expect(attempts).toBeGreaterThan(24 * 4 - 1);
    expect(attempts).toBeLessThan(24 * 10);
    expect((await ledger.standing('ioc'))?.reason).toContain('503');
    broker.behaveAs(() => 'usual');
    clock.at = NOW + DAY + 15 * MINUTE;
    await sweep();
    expect(broker.values(BIN_1)).toMatchObject({ fillingLevel: 0.1 + 0.47 });
    expect(await ledger.standing('ioc')).toMatchObject({ failures: 0 });
    expect(refused).toEqual([]);
  });

  it.each([
    ['401', 401],
    ['404', 404],
    ['a redirect', 302],
    ['429', 429],
    ['500', 500],
  ])('or answers %s is asked again, and nothing is given up', async (_, status) => {
    const { sweep, clock, refused } = await setUp();
    broker.behaveAs((__, response) => {
      response.writeHead(status, { location: `${broker.origin}/elsewhere`, 'retry-after': '120' });
      response.end();
      return 'answered';
    });
    await sweep();
    expect(broker.requests).toHaveLength(1);
    clock.at += 119_000;
    await sweep();
    expect(broker.requests).toHaveLength(1);
    broker.behaveAs(() => 'usual');
    clock.at += 1_000;
    await sweep();
    expect(broker.entities.size).toBe(6);
    expect(refused).toEqual([]);
  });

  it('or never answers is waited for so long and no longer', async () => {
    const { sweep, ledger } = await setUp({}, { timeoutMs: 100 });
    broker.behaveAs(() => 'answered');
    await sweep();
    expect((await ledger.standing('ioc'))?.reason).toContain('Timeout');
  });

  it('keeps nothing from the others', async () => {
    const { sweep, registry } = await setUp();
    const down = contextBrokerSchema.parse({
      id: 'down',
      endpoint: `${broker.origin.replace('127.0.0.1', 'localhost')}/x`,
    });
    const [up] = (await registry.get('city', 'tdm'))?.contextBrokers ?? [];
    if (up === undefined) throw new Error('no broker');
    await registry.put('city', { ...cityProfile, contextBrokers: [down, up] });
    await sweep();
    expect(broker.entities.size).toBe(6);
  });
});

describe('Order', () => {
  it('holds whatever happens: a broker never sees an older state after a newer one, and ends with the newest', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.record({
              kind: fc.constant('reading' as const),
              minutesAgo: fc.integer({ min: 0, max: 30 }),
              percent: fc.integer({ min: 0, max: 99 }),
            }),
            fc.record({
              kind: fc.constant('sweeps' as const),
              at: fc.constantFrom(1, 2, 3),
              minutes: fc.integer({ min: 0, max: 20 }),
            }),
            fc.record({ kind: fc.constant('broker' as const), answers: fc.constantFrom('usual', 'down', 'lost') }),
          ),
          { minLength: 5, maxLength: 25 },
        ),
        async (steps) => {
          broker.entities.clear();
          broker.history.length = 0;
          const { sweep, fill, clock, sensorStates } = await setUp({ throttleSeconds: 0, types: ['WasteContainer'] });
          for (const step of steps) {
            if (step.kind === 'reading') await fill((clock.at - NOW) / MINUTE - step.minutesAgo, step.percent);
            else if (step.kind === 'sweeps') {
              clock.at += step.minutes * MINUTE;
              await Promise.all(Array.from({ length: step.at }, sweep));
            } else {
              broker.behaveAs((request, response) => {
                if (step.answers === 'usual') return 'usual';
                // Taken, and the answer got lost.
                if (step.answers === 'lost')
                  for (const each of request.body as { id: string }[]) broker.history.push(each);
                broker.reply(response, 502);
                return 'answered';
              });
            }
          }
          broker.behaveAs(() => 'usual');
          clock.at += 20 * MINUTE;
          await sweep();
          const seen = broker.history
            .filter(({ id }) => id === BIN_1)
            .map((entity) => {
              const { observedAt } = (entity.fillingLevel ?? {}) as { observedAt?: string };
              return Date.parse(observedAt ?? '');
            });
          expect(seen).toEqual(seen.toSorted((a, b) => a - b));
          const [state] = await sensorStates.get(['b1']);
          expect(seen.at(-1)).toBe(state?.latest.fillDistance?.measuredAt);
        },
      ),
      { numRuns: 40 },
    ));
});

describe('Two runs at once', () => {
  it('do not overtake each other: the second finds the broker held, the third tells the newer state', async () => {
    const { sweep, fill } = await setUp({ throttleSeconds: 0, types: ['WasteContainer'] });
    const arrived = Promise.withResolvers<() => void>();
    broker.behaveAs((_, response) => {
      arrived.resolve(() => broker.reply(response, 204));
      return 'answered';
    });
    const first = sweep();
    const answer = await arrived.promise;
    await fill(1, 90);
    expect(await sweep()).toEqual([]);
    expect(broker.requests).toHaveLength(1);
    broker.behaveAs(() => 'usual');
    answer();
    await first;
    await sweep();
    expect(broker.values(BIN_1)).toMatchObject({ fillingLevel: 0.9 });
  });
});
