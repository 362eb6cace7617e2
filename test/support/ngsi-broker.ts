import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faultsOfNormalized, simplifiedOf } from './ngsi-models.ts';

type Json = Readonly<Record<string, unknown>>;
export type BrokerRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
};
type Behaviour = (request: BrokerRequest, response: ServerResponse) => 'answered' | 'usual';

const readBody = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
};

const contextIsInside = (entity: Json): boolean => {
  const context = entity['@context'];
  return typeof context === 'object' && context !== null && Object.hasOwn(context, String(entity.type));
};

/**
 * A small NGSI-LD broker on a port of its own: it takes batch upserts and deletes as ETSI GS CIM 009, 5.6.8 and 5.6.10, describe them,
 * holds every entity to its Smart Data Model, and refuses what is not valid with a 207. `behave` may answer in its stead.
 */
export const startNgsiBroker = async (port = 0) => {
  const entities = new Map<string, Json>();
  /** Every state that an entity was ever in, in the order of arrival. */
  const history: Json[] = [];
  const requests: BrokerRequest[] = [];
  const faults: string[] = [];
  let behave: Behaviour = () => 'usual';

  const upsert = (body: readonly Json[]) => {
    const created: string[] = [];
    const errors: { entityId: string; error: { status: number; detail: string } }[] = [];
    for (const entity of body) {
      const entityId = String(entity.id);
      const wrong = [
        ...faultsOfNormalized(entity),
        ...(contextIsInside(entity) ? [] : ['its type means nothing here']),
      ];
      if (wrong.length > 0) {
        faults.push(...wrong);
        errors.push({ entityId, error: { status: 400, detail: wrong.join('; ') } });
        continue;
      }
      if (!entities.has(entityId)) created.push(entityId);
      entities.set(entityId, entity);
      history.push(entity);
    }
    return { created, errors };
  };

  const reply = (response: ServerResponse, status: number, body?: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };

  const usual = ({ url, body }: BrokerRequest, response: ServerResponse): void => {
    if (url.endsWith('/entityOperations/delete')) {
      for (const id of body as string[]) entities.delete(id);
      reply(response, 204);
      return;
    }
    if (!url.endsWith('/entityOperations/upsert')) {
      reply(response, 404, { detail: url });
      return;
    }
    const { created, errors } = upsert(body as Json[]);
    if (errors.length > 0) reply(response, 207, { success: created, errors });
    else if (created.length > 0) reply(response, 201, created);
    else reply(response, 204);
  };

  const server = createServer(async (incoming, response) => {
    const request = { url: incoming.url ?? '', headers: incoming.headers, body: JSON.parse(await readBody(incoming)) };
    requests.push(request);
    if (behave(request, response) === 'usual') usual(request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    endpoint: `${origin}/ngsi-ld/v1`,
    entities,
    history,
    requests,
    faults,
    reply,
    /** The bare values of an entity that it holds. */
    values: (id: string): Json | undefined => {
      const entity = entities.get(id);
      return entity && simplifiedOf(entity);
    },
    behaveAs: (next: Behaviour): void => {
      behave = next;
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
export type NgsiBroker = Awaited<ReturnType<typeof startNgsiBroker>>;
