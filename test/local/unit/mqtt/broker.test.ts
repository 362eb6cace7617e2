import { connect } from 'node:tls';
import mqtt from 'mqtt';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../../../local/mqtt/broker.ts';
import type { Pki } from '../../../../local/pki/pki.ts';
import { closed, connectAs, freshPki, gate, type TestBroker, testBroker, waitUntil } from './support.ts';

let pki: Pki;
const brokers: Broker[] = [];
const start = async (options: Parameters<typeof testBroker>[1] = {}): Promise<TestBroker> => {
  const started = await testBroker(pki, options);
  brokers.push(started.broker);
  return started;
};

beforeAll(async () => {
  pki = await freshPki();
});
afterEach(async () => {
  await Promise.all(brokers.splice(0).map((broker) => broker.close()));
});

describe('a device with its certificate', () => {
  it('publishes with QoS 1 and is told that the message was taken', async () => {
    const city = await start({ clock: () => 1_767_225_600_000 });
    const device = await connectAs(city, 'BIN-1');
    await device.publishAsync('phosach/uplink/BIN-1', Buffer.from([0, 255, 128]), { qos: 1 });
    expect(city.received).toEqual([
      {
        topic: 'phosach/uplink/BIN-1',
        payload: Buffer.from([0, 255, 128]),
        clientId: 'BIN-1',
        principal: expect.stringMatching(/^[0-9a-f]{64}$/),
        receivedAt: 1_767_225_600_000,
      },
    ]);
    await device.endAsync();
  });

  it('is heard with QoS 0 too, and with an empty payload', async () => {
    const city = await start();
    const device = await connectAs(city, 'BIN-1');
    await device.publishAsync('phosach/uplink/BIN-1', '', { qos: 0 });
    await waitUntil(() => city.received.length === 1);
    expect(city.received[0]?.payload).toHaveLength(0);
    await device.endAsync();
  });

  it('leaves a last will that is a message like any other', async () => {
    const city = await start();
    const device = await connectAs(city, 'BIN-1', {
      will: { topic: 'phosach/uplink/BIN-1', payload: Buffer.from('gone'), qos: 1, retain: false },
    });
    device.stream.destroy();
    await waitUntil(() => city.received.length === 1);
    expect(String(city.received[0]?.payload)).toBe('gone');
  });

  it('may listen to its own downlinks only', async () => {
    const city = await start();
    const device = await connectAs(city, 'BIN-1');
    const granted = await device.subscribeAsync('phosach/downlink/BIN-1/#', { qos: 1 });
    expect(granted[0]?.qos).toBe(1);
    for (const filter of ['phosach/downlink/BIN-2/#', 'phosach/#', '#', 'phosach/downlink/+/config']) {
      await expect(device.subscribeAsync(filter)).rejects.toThrow();
    }
    await device.endAsync();
  });

  it('is counted while it is connected', async () => {
    const { broker, ...city } = await start();
    const device = await connectAs({ broker, ...city }, 'BIN-1');
    expect(broker.connectedClients()).toBe(1);
    await device.endAsync();
    await waitUntil(() => broker.connectedClients() === 0);
  });
});

