import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type UplinkMessage, uplinkMessageSchema } from '../../../events/uplink-message.ts';
import { ingestWebhook, type WebhookParts } from '../../../functions/ingest-webhook/app.ts';
import { isSameSecret } from '../../../functions/ingest-webhook/authorize.ts';
import { problemSchema } from '../../../shared/lambda/problem.ts';
import { openUplink } from '../../../shared/telemetry/open-uplink.ts';
import { StoreUnavailableError } from '../../../shared/telemetry/reading-store.ts';
import { callerOf, type TestRequest } from '../../support/api-gateway.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
const SECRET = 'chirpstack-secret-of-this-city';

let queued: UplinkMessage[];
const callWith = (overrides: Partial<WebhookParts> = {}) =>
  callerOf(
    ingestWebhook({
      queue: { send: async (message) => void queued.push(message) },
      secrets: { get: async (id) => (id === 'city/webhook/chirpstack' ? SECRET : `other ${id}`) },
      secretPrefix: 'city/webhook/',
      clock: () => NOW,
      ...overrides,
    }),
  );

const post = (fields: Partial<TestRequest> = {}): TestRequest => ({
  method: 'POST',
  url: '/ingest/v1/networks/chirpstack?event=up',
  headers: { authorization: `Bearer ${SECRET}` },
  body: { data: 'AXVc' },
  ...fields,
});

describe('the webhook', () => {
  beforeEach(() => {
    queued = [];
  });

  it('puts the body raw into the uplink queue, as what the sender’s secret stands for', async () => {
    expect(await callWith()(post())).toMatchObject({ status: 202 });
    expect(queued.map((message) => uplinkMessageSchema.parse(message))).toEqual([
      {
        envelope: 'chirpstack',
        payloadBase64: Buffer.from('{"data":"AXVc"}').toString('base64'),
        topic: '',
        door: 'webhook',
        receivedAt: NOW,
      },
    ]);
  });

  it('takes bodies that are no JSON: what they are worth is judged where nothing is lost', async () => {
    expect((await callWith()(post({ body: 'rubbish' }))).status).toBe(202);
    expect(openUplink(JSON.stringify(queued[0]))).toMatchObject({ ok: false, code: 'not-json' });
  });

  it('takes plain city JSON and SenML from a gateway that speaks for a sensor', async () => {
    const call = callWith({ secrets: { get: async () => SECRET } });
    const url = '/ingest/v1/sensors/air-1';
    await call(post({ url, body: { measuredAt: NOW, values: { pm25: 31 } } }));
    await call(post({ url, body: [{ n: 'pm25', u: 'ug/m3', v: 31 }] }));
    for (const message of queued) {
      expect(openUplink(JSON.stringify(message))).toMatchObject({
        ok: true,
        value: { sensorId: 'air-1', observations: [{ quantity: 'pm25', value: 31, measuredAt: NOW }] },
      });
    }
    expect(queued).toHaveLength(2);
  });

  it.each([
    [401, 'no secret', post({ headers: {} })],
    [401, 'another scheme', post({ headers: { authorization: `Basic ${SECRET}` } })],
    [401, 'a wrong secret', post({ headers: { authorization: `Bearer ${SECRET}x` } })],
    [401, 'an empty secret', post({ headers: { authorization: 'Bearer ' } })],
    [401, 'the secret of another sender', post({ url: '/ingest/v1/networks/tts' })],
    [401, 'a network’s secret for a sensor', post({ url: '/ingest/v1/sensors/air-1' })],
    [400, 'a network we do not know', post({ url: '/ingest/v1/networks/sigfox' })],
    [400, 'a name that no sensor can have', post({ url: '/ingest/v1/sensors/%20' })],
    [400, 'an empty body', post({ body: '' })],
    [413, 'a body that is too long', post({ body: 'x'.repeat(128 * 1_024 + 1) })],
    [404, 'nothing', post({ url: '/ingest/v1/else' })],
    [405, 'a GET', { ...post(), method: 'GET' }],
  ])('answers %i to %s, in problem details, and queues nothing', async (status, _what, request) => {
    const answer = await callWith()(request);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(problemSchema.parse(JSON.parse(answer.body)).status).toBe(status);
    expect(answer.body).not.toContain(SECRET);
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
    expect(queued).toEqual([]);
  });

  it('asks to come again while secrets or queue cannot be reached', async () => {
    const unavailable = async () => {
      throw new StoreUnavailableError('down');
    };
    expect((await callWith({ secrets: { get: unavailable } })(post())).status).toBe(503);
    const failing = callWith({ queue: { send: async () => Promise.reject(new Error('the queue is gone')) } });
    expect((await failing(post())).status).toBe(500);
  });

  it('knows the right secret and no other', () => {
    expect(isSameSecret(SECRET, SECRET)).toBe(true);
    fc.assert(fc.property(fc.string(), (other) => isSameSecret(other, SECRET) === (other === SECRET)));
  });
});
