import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contextSecretId } from '../../../events/context-push.ts';
import { pushOnce } from '../../../functions/push-context/work.ts';
import { logger } from '../../../shared/lambda/observability.ts';
import { contextBrokerSchema } from '../../../shared/open-data/context-push/context-broker.ts';
import type { RefusedEntity } from '../../../shared/open-data/context-push/ports.ts';
import { httpBrokerDoor } from '../../../shared/storage/context-broker/http-door.ts';
import { memoryPushLedger } from '../../support/memory-push-ledger.ts';
import { type NgsiBroker, startNgsiBroker } from '../../support/ngsi-broker.ts';
import { MINUTE, NOW, openNgsiCity } from '../../support/ngsi-city.ts';
import { aReading, city as cityProfile } from '../../support/small-city.ts';

const BIN_1 = 'urn:ngsi-ld:WasteContainer:tdm:bin-1';
const DAY = 24 * 60 * MINUTE;

let broker: NgsiBroker;
beforeEach(async () => {
  for (const method of ['info', 'warn', 'error'] as const) vi.spyOn(logger, method).mockReturnValue();
  broker = await startNgsiBroker();
});
afterEach(async () => {
  await broker.close();
  vi.restoreAllMocks();
});

const setUp = async (settings: object = {}, { origins = [broker.origin], timeoutMs = 30_000 } = {}) => {
  const city = await openNgsiCity();
  const contextBrokers = [contextBrokerSchema.parse({ id: 'ioc', endpoint: broker.endpoint, ...settings })];
  await city.registry.put('city', { ...cityProfile, contextBrokers });
  const ledger = memoryPushLedger();
  const refused: RefusedEntity[] = [];
  const asked: string[] = [];
  const clock = { at: NOW };
  let runs = 0;
  const work = pushOnce({
    ...city,
    ledger,
    refusals: { send: async (more) => void refused.push(...more) },
    door: httpBrokerDoor({
      cityId: 'tdm',
      origins: new Set(origins),
      secrets: {
        get: async (id) => {
          asked.push(id);
          return 'Bearer s3cret';
        },
      },
      secretId: (origin) => contextSecretId('phosach/tdm/context/', origin),
      timeoutMs,
    }),
    clock: () => clock.at,
    random: () => 0,
    newRunId: () => {
      runs += 1;
      return `run-${runs}`;
    },
  });
  const sweep = () => work([{ messageId: '1', body: '{"kind":"sweep"}' }]);
  /** The fill of bin 1 in percent, as it is known some minutes from the start. */
  const fill = (minutes: number, percent: number) =>
    city.sensorStates.record([aReading('b1', 'fillDistance', NOW + minutes * MINUTE, 1_000 - percent * 10)]);
  return { ...city, ledger, refused, asked, clock, work, sweep, fill };
};

describe('A context broker', () => {
  it('is told of every entity, by type, valid and with its @context inside', async () => {
    const { sweep } = await setUp();
    expect(await sweep()).toEqual([]);
    expect(broker.faults).toEqual([]);
    expect([...broker.entities.keys()].map((id) => id.split(':').at(-1)).toSorted()).toEqual([
      'air-1',
      'air-2',
      'bin-1',
      'bin-2',
      'bin-3',
      'water-1',
    ]);
    expect(broker.values(BIN_1)).toMatchObject({ fillingLevel: 0.75 });
    for (const { url, headers } of broker.requests) {
      expect(url).toBe('/ngsi-ld/v1/entityOperations/upsert');
      expect(headers['content-type']).toBe('application/ld+json');
      expect(headers).not.toHaveProperty('authorization');
    }
    expect(broker.requests).toHaveLength(3);
  });

  it('is told again of what changed, and of nothing else', async () => {
    const { sweep, fill, clock } = await setUp();
    await sweep();
    clock.at += MINUTE;
    await sweep();
    expect(broker.requests).toHaveLength(3);
    await fill(2, 80);
    clock.at += 2 * MINUTE;
    await sweep();
    expect(broker.requests).toHaveLength(4);
    expect(broker.requests[3]?.body).toMatchObject([{ id: BIN_1, fillingLevel: { value: 0.8 } }]);
  });

  it('that lost what it knew knows everything again after a day', async () => {
    const { sweep, clock } = await setUp({ types: ['WasteContainer'] });
    await sweep();
    broker.entities.clear();
    clock.at = NOW + DAY;
    await sweep();
    expect(broker.entities.size).toBe(3);
    clock.at += MINUTE;
    await sweep();
    expect(broker.requests).toHaveLength(2);
  });

  it('is told of one entity no more often than it wants, and then of the newest state', async () => {
    const { sweep, fill, clock } = await setUp({ throttleSeconds: 600 });
    await sweep();
    for (const minutes of [1, 2, 3]) {
      await fill(minutes, 75 + minutes);
      clock.at = NOW + minutes * MINUTE;
      await sweep();
    }
    expect(broker.values(BIN_1)).toMatchObject({ fillingLevel: 0.75 });
    clock.at = NOW + 10 * MINUTE;
    await sweep();
    expect(broker.values(BIN_1)).toMatchObject({ fillingLevel: 0.78 });
    expect(broker.history.filter(({ id }) => id === BIN_1)).toHaveLength(2);
  });

  it('gets batches, its types only, its tenant and its secret', async () => {
    const { sweep, asked } = await setUp({
      types: ['WasteContainer'],
      batchSize: 2,
      secretHeader: 'Authorization',
      tenant: 'binhduong',
    });
    await sweep();
    expect(broker.requests.map(({ body }) => (body as []).length)).toEqual([2, 1]);
    for (const { headers } of broker.requests) {
      expect(headers).toMatchObject({ authorization: 'Bearer s3cret', 'ngsild-tenant': 'binhduong' });
    }
    expect(new Set(asked)).toEqual(new Set([`phosach/tdm/context/${new URL(broker.origin).host.replace(':', '_')}`]));
  });

  it('forgets what the city no longer has', async () => {
    const { sweep, registry } = await setUp();
    await sweep();
    await registry.remove('bin', 'bin-2');
    await sweep();
    expect(broker.requests.at(-1)).toMatchObject({
      url: '/ngsi-ld/v1/entityOperations/delete',
      body: ['urn:ngsi-ld:WasteContainer:tdm:bin-2'],
    });
    expect(broker.entities.size).toBe(5);
    await sweep();
    expect(broker.requests).toHaveLength(4);
  });

  it('loses an attribute that nobody knows any more, instead of keeping an old one', async () => {
    const { sweep, clock } = await setUp();
    await sweep();
    clock.at = NOW + DAY;
    await sweep();
    expect(broker.values(BIN_1)).toMatchObject({ noDataReason: 'silent for more than a day' });
    expect(broker.values(BIN_1)).not.toHaveProperty('fillingLevel');
  });
});

