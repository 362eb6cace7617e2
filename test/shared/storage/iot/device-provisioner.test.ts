import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DescribeEndpointCommand,
  IoTClient,
  LimitExceededException,
  ListThingPrincipalsCommand,
  ResourceNotFoundException,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { iotDeviceProvisioner } from '../../../../shared/storage/iot/device-provisioner.ts';

const arn = 'arn:aws:iot:ap-southeast-1:123456789012:cert/ba67293a';
const iot = mockClient(IoTClient);
const provisioner = iotDeviceProvisioner(new IoTClient({ region: 'ap-southeast-1' }));

beforeEach(() => {
  iot.reset();
  iot.onAnyCommand().resolves({});
  iot.on(DescribeEndpointCommand).resolves({ endpointAddress: 'x-ats.iot.ap-southeast-1.amazonaws.com' });
  iot.on(ListThingPrincipalsCommand).resolves({ principals: [] });
  iot.on(CreateKeysAndCertificateCommand).resolves({
    certificateArn: arn,
    certificatePem: 'CERTIFICATE',
    keyPair: { PrivateKey: 'KEY', PublicKey: 'PUBLIC' },
  });
});

describe('a device in AWS IoT Core', () => {
  it('gets a thing of its own name, an active certificate, and the device policy', async () => {
    expect(await provisioner.provision('BIN-1')).toEqual({
      thingName: 'BIN-1',
      certificateArn: arn,
      endpoint: 'x-ats.iot.ap-southeast-1.amazonaws.com',
      credential: { certificate: 'CERTIFICATE', privateKey: 'KEY' },
    });
    const sent = (command: Parameters<typeof iot.commandCalls>[0]) =>
      iot.commandCalls(command).map((call) => call.args[0].input);
    expect(sent(CreateThingCommand)).toEqual([{ thingName: 'BIN-1' }]);
    expect(sent(CreateKeysAndCertificateCommand)).toEqual([{ setAsActive: true }]);
    expect(sent(AttachPolicyCommand)).toEqual([{ policyName: 'phosach-device', target: arn }]);
    expect(sent(AttachThingPrincipalCommand)).toEqual([{ thingName: 'BIN-1', principal: arn }]);
  });

  it('keeps the certificate that it has, and gets the policy back if it was lost', async () => {
    iot.on(ListThingPrincipalsCommand).resolves({ principals: ['ap-southeast-1:some-cognito-identity', arn] });
    const device = await provisioner.provision('BIN-1');
    expect(device).toMatchObject({ certificateArn: arn });
    expect(device.credential).toBeUndefined();
    expect(iot.commandCalls(CreateKeysAndCertificateCommand)).toHaveLength(0);
    expect(iot.commandCalls(AttachPolicyCommand)).toHaveLength(1);
  });

  it('leaves no working certificate behind when it cannot be finished', async () => {
    iot.on(AttachThingPrincipalCommand).rejects(new LimitExceededException({ message: 'slow down', $metadata: {} }));
    await expect(provisioner.provision('BIN-1')).rejects.toThrow('slow down');
    expect(iot.commandCalls(UpdateCertificateCommand)[0]?.args[0].input).toEqual({
      certificateId: 'ba67293a',
      newStatus: 'INACTIVE',
    });
    expect(iot.commandCalls(DeleteCertificateCommand)).toHaveLength(1);
  });

  it('can do nothing with its certificates once they are revoked', async () => {
    iot.on(ListThingPrincipalsCommand).resolves({ principals: [arn] });
    expect(await provisioner.revoke('BIN-1')).toBe(1);
    expect(iot.commandCalls(UpdateCertificateCommand)[0]?.args[0].input).toMatchObject({ newStatus: 'INACTIVE' });
    iot.on(ListThingPrincipalsCommand).rejects(new ResourceNotFoundException({ message: 'no thing', $metadata: {} }));
    expect(await provisioner.revoke('nobody')).toBe(0);
  });
});
