import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BrokerMessage, startBroker } from '../../../../local/mqtt/broker.ts';
import { openPki, type Pki } from '../../../../local/pki/pki.ts';
import { connectSensor, type SensorClient } from '../../../../local/simulator/client.ts';

describe('a simulated sensor’s line', () => {
  let home: string;
  let pki: Pki;
  const opened: { close: () => Promise<void> }[] = [];
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'sensor-line-'));
    pki = await openPki(home);
  });
  afterEach(async () => {
    for (const { close } of opened.splice(0)) await close();
    rmSync(home, { recursive: true, force: true });
  });

  const listen = async (port: number, onMessage: (message: BrokerMessage) => Promise<void>) => {
    const broker = await startBroker({ port, host: '127.0.0.1', pki, onMessage });
    opened.unshift(broker);
    return broker;
  };
  const joinAs = async (port: number, sensorId: string): Promise<SensorClient> => {
    const credential = { ca: pki.ca, ...(await pki.issueDevice(sensorId)) };
    const client = connectSensor({ host: '127.0.0.1', port, sensorId, credential });
    opened.unshift(client);
    return client;
  };

  it('carries a message under the sensor’s own name, and knows when it is acknowledged', async () => {
    const received: BrokerMessage[] = [];
    const { port } = await listen(0, async (message) => void received.push(message));
    const client = await joinAs(port, 'sensor-bin-001');
    await client.publish('{"measuredAt":1}');
    expect(received).toMatchObject([{ topic: 'phosach/uplink/sensor-bin-001', clientId: 'sensor-bin-001' }]);
    expect(received[0]?.payload.toString()).toBe('{"measuredAt":1}');
  });

  it('sends again what nobody acknowledged when the broker comes back', async () => {
    const first = await listen(0, () => Promise.reject(new Error('the disk is full')));
    const client = await joinAs(first.port, 'sensor-air-01');
    let acknowledged = false;
    const sent = client.publish('{"measuredAt":2}').then(() => {
      acknowledged = true;
    });
    await vi.waitFor(() => expect(first.connectedClients()).toBe(1), 5_000);
    await first.close();
    expect(acknowledged).toBe(false);

    const received: string[] = [];
    await listen(first.port, async ({ payload }) => void received.push(payload.toString()));
    await sent;
    expect(received).toContain('{"measuredAt":2}');
  });

  it('lets go of what it holds when it is closed', async () => {
    const client = await joinAs(1, 'sensor-air-02');
    const outcome = client.publish('{}').then(
      () => 'acknowledged',
      () => 'given up',
    );
    await client.close();
    expect(await outcome).toBe('given up');
  });
});
