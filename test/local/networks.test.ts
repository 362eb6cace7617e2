import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { cityEnvironment } from '../../local/home.ts';
import { webhookSecretsFile } from '../../local/secrets/webhook-secrets.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores, type Stores } from '../../shared/storage/open.ts';
import { connectDevice, eventually } from '../support/device.ts';
import { runCommand } from '../support/run-command.ts';

/** Every network's envelope through both doors of the real city: a TLS MQTT client and HTTP. */
let home: string;
let city: ChildCity;
let secrets: Record<string, string>;
let stores: Stores;

const MINUTE = 60_000;
const HEX = '01755c0367010104824408050001';
const BASE64 = Buffer.from(HEX, 'hex').toString('base64');
const start = Date.now() - 30 * MINUTE;
const iso = (at: number): string => new Date(at).toISOString();

type Uplink = { readonly devEui: string; readonly fCnt: number; readonly at: number };

const envelopes = {
  chirpstack: ({ devEui, fCnt, at }: Uplink) => ({
    deviceInfo: { devEui },
    time: iso(at),
    fCnt,
    fPort: 85,
    data: BASE64,
    rxInfo: [{ rssi: -71, snr: 8.5 }],
  }),
  tts: ({ devEui, fCnt, at }: Uplink) => ({
    end_device_ids: { dev_eui: devEui.toUpperCase() },
    uplink_message: { f_port: 85, f_cnt: fCnt, frm_payload: BASE64, received_at: iso(at) },
  }),
  loriot: ({ devEui, fCnt, at }: Uplink) => ({ cmd: 'rx', EUI: devEui, ts: at, fcnt: fCnt, port: 85, data: HEX }),
  thingpark: ({ devEui, fCnt, at }: Uplink) => ({
    DevEUI_uplink: { DevEUI: devEui, Time: iso(at), FPort: '85', FCntUp: String(fCnt), payload_hex: HEX },
  }),
};
const networks = Object.keys(envelopes) as (keyof typeof envelopes)[];
const devEuiOf = (network: keyof typeof envelopes): string => `24e124713d00000${networks.indexOf(network)}`;

const add = (...args: readonly string[]) =>
  runCommand(home, 'local/commands/sensor.ts', ['add', ...args, '--latitude', '10.98', '--longitude', '106.65']);

const publish = async (topic: string, payload: object): Promise<void> => {
  const client = await connectDevice(home, city.running, 'network-server');
  await client.publishAsync(topic, JSON.stringify(payload), { qos: 1 });
  await client.endAsync();
};