describe('the acknowledgement', () => {
  it('of QoS 1 leaves only after the message is durable', async () => {
    const durable = gate();
    const city = await start({ onMessage: () => durable.opened });
    const device = await connectAs(city, 'BIN-1');
    let acknowledged = false;
    const publishing = device.publishAsync('phosach/uplink/BIN-1', 'x', { qos: 1 }).then(() => {
      acknowledged = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(acknowledged).toBe(false);
    durable.open();
    await publishing;
    await device.endAsync();
  });

  it('never comes when the message could not be taken: the device reconnects and sends it again', async () => {
    let attempts = 0;
    const city = await start({
      onMessage: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('disk full');
      },
    });
    const device = await connectAs(city, 'BIN-1', { reconnectPeriod: 20 });
    let drops = 0;
    device.on('close', () => {
      drops += 1;
    });
    await device.publishAsync('phosach/uplink/BIN-1', 'x', { qos: 1 });
    expect({ attempts, drops }).toEqual({ attempts: 2, drops: 1 });
    await device.endAsync();
  });

  it('is still sent for messages under way when the broker closes', async () => {
    const durable = gate();
    let handed = false;
    const { broker, ...city } = await testBroker(pki, {
      onMessage: () => {
        handed = true;
        return durable.opened;
      },
    });
    const device = await connectAs({ broker, ...city }, 'BIN-1');
    const publishing = device.publishAsync('phosach/uplink/BIN-1', 'x', { qos: 1 });
    await waitUntil(() => handed);
    let isClosed = false;
    const closing = broker.close().then(() => {
      isClosed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClosed).toBe(false);
    durable.open();
    await Promise.all([publishing, closing]);
    device.end(true);
  });
});

describe('a connection is refused', () => {
  it('without a certificate', async () => {
    const { broker } = await start();
    const anonymous = mqtt.connectAsync(
      `mqtts://127.0.0.1:${broker.port}`,
      { ca: pki.ca, clientId: 'BIN-1', reconnectPeriod: 0 },
      false,
    );
    await expect(anonymous).rejects.toThrow();
    await waitUntil(() => broker.refusals() === 1);
    expect(broker.connectedClients()).toBe(0);
  });

  it('with a certificate of another authority', async () => {
    const city = await start();
    const stranger = await (await freshPki()).issueDevice('BIN-1');
    await expect(connectAs(city, 'BIN-1', { cert: stranger.certificate, key: stranger.key })).rejects.toThrow();
    await waitUntil(() => city.broker.refusals() === 1);
    expect(city.broker.connectedClients()).toBe(0);
  });

  it.each(['BIN-2', '', 'bin-1', 'BIN-1 '])(
    'when the client id is %j and the certificate says BIN-1',
    async (clientId) => {
      const city = await start();
      await expect(connectAs(city, 'BIN-1', { clientId })).rejects.toThrow('Connection refused: Identifier rejected');
      expect(city.broker.refusals()).toBe(1);
    },
  );

  it('when no such thing is registered, and when nobody can tell', async () => {
    const unknown = await start({ isRegistered: async () => false });
    await expect(connectAs(unknown, 'BIN-1')).rejects.toThrow('Connection refused: Not authorized');
    const blind = await start({ isRegistered: () => Promise.reject(new Error('down')) });
    await expect(connectAs(blind, 'BIN-1')).rejects.toThrow('Connection refused: Server unavailable');
  });
});

describe('a device is disconnected, and nothing acknowledged, when it publishes', () => {
  it.each([
    ["to another device's topic", 'phosach/uplink/BIN-2', 'x', {}],
    ['below its own topic', 'phosach/uplink/BIN-1/more', 'x', {}],
    ["as a network server's envelope", 'phosach/network/chirpstack/0011223344556677', 'x', {}],
    ['to a rule by name', '$aws/rules/phosach_device_uplink/x', 'x', {}],
    ['a retained message', 'phosach/uplink/BIN-1', 'x', { retain: true }],
    ['with QoS 2', 'phosach/uplink/BIN-1', 'x', { qos: 2 as const }],
    ['one byte more than 128 KB', 'phosach/uplink/BIN-1', Buffer.alloc(131_073), {}],
    ['a megabyte', 'phosach/uplink/BIN-1', Buffer.alloc(1_048_576), {}],
  ])('%s', async (_what, topic, payload, options) => {
    const city = await start();
    const device = await connectAs(city, 'BIN-1');
    let acknowledged = false;
    device.publish(topic, payload, { qos: 1, ...options }, (error) => {
      acknowledged = error === undefined;
    });
    await closed(device);
    expect(acknowledged).toBe(false);
    expect(city.received).toEqual([]);
    expect(city.broker.refusals()).toBe(1);
  });

  it('but exactly 128 KB are taken', async () => {
    const city = await start();
    const device = await connectAs(city, 'BIN-1');
    await device.publishAsync('phosach/uplink/BIN-1', Buffer.alloc(131_072, 7), { qos: 1 });
    expect(city.received[0]?.payload.equals(Buffer.alloc(131_072, 7))).toBe(true);
    await device.endAsync();
  });
});

describe('a network server', () => {
  it('speaks for its devices, and for nobody else', async () => {
    const city = await start();
    const server = await connectAs(city, 'network-server');
    await server.publishAsync('phosach/network/chirpstack/0011223344556677', '{}', { qos: 1 });
    expect(city.received.map(({ topic }) => topic)).toEqual(['phosach/network/chirpstack/0011223344556677']);
    server.publish('phosach/uplink/BIN-1', '{}', { qos: 1 });
    await closed(server);
    expect(city.received).toHaveLength(1);
  });
});

describe('a flood', () => {
  const topic = Buffer.from('phosach/uplink/BIN-1');
  const payloadBytes = 20_000;
  /** A QoS 1 publish; its remaining length takes three bytes. */
  const publishFrame = (id: number): Buffer => {
    const length = 2 + topic.length + 2 + payloadBytes;
    const head = [0x32, (length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14, 0, topic.length];
    return Buffer.concat([
      Buffer.from(head),
      topic,
      Buffer.from([id >> 8, id & 0xff]),
      Buffer.alloc(payloadBytes, 'x'),
    ]);
  };
  const connectFrame = Buffer.concat([
    Buffer.from([0x10, 17, 0, 4]),
    Buffer.from('MQTT'),
    Buffer.from([4, 2, 0, 0, 0, 5]),
    Buffer.from('BIN-1'),
  ]);
  const rawSocket = async ({ broker }: TestBroker) => {
    const { certificate, key } = await pki.issueDevice('BIN-1');
    const socket = connect({ host: '127.0.0.1', port: broker.port, ca: pki.ca, cert: certificate, key });
    socket.on('error', () => undefined);
    socket.write(connectFrame);
    await new Promise((resolve) => socket.once('data', resolve));
    return socket;
  };

  it('waits in the network, not in memory, while messages cannot be stored', async () => {
    let handed = 0;
    const durable = gate();
    const city = await start({
      onMessage: () => {
        handed += 1;
        return durable.opened;
      },
    });
    const socket = await rawSocket(city);
    const frames = 2_000;
    for (let id = 1; id <= frames; id += 1) socket.write(publishFrame(id));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(handed).toBeGreaterThan(0);
    expect(handed).toBeLessThan(20);
    // Of 40 MB most is still with the sender.
    expect(socket.writableLength).toBeGreaterThan(20_000_000);
    durable.open();
    await waitUntil(() => handed === frames, 20_000);
    socket.destroy();
  });

  it('of one endless frame is cut off at its header', async () => {
    const events: string[] = [];
    const city = await start({ log: (event) => events.push(event) });
    const socket = await rawSocket(city);
    socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(events).toContain('refused-oversized');
  });
});
