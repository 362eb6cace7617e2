import { AttachThingPrincipalCommand, DeleteThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { iotThings } from '../../../../shared/storage/iot/things.ts';
import { iotModel } from '../../../support/iot-model.ts';

const issued = async () => {
  const iot = iotModel();
  const waits: number[] = [];
  const things = iotThings(iot.client, {
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  await things.create('A1');
  const { arn } = await things.issue('A1');
  return { iot, things, waits, arn };
};

describe('things in AWS IoT Core', () => {
  it('makes certificates that nobody can use before they are activated', async () => {
    const { things, arn } = await issued();
    await things.attach('A1', arn);
    expect(await things.certificatesOf('A1')).toMatchObject([{ arn, active: false, certificate: 'CERTIFICATE 1' }]);
    await things.activate(arn);
    expect(await things.certificatesOf('A1')).toMatchObject([{ arn, active: true }]);
  });

  it('attaches a certificate to one thing exclusively', async () => {
    const { things, arn } = await issued();
    await things.attach('A1', arn);
    await things.create('A2');
    await expect(things.attach('A2', arn)).rejects.toThrow('exclusively');
  });

  it('waits until a certificate or a thing is detached, which AWS does in its own time, and gives up in the end', async () => {
    const { iot, things, waits, arn } = await issued();
    await things.attach('A1', arn);
    await expect(things.removeCertificate(arn)).rejects.toThrow('attached');
    await expect(things.remove('A1')).rejects.toThrow('still has principals');
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 500, 1_000, 2_000, 4_000, 8_000]);
    iot.mishap = (name) => {
      if (name === 'DeleteCertificate' && waits.length === 12) iot.certificates.get(arn)?.things.clear();
      return undefined;
    };
    await things.removeCertificate(arn);
    expect(waits).toHaveLength(12);
    expect(iot.certificates.size).toBe(0);
  });

  it('finds what is gone gone already', async () => {
    const { things, arn } = await issued();
    await things.removeCertificate(arn);
    await things.remove('A1');
    await Promise.all([things.removeCertificate(arn), things.revoke(arn), things.detachPolicy(arn)]);
    await Promise.all([things.detach('A1', arn), things.remove('A1')]);
    expect(await things.exists('A1')).toBe(false);
    expect(await things.certificatesOf('A1')).toEqual([]);
  });

  it('reads every page of a thing’s principals and counts only certificates', async () => {
    const iot = iotModel();
    const things = iotThings(iot.client);
    await things.create('A1');
    for (const _ of [1, 2]) await things.attach('A1', (await things.issue('A1')).arn);
    expect(await things.certificatesOf('A1')).toHaveLength(2);
  });

  it('takes the names that AWS takes', () => {
    const things = iotThings(new IoTClient({ region: 'ap-southeast-1' }));
    expect(things.nameFault('BIN_1-a:b')).toBeUndefined();
    expect(things.nameFault('a.b')).toContain('letters, digits');
  });

  it('does not take a failure for success', async () => {
    const client = new IoTClient({ region: 'ap-southeast-1' });
    const mock = mockClient(client);
    mock.onAnyCommand().rejects(new Error('down'));
    const things = iotThings(client, { wait: async () => {} });
    for (const step of [things.exists('A1'), things.create('A1'), things.remove('A1'), things.certificatesOf('A1')]) {
      await expect(step).rejects.toThrow('down');
    }
    mock.reset();
    mock.onAnyCommand().resolves({});
    await expect(things.endpoint()).rejects.toThrow('answered without endpoint address');
    await expect(things.issue('A1')).rejects.toThrow('answered without certificate ARN');
    expect(mock.commandCalls(DeleteThingCommand)).toHaveLength(0);
    expect(mock.commandCalls(AttachThingPrincipalCommand)).toHaveLength(0);
  });
});
