import { createServer, type Server, type TLSSocket } from 'node:tls';
import { Aedes, type Client, type PublishPacket } from 'aedes';
import { faultOf, type Identity, identify, refusalOf } from './authorization.ts';
import { type GuardedStream, guardedStream } from './frame-guard.ts';

export type BrokerMessage = {
  readonly topic: string;
  readonly payload: Buffer;
  /** Equal to the certificate's common name: the broker vouches for it. */
  readonly clientId: string;
  /** SHA-256 thumbprint of the certificate, lower-case hexadecimal. */
  readonly principal: string;
  /** UTC epoch milliseconds. */
  readonly receivedAt: number;
};

export type BrokerOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** PEM. */
  readonly pki: { readonly ca: string; readonly server: { readonly certificate: string; readonly key: string } };
  /** As AWS IoT Core: 128 KB. A longer publish ends the connection. */
  readonly maxPayloadBytes?: number;
  /** Resolves when the message is safe; only then is it acknowledged. A rejection ends the connection, and the client sends again. */
  readonly onMessage: (message: BrokerMessage) => Promise<void>;
  /** Whether a thing of this name may connect at all; absent = every certificate of the authority. */
  readonly isRegistered?: (thingName: string) => Promise<boolean>;
  /** Whether the certificate of this thumbprint (as in `principal`) may no longer be used. */
  readonly isRevoked?: (principal: string) => boolean;
  readonly log?: (event: string, detail: Readonly<Record<string, unknown>>) => void;
  /** UTC epoch milliseconds. */
  readonly clock?: () => number;
};

export type Broker = {
  readonly port: number;
  readonly connectedClients: () => number;
  /** Connections, subscriptions and messages refused since the start. */
  readonly refusals: () => number;
  /** Takes no more messages, waits for those under way, closes every connection. */
  readonly close: () => Promise<void>;
};

type Log = NonNullable<BrokerOptions['log']>;
type Connection = { readonly identity: Identity | undefined; readonly guarded: GuardedStream };
type Connections = WeakMap<Client, Connection>;

const DEFAULT_MAX_PAYLOAD_BYTES = 131_072;
/** Fixed header's remainder of a PUBLISH: a topic of at most 256 bytes in AWS IoT Core, its length, the packet id. */
const FRAME_OVERHEAD_BYTES = 512;
const HANDSHAKE_TIMEOUT_MS = 30_000;
/** Packets that a client may send behind its CONNECT without waiting for the answer. */
const EARLY_PACKETS = 1_000;

/**
 * An MQTT 3.1.1 broker over mutual TLS that behaves towards devices as AWS IoT Core does: a device is its certificate, may do
 * what its policy says, and is disconnected when it tries more. QoS 0 and 1, no retained messages, sessions end with the
 * process. A client with too much under way is not read from, so a slow `onMessage` slows the
 * clients down.
 */
