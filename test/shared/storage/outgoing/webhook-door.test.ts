import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outgoingWebhookSecretId } from '../../../../events/outgoing-webhooks.ts';
import { messageOf } from '../../../../shared/routing/webhooks/plan-event.ts';
import { signedHeaders } from '../../../../shared/routing/webhooks/sign.ts';
import { webhookSchema } from '../../../../shared/routing/webhooks/webhook.ts';
import { httpWebhookDoor } from '../../../../shared/storage/outgoing/webhook-door.ts';

const AT = Date.UTC(2026, 10, 22, 22);
const answer = { status: 204, headers: {} as Record<string, string>, body: '' };
const received: { headers: IncomingHttpHeaders; body: string }[] = [];
const server = createServer(async (request, response) => {
  received.push({ headers: request.headers, body: await text(request) });
  response.writeHead(answer.status, answer.headers).end(answer.status === 204 ? undefined : answer.body);
});
let origin: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  Object.assign(answer, { status: 204, headers: {}, body: '' });
  received.length = 0;
});

const message = messageOf('tdm', 'plan.published', {
  planId: 'plan-1',
  serviceDate: '2026-11-23',
  version: 1,
  state: 'published',
  since: AT,
});

const deliver = (to = origin, origins = new Set([origin])) =>
  httpWebhookDoor({
    origins,
    secrets: { get: async (id) => `secret of ${id}` },
    secretId: (of) => outgoingWebhookSecretId('', of),
    clock: () => AT,
    timeoutMs: 30_000,
  }).deliver(webhookSchema.parse({ id: 'erp', url: `${to}/hook` }), { id: 'plan-1.1.published', message });

describe('A message to a receiver', () => {
  it('is signed with its host’s secret over exactly the bytes that are sent', async () => {
    expect(await deliver()).toEqual({ status: 'taken' });
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(JSON.parse(body)).toEqual(message);
    const secret = `secret of ${outgoingWebhookSecretId('', origin)}`;
    expect(headers).toMatchObject(signedHeaders(secret, { id: 'plan-1.1.published', at: AT, body }));
    expect(headers['content-type']).toBe('application/json');
  });

  it('comes again when it is not taken, in the receiver’s words and when it wants', async () => {
    Object.assign(answer, { status: 503, headers: { 'retry-after': '120' }, body: 'closed\nfor the night' });
    expect(await deliver()).toEqual({
      status: 'unavailable',
      reason: '503 closed for the night',
      retryAfterMs: 120_000,
    });
  });

  it('follows no redirect', async () => {
    Object.assign(answer, { status: 302, headers: { location: `${origin}/elsewhere` } });
    expect(await deliver()).toMatchObject({ status: 'unavailable' });
    expect(received).toHaveLength(1);
  });

  it('goes nowhere that the deployment does not name', async () => {
    expect(await deliver(origin, new Set())).toEqual({
      status: 'unavailable',
      reason: 'this deployment does not let the city call that origin',
    });
    expect(received).toEqual([]);
  });

  it('says so when nobody is there', async () => {
    expect(await deliver('http://127.0.0.1:9', new Set(['http://127.0.0.1:9']))).toMatchObject({
      status: 'unavailable',
      reason: expect.any(String),
    });
  });
});