describe('A receiver of notifications', () => {
  it('gets Notifications with their entities, and none of what is gone', async () => {
    const { sweep, registry } = await setUp({
      mode: 'notify',
      endpoint: `${broker.origin}/notify`,
      types: ['WasteContainer'],
    });
    broker.behaveAs((_, response) => {
      broker.reply(response, 200);
      return 'answered';
    });
    await sweep();
    await registry.remove('bin', 'bin-2');
    await sweep();
    expect(broker.requests).toHaveLength(1);
    expect(broker.requests[0]).toMatchObject({
      url: '/notify',
      body: {
        type: 'Notification',
        id: expect.stringMatching(/^urn:ngsi-ld:Notification:tdm:ioc:/),
        subscriptionId: 'urn:ngsi-ld:Subscription:tdm:ioc',
        notifiedAt: new Date(NOW).toISOString(),
        data: [{ id: BIN_1 }, {}, {}],
      },
    });
  });
});

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

describe('What a broker refuses', () => {
  it('is put aside with its reason, once, and the rest is told', async () => {
    const { sweep, refused, fill, clock } = await setUp();
    broker.behaveAs(({ body }, response) => {
      const ids = (body as { id: string }[]).map(({ id }) => id);
      if (!ids.includes(BIN_1)) return 'usual';
      broker.reply(response, 207, { success: [], errors: [{ entityId: BIN_1, error: { status: 400, detail: 'no' } }] });
      return 'answered';
    });
    await sweep();
    await sweep();
    expect(refused).toMatchObject([
      { brokerId: 'ioc', entityId: BIN_1, reason: expect.stringContaining('no'), entity: { id: BIN_1 } },
    ]);
    expect(broker.requests).toHaveLength(3);
    broker.behaveAs(() => 'usual');
    await fill(5, 90);
    clock.at += 5 * MINUTE;
    await sweep();
    expect(broker.values(BIN_1)).toMatchObject({ fillingLevel: 0.9 });
  });

  it('as a batch is found by halves', async () => {
    const { sweep, refused } = await setUp();
    broker.behaveAs(({ body }, response) => {
      if (!JSON.stringify(body).includes('bin-3')) return 'usual';
      broker.reply(response, 400, {
        type: 'https://uri.etsi.org/ngsi-ld/errors/BadRequestData',
        detail: 'not that one',
      });
      return 'answered';
    });
    await sweep();
    expect(refused.map(({ entityId }) => entityId)).toEqual(['urn:ngsi-ld:WasteContainer:tdm:bin-3']);
    expect(broker.entities.size).toBe(5);
  });
});

describe('Where the city may call', () => {
  it('is for the deployment to say, whatever the registry holds', async () => {
    const { sweep, ledger } = await setUp({}, { origins: ['https://ioc.example.vn'] });
    await sweep();
    expect(broker.requests).toEqual([]);
    expect((await ledger.standing('ioc'))?.reason).toContain('does not let the city call');
  });

  it.each([
    'ftp://ioc.example.vn/',
    'http://user:word@ioc.example.vn/',
    'https://ioc.example.vn/?a=b',
    'https://ioc.example.vn/#a',
    'ioc.example.vn',
  ])('is no address like %s', (endpoint) => {
    expect(contextBrokerSchema.safeParse({ id: 'ioc', endpoint }).success).toBe(false);
  });

  it('takes no header for a secret that carries the message', () => {
    const broken = contextBrokerSchema.safeParse({ id: 'ioc', endpoint: 'https://a.vn', secretHeader: 'Host' });
    expect(broken.success).toBe(false);
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

describe('A message that is none', () => {
  it('goes back to its queue', async () => {
    const { work } = await setUp();
    expect(await work([{ messageId: '7', body: 'hello' }])).toEqual(['7']);
    expect(broker.requests).toEqual([]);
  });
});