/** Calls the webhook as a network server does. */
const post = async (path: string, secret: string | undefined, payload: unknown) => {
  const response = await fetch(`${city.running.http}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret !== undefined && { authorization: `Bearer ${secret}` }) },
    body: JSON.stringify(payload),
  });
  return { status: response.status, body: await response.text() };
};

const instants = async (sensorId: string): Promise<readonly number[]> => {
  const range = { from: start - MINUTE, to: Date.now() };
  const page = await stores.readings.series({ sensorId, quantity: 'fillDistance', ...range });
  return page.readings.map(({ measuredAt }) => measuredAt);
};

const deadLetters = async (): Promise<string> =>
  (await runCommand(home, 'local/commands/redrive.ts', ['--list'])).stdout;

const queueIsEmpty = () =>
  eventually(
    async () => (await (await fetch(`${city.running.http}/healthz`)).json()).uplinks,
    ({ visible, inFlight }: { visible: number; inFlight: number }) => visible + inFlight === 0,
  );

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-networks-'));
  city = await startChildCity(home);
  Object.assign(process.env, cityEnvironment(city.running));
  stores = openStores(readEnvironment(storesEnvironmentSchema));
  secrets = JSON.parse(readFileSync(webhookSecretsFile(home), 'utf8'));
  await runCommand(home, 'local/commands/sensor.ts', ['certificate', 'network-server']);
  for (const network of networks) {
    const sensor = ['--kind', 'bin', '--dev-eui', devEuiOf(network), '--codec', 'milesight-em400-mud'];
    expect(await add(`bin-${network}`, ...sensor)).toMatchObject({ code: 0 });
  }
  expect(await add('air-1', '--kind', 'air')).toMatchObject({ code: 0 });
}, 180_000);

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe.each(networks)('uplinks of %s', (network) => {
  const devEui = devEuiOf(network);
  const sensorId = `bin-${network}`;
  const at = start;

  it('arrive by MQTT and by webhook, and copies of one frame make one reading', async () => {
    const topic = `phosach/network/${network}/${devEui}`;
    const path = `/ingest/v1/networks/${network}?event=up`;
    await publish(topic, envelopes[network]({ devEui, fCnt: 7, at }));
    // Another gateway's copy, and a redelivery by the other door with another time.
    await publish(topic, envelopes[network]({ devEui, fCnt: 7, at: at + 140 }));
    expect((await post(path, secrets[network], envelopes[network]({ devEui, fCnt: 7, at: at + 4_000 }))).status).toBe(
      202,
    );
    // The next frame says the same, and is its own.
    const next = envelopes[network]({ devEui, fCnt: 8, at: at + 10 * MINUTE });
    expect((await post(path, secrets[network], next)).status).toBe(202);
    // The device joins anew, and counts from the start.
    await publish(topic, envelopes[network]({ devEui, fCnt: 7, at: at + 20 * MINUTE }));
    const isComplete = (found: readonly number[]): boolean => found.length >= 3;
    await eventually(() => instants(sensorId), isComplete);
    await queueIsEmpty();
    expect(await instants(sensorId)).toEqual([at, at + 10 * MINUTE, at + 20 * MINUTE]);
  });
});

describe('what else comes by MQTT', () => {
  it('is AWS IoT Core for LoRaWAN’s envelope, with a leading zero of the DevEui lost', async () => {
    const sensor = ['--kind', 'bin', '--dev-eui', '058a0cb000202c99', '--codec', 'milesight-em400-mud'];
    expect(await add('bin-aws', ...sensor)).toMatchObject({ code: 0 });
    const lorawan = { DevEui: '58a0cb000202c99', FCnt: '1', Fport: '85', Timestamp: iso(start) };
    await publish('phosach/network/aws-lorawan', { PayloadData: BASE64, WirelessMetadata: { LoRaWAN: lorawan } });
    expect(
      await eventually(
        () => instants('bin-aws'),
        (found) => found.length > 0,
      ),
    ).toEqual([start]);
  });

  it('is SenML from a device with a certificate of its own', async () => {
    expect(await add('air-2', '--kind', 'air')).toMatchObject({ code: 0 });
    const client = await connectDevice(home, city.running, 'air-2');
    const pack = [{ bn: 'urn:dev:mac:24e124fffe000017:', bt: start / 1_000, n: 'pm25', u: 'ug/m3', v: 31.4 }];
    await client.publishAsync('phosach/uplink/air-2', JSON.stringify(pack), { qos: 1 });
    await client.endAsync();
    const range = { from: start, to: start + 1 };
    const stored = await eventually(
      () => stores.readings.series({ sensorId: 'air-2', quantity: 'pm25', ...range }),
      ({ readings }) => readings.length > 0,
    );
    expect(stored.readings).toMatchObject([{ value: 31.4, measuredAt: start }]);
  });
});

describe('the webhook of the local city', () => {
  it('takes plain city JSON and SenML for a sensor', async () => {
    const path = '/ingest/v1/sensors/air-1';
    const plain = { measuredAt: start, values: { pm25: 31.5 } };
    expect((await post(path, secrets.sensors, plain)).status).toBe(202);
    expect((await post(path, secrets.sensors, [{ n: 'pm10', u: 'ug/m3', v: 52, t: -60 }])).status).toBe(202);
    const stored = await eventually(
      async () => (await (await fetch(`${city.running.http}/open/v1/readings?sensor=air-1`)).json()).readings,
      (found: readonly { readonly quantity: string; readonly value: number }[]) => found.length >= 2,
    );
    expect(stored.map(({ quantity, value }) => [quantity, value]).sort()).toEqual([
      ['pm10', 52],
      ['pm25', 31.5],
    ]);
  });

  it('asks for the sender’s secret', async () => {
    for (const secret of [undefined, 'wrong', secrets.tts]) {
      const answer = await post('/ingest/v1/networks/chirpstack', secret, {});
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.body)).toMatchObject({ status: 401, type: 'urn:problem-type:phosach:unauthorized' });
    }
  });
});

describe('what a network may not say', () => {
  it('goes to the dead letters with its reason: another device than the topic’s, an unknown one, a strange envelope', async () => {
    const uplink = { devEui: devEuiOf('tts'), fCnt: 1, at: start };
    await publish(`phosach/network/chirpstack/${devEuiOf('chirpstack')}`, envelopes.chirpstack(uplink));
    await publish(
      'phosach/network/chirpstack/00000000000000ff',
      envelopes.chirpstack({ ...uplink, devEui: '00000000000000ff' }),
    );
    await publish('phosach/network/loriot/00000000000000fe', { hello: 'world' });
    await publish('phosach/network/sigfox/00000000000000fd', { hello: 'world' });
    const list = await eventually(deadLetters, (text) =>
      ['identity-mismatch', 'unknown-device', 'invalid-payload', 'not-a-rule-message'].every((code) =>
        text.includes(code),
      ),
    );
    for (const code of ['identity-mismatch', 'unknown-device', 'invalid-payload', 'not-a-rule-message']) {
      expect(list).toContain(code);
    }
  });
});

describe('npm run redecode', () => {
  it('finds the kept frames, and what they say the same', async () => {
    const again = await runCommand(home, 'local/commands/redecode.ts', ['--sensor', 'bin-tts']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain(
      'bin-tts by milesight-em400-mud: 3 frames (0 refused), 12 readings the same, 0 corrected',
    );
  });

  it('leaves what another codec cannot read', async () => {
    const options = ['--sensor', 'bin-tts', '--codec', 'milesight-em310-udl'];
    const refused = await runCommand(home, 'local/commands/redecode.ts', options);
    expect(refused.stdout).toContain('3 frames (3 refused)');
    expect(refused.stderr).toContain('stays as it was');
    expect(await instants('bin-tts')).toHaveLength(3);
  });
});
