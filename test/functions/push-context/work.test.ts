import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logger } from '../../../shared/lambda/observability.ts';
import { contextBrokerSchema } from '../../../shared/open-data/context-push/context-broker.ts';
import { type NgsiBroker, startNgsiBroker } from '../../support/ngsi-broker.ts';
import { MINUTE, NOW } from '../../support/ngsi-city.ts';
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

describe('A message that is none', () => {
  it('goes back to its queue', async () => {
    const { work } = await setUp();
    expect(await work([{ messageId: '7', body: 'hello' }])).toEqual(['7']);
    expect(broker.requests).toEqual([]);
  });
});
