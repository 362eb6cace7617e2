import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { lorawanNetworks } from '../../events/topic-rules.ts';
import type { UplinkMessage } from '../../events/uplink-message.ts';
import { type WebhookSender, webhookSecretId } from '../../events/webhook-senders.ts';
import { entityIdSchema } from '../../shared/city/entities.ts';
import type { HttpAnswer } from '../../shared/lambda/answer.ts';
import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import { operation } from '../../shared/lambda/operation.ts';
import { invalidRequest, ProblemError, problemSchema } from '../../shared/lambda/problem.ts';
import type { SecretStore } from '../../shared/storage/secrets.ts';
import type { UplinkQueue } from '../../shared/storage/sqs/uplink-queue.ts';
import { demandSecret } from './authorize.ts';

export type WebhookParts = {
  readonly queue: UplinkQueue;
  readonly secrets: SecretStore;
  readonly secretPrefix: string;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

/** IoT Core's limit for one message, which holds for this door too. */
const MAX_BODY_BYTES = 128 * 1_024;

const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

type Identity = Pick<UplinkMessage, 'envelope' | 'sensorId'>;

/** Asks who it is, and hands the body over as it is: what it says is judged behind the queue, where nothing is lost. */
const take = async (
  { queue, secrets, secretPrefix, clock }: WebhookParts,
  event: APIGatewayProxyEventV2,
  sender: WebhookSender,
  identity: Identity,
): Promise<HttpAnswer> => {
  demandSecret(event.headers.authorization, await secrets.get(webhookSecretId(secretPrefix, sender)));
  const bytes = bytesOf(event);
  if (bytes.length === 0) throw invalidRequest([{ in: 'body', field: '', message: 'The body is empty' }]);
  if (bytes.length > MAX_BODY_BYTES) {
    const detail = `${bytes.length} bytes, at most ${MAX_BODY_BYTES} are taken`;
    throw new ProblemError({ status: 413, kind: 'payload-too-large', detail });
  }
  const payloadBase64 = bytes.toString('base64');
  await queue.send({ ...identity, payloadBase64, topic: '', door: 'webhook', receivedAt: clock() });
  return { statusCode: 202 };
};

const problem = (description: string) => ({ description, content: { 'application/problem+json': problemSchema } });

const responses = {
  202: {
    description:
      'Safe in the queue. Whether it can be read turns out behind it: refused messages are kept with their reason',
  },
  400: problem('No body, or a path that names no sender'),
  401: problem('No secret, or not the right one'),
  413: problem('More than 128 KB'),
};

/** Networks add parameters of their own (`?event=up`, `?LrnDevEui=...`), which say nothing that the body does not. */
const anyQuery = z.looseObject({});

const fromNetwork = (parts: WebhookParts) => {
  const path = z.object({ network: z.enum(lorawanNetworks) });
  return operation({
    method: 'POST',
    path: '/networks/{network}',
    operationId: 'takeFromNetwork',
    summary: 'One message of a LoRaWAN network server, in its own envelope',
    pathParameters: path,
    query: anyQuery,
    responses,
    handle: ({ path: { network }, event }) => take(parts, event, network, { envelope: network }),
  });
};

const fromGateway = (parts: WebhookParts) => {
  const path = z.object({ sensorId: entityIdSchema });
  return operation({
    method: 'POST',
    path: '/sensors/{sensorId}',
    operationId: 'takeFromSensor',
    summary: 'One message of a sensor, as plain city JSON or SenML, from a gateway that speaks for sensors',
    pathParameters: path,
    query: anyQuery,
    responses,
    handle: ({ path: { sensorId }, event }) => take(parts, event, 'sensors', { envelope: 'city-json', sensorId }),
  });
};

/** The webhook, `/ingest/v1`: uplinks over HTTPS, from whoever knows the sender's secret, raw into the uplink queue. */
export const ingestWebhook = (parts: WebhookParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch ingest',
    description: 'Uplinks over HTTPS, authenticated by a secret per sender as a bearer token.',
    version: '1',
    basePath: '/ingest/v1',
    operations: [fromNetwork(parts), fromGateway(parts)],
  });
