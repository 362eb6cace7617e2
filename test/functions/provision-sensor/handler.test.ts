import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../support/api-gateway.ts';
import { type IotModel, iotModel } from '../../support/iot-model.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

describe('the functions that provision sensors', () => {
  const documents = mockClient(DynamoDBDocumentClient);
  const logged: string[] = [];
  let iot: IotModel;
  let provision: Handler;
  let admit: Handler;

  beforeAll(async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('CITY_ID', 'thu-dau-mot');
    vi.stubEnv('TABLE_NAME', 'city');
    vi.stubEnv('READING_STORE', 'dynamodb');
    vi.stubEnv('READINGS_TABLE_NAME', 'readings');
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => void logged.push(parts.join(' ')));
    }
    ({ handler: provision } = await import('../../../functions/provision-sensor/handler.ts'));
    ({ handler: admit } = await import('../../../functions/admit-device/handler.ts'));
  });
  beforeEach(() => {
    iot = iotModel();
    documents.reset();
    documents.onAnyCommand().resolves({});
    logged.length = 0;
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const sensor = { id: 'A1', kind: 'air', intervalSeconds: 900 };
  const stored = (entity: Record<string, unknown>) =>
    documents.on(GetCommand, { Key: { pk: 'registry#sensor', sk: 'A1' } }).resolves({ Item: { entity } });

  it('answers with the certificate and its key, and logs neither', async () => {
    expect(await provision({ action: 'provision', sensor }, lambdaContext())).toMatchObject({
      status: 'provisioned',
      change: 'added',
      device: { certificate: 'CERTIFICATE 1', privateKey: expect.stringContaining('KEY of') },
    });
    expect(logged.join('\n')).not.toContain('KEY of');
  });

  it('renews and retires', async () => {
    await provision({ action: 'provision', sensor }, lambdaContext());
    stored({ ...sensor, status: 'active' });
    expect(await provision({ action: 'renew', sensorId: 'A1' }, lambdaContext())).toMatchObject({
      status: 'provisioned',
      device: { certificate: 'CERTIFICATE 2', kept: false },
    });
    expect(iot.certificates.size).toBe(1);
    expect(await provision({ action: 'retire', sensorId: 'A1' }, lambdaContext())).toMatchObject({
      status: 'retired',
      certificates: 1,
    });
    expect(iot.certificates.size + iot.things.size).toBe(0);
  });

  it.each([
    [{ action: 'provision', sensor: { ...sensor, kind: 'truck' } }, 'sensor.kind'],
    [{ action: 'provision', sensor: { ...sensor, siteID: 'x' } }, 'sensor'],
    [{ action: 'provision', sensor: { ...sensor, devEui: '24E1' } }, 'sensor.devEui'],
    [{ action: 'provision', sensor, csr: '-----BEGIN CERTIFICATE-----' }, 'csr'],
    [{ action: 'retire' }, 'sensorId'],
    [{ action: 'explode', sensorId: 'A1' }, 'action'],
    [undefined, 'action'],
  ])('refuses %j and names the field at fault', async (event, field) => {
    const answer = await provision(event, lambdaContext());
    expect(answer).toMatchObject({ status: 'refused', faults: [{ field }] });
    expect(iot.calls).toEqual([]);
  });

  it('refuses what contradicts the registry', async () => {
    stored({ ...sensor, kind: 'water', status: 'active' });
    expect(await provision({ action: 'provision', sensor }, lambdaContext())).toEqual({
      status: 'refused',
      faults: [{ field: '', message: 'A1 is a water sensor already' }],
    });
    expect(await provision({ action: 'retire', sensorId: 'nobody' }, lambdaContext())).toMatchObject({
      status: 'refused',
    });
  });

  it('throws what may succeed later, with what is left', async () => {
    iot.mishap = (name) => (name === 'AttachPolicy' || name === 'DeleteThing' ? 'before' : undefined);
    const failed = provision({ action: 'provision', sensor }, lambdaContext());
    await expect(failed).rejects.toThrow(/failed to attach the device policy .*Left behind: its thing/);
  });

  it('admits a registered device and logs who is turned away', async () => {
    stored({ ...sensor, status: 'active' });
    const event = (SerialNumber: string) => ({ claimCertificateId: 'c', parameters: { SerialNumber } });
    expect(await admit(event('A1'), lambdaContext())).toEqual({
      allowProvisioning: true,
      parameterOverrides: { SensorId: 'A1' },
    });
    expect(await admit(event('A2'), lambdaContext())).toEqual({ allowProvisioning: false });
    expect(logged.join('\n')).toContain('the serial number is not registered');
  });
});