export const startBroker = async (options: BrokerOptions): Promise<Broker> => {
  let refusals = 0;
  const log: Log = (event, detail) => {
    if (event.startsWith('refused')) refusals += 1;
    options.log?.(event, detail);
  };
  const connections: Connections = new WeakMap();
  const intake = messageIntake(options, connections, log);
  const aedes = await createAedes(options, connections, intake.accept, log);
  const sockets = new Set<TLSSocket>();
  const server = createTlsServer(options, log);
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const identity = identify(socket.getPeerCertificate());
    const guarded = guardedStream(socket, {
      maxFrameBytes: (options.maxPayloadBytes ?? DEFAULT_MAX_PAYLOAD_BYTES) + FRAME_OVERHEAD_BYTES,
      onOversized: (frameBytes) => log('refused-oversized', { clientId: identity?.thingName, frameBytes }),
    });
    connections.set(aedes.handle(guarded.stream), { identity, guarded });
  });
  const port = await listen(server, options.port, options.host);

  return {
    port,
    connectedClients: () => aedes.connectedClients,
    refusals: () => refusals,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await intake.drain();
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

type Accept = (client: Client | null, packet: PublishPacket) => Promise<void>;

const createAedes = (
  { isRegistered, isRevoked }: BrokerOptions,
  connections: Connections,
  accept: Accept,
  log: Log,
): Promise<Aedes> =>
  Aedes.createBroker({
    queueLimit: EARLY_PACKETS,
    maxClientsIdLength: 64,
    authenticate: async (client, _username, _password, done) => {
      const identity = connections.get(client)?.identity;
      const refusal = await refusalOf(client, identity, isRegistered, isRevoked);
      if (refusal === undefined) return done(null, true);
      const { message: reason, returnCode } = refusal;
      log('refused-connection', { clientId: client.id, thingName: identity?.thingName, returnCode, reason });
      done(refusal, false);
    },
    // aedes acknowledges QoS 1 as soon as a publish is authorized, before it publishes: so this is where a message must
    // become safe.
    authorizePublish: (client, packet, done) => {
      accept(client, packet).then(
        () => done(null),
        (error: Error) => done(error),
      );
    },
    authorizeSubscribe: (client, subscription, done) => {
      const may = connections.get(client)?.identity?.may;
      const allowed = may?.('iot:Subscribe', `topicfilter/${subscription.topic}`) ?? false;
      if (!allowed) log('refused-subscription', { clientId: client.id, topicFilter: subscription.topic });
      done(null, allowed ? subscription : null);
    },
    authorizeForward: (client, packet) =>
      connections.get(client)?.identity?.may('iot:Receive', `topic/${packet.topic}`) ? packet : null,
  }).then((aedes) => {
    aedes.on('clientError', (client, error) => log('client-error', { clientId: client.id, error: error.message }));
    aedes.on('connectionError', (_client, error) => log('connection-error', { error: error.message }));
    return aedes;
  });

/** Takes messages one by one; a rejection makes the broker close the connection without an acknowledgement. */
const messageIntake = (
  { onMessage, isRevoked, clock = Date.now, maxPayloadBytes = DEFAULT_MAX_PAYLOAD_BYTES }: BrokerOptions,
  connections: Connections,
  log: Log,
): { readonly accept: Accept; readonly drain: () => Promise<void> } => {
  const inFlight = new Set<Promise<void>>();
  let draining = false;

  const hand = async (client: Client, identity: Identity, packet: PublishPacket): Promise<void> => {
    const { topic, qos } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const fault = isRevoked?.(identity.principal)
      ? 'the certificate is revoked'
      : faultOf(packet, identity.may, payload.length, maxPayloadBytes);
    if (fault !== undefined) {
      log('refused-message', { clientId: client.id, topic, bytes: payload.length, reason: fault });
      throw new Error(fault);
    }
    try {
      await onMessage({ topic, payload, clientId: client.id, principal: identity.principal, receivedAt: clock() });
    } catch (error) {
      log('message-not-taken', { clientId: client.id, topic, qos, error: String(error) });
      // Nobody waits for an answer to QoS 0; closing the connection would only cost the next message too.
      if (qos !== 0) throw error;
    }
  };

  return {
    accept: (client, packet) => {
      const connection = client === null ? undefined : connections.get(client);
      if (client === null || connection?.identity === undefined) {
        return Promise.reject(new Error('a message from nobody'));
      }
      if (draining) return Promise.reject(new Error('the broker is closing'));
      const release = connection.guarded.hold(packet.payload.length);
      const handed = hand(client, connection.identity, packet).finally(() => {
        inFlight.delete(handed);
        release();
      });
      inFlight.add(handed);
      return handed;
    },
    drain: async () => {
      draining = true;
      await Promise.allSettled(inFlight);
      // One turn for their acknowledgements to be written.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};

const createTlsServer = ({ pki }: BrokerOptions, log: Log): Server => {
  const server = createServer({
    ca: pki.ca,
    cert: pki.server.certificate,
    key: pki.server.key,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  server.on('tlsClientError', (error) => log('refused-handshake', { error: error.message }));
  return server;
};

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
