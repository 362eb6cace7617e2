import * as z from 'zod';
import { parseJson } from '../../../events/parse-json.ts';
import type { ContextBroker } from '../../open-data/context-push/context-broker.ts';
import type { BrokerDoor, PushOutcome, PushRequest } from '../../open-data/context-push/ports.ts';
import { contextOfType } from '../../open-data/ngsi-ld/vocabulary.ts';
import { boundedText } from '../outgoing/bounded-text.ts';
import { post } from '../outgoing/post.ts';
import { retryAfter, shortly } from '../outgoing/words.ts';
import type { SecretStore } from '../secrets.ts';

export type HttpDoorOptions = {
  readonly cityId: string;
  /** Origins that the deployment lets the city call; no other is ever called. */
  readonly origins: ReadonlySet<string>;
  readonly secrets: SecretStore;
  /** The id of a host's secret. */
  readonly secretId: (origin: string) => string;
  readonly timeoutMs?: number;
};

const MOST_ANSWER_BYTES = 1_048_576;

type Message = { readonly url: string; readonly body: string };

/** 5.3.1: what a subscriber of NGSI-LD gets. */
const notificationOf = (
  cityId: string,
  broker: ContextBroker,
  request: Extract<PushRequest, { kind: 'entities' }>,
) => ({
  '@context': contextOfType(request.type),
  id: `urn:ngsi-ld:Notification:${cityId}:${broker.id}:${request.type}:${request.at}`,
  type: 'Notification',
  subscriptionId: `urn:ngsi-ld:Subscription:${cityId}:${broker.id}`,
  notifiedAt: new Date(request.at).toISOString(),
  data: request.entities,
});

/** With the @context inside: no broker has to fetch it from a city that it may not reach. */
const messageOf = (cityId: string, broker: ContextBroker, request: PushRequest): Message => {
  const { endpoint, mode } = broker;
  if (request.kind === 'gone')
    return { url: `${endpoint}/entityOperations/delete`, body: JSON.stringify(request.entityIds) };
  if (mode === 'notify') return { url: endpoint, body: JSON.stringify(notificationOf(cityId, broker, request)) };
  const context = contextOfType(request.type);
  const entities = request.entities.map((entity) => ({ ...entity, '@context': context }));
  // Without options an entity that is known is replaced: what is no longer known of it goes.
  return { url: `${endpoint}/entityOperations/upsert`, body: JSON.stringify(entities) };
};

const headersOf = async (
  { secrets, secretId }: HttpDoorOptions,
  { endpoint, secretHeader, tenant }: ContextBroker,
  kind: PushRequest['kind'],
): Promise<Record<string, string>> => ({
  'content-type': kind === 'gone' ? 'application/json' : 'application/ld+json',
  accept: 'application/json',
  ...(tenant !== undefined && { 'ngsild-tenant': tenant }),
  ...(secretHeader !== undefined && { [secretHeader]: await secrets.get(secretId(new URL(endpoint).origin)) }),
});

/** 5.2.16, the answer to a batch of which some were not taken. */
const batchResultSchema = z.object({
  errors: z.array(z.looseObject({ entityId: z.string(), error: z.unknown() })),
});

/** Some brokers name an entity in error that was not sent, or none; then the whole request counts as refused. */
const partlyTaken = (text: string): PushOutcome => {
  const parsed = batchResultSchema.safeParse(parseJson(text));
  if (!parsed.success) return { status: 'refused', reason: `207 with an answer that is none: ${shortly(text)}` };
  const refused = parsed.data.errors.map(({ entityId, error }) => ({
    entityId,
    reason: shortly(JSON.stringify(error)),
  }));
  return { status: 'taken', refused };
};

/** Statuses that say something of the entities, not of the broker, the way to it or our rights there. */
const aboutContent = new Set([400, 409, 413, 415, 422]);

const outcomeOf = async (response: Response): Promise<PushOutcome> => {
  const text = await boundedText(response, MOST_ANSWER_BYTES);
  if (response.status === 207) return partlyTaken(text);
  if (response.ok) return { status: 'taken', refused: [] };
  const reason = shortly(`${response.status} ${text}`);
  if (aboutContent.has(response.status)) return { status: 'refused', reason };
  return { status: 'unavailable', reason, ...retryAfter(response.headers.get('retry-after')) };
};

/** Context brokers over HTTP, as `post` calls them; an answer is read up to a megabyte. */
export const httpBrokerDoor = (options: HttpDoorOptions): BrokerDoor => ({
  send: (broker, request) =>
    post(
      options,
      broker.endpoint,
      async () => ({
        ...messageOf(options.cityId, broker, request),
        headers: await headersOf(options, broker, request.kind),
      }),
      outcomeOf,
    ),
});
