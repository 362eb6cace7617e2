import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DescribeEndpointCommand,
  DetachPolicyCommand,
  type IoTClient,
  ListThingPrincipalsCommand,
  ResourceNotFoundException,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { DEVICE_POLICY_NAME, type DeviceProvisioner } from '../../provisioning/device-provisioner.ts';

/** Devices in AWS IoT Core: one thing, one certificate, one shared policy. The thing bears the sensor's id. */
export const iotDeviceProvisioner = (client: IoTClient, policyName = DEVICE_POLICY_NAME): DeviceProvisioner => ({
  provision: async (sensorId) => {
    // Answers the thing that is there already, as long as it was made with the same attributes: none.
    await client.send(new CreateThingCommand({ thingName: sensorId }));
    const { endpointAddress } = await client.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
    const endpoint = required(endpointAddress, 'endpoint address');
    const [existing] = await certificatesOf(client, sensorId);
    if (existing !== undefined) {
      await client.send(new AttachPolicyCommand({ policyName, target: existing }));
      return { thingName: sensorId, certificateArn: existing, endpoint };
    }
    const issued = await client.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    const certificateArn = required(issued.certificateArn, 'certificate ARN');
    const credential = {
      certificate: required(issued.certificatePem, 'certificate'),
      privateKey: required(issued.keyPair?.PrivateKey, 'private key'),
    };
    try {
      await client.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
      await client.send(new AttachThingPrincipalCommand({ thingName: sensorId, principal: certificateArn }));
    } catch (error) {
      await withdraw(client, policyName, certificateArn);
      throw error;
    }
    return { thingName: sensorId, certificateArn, endpoint, credential };
  },

  revoke: async (sensorId) => {
    const certificates = await certificatesOf(client, sensorId);
    for (const arn of certificates) {
      await client.send(new UpdateCertificateCommand({ certificateId: certificateId(arn), newStatus: 'INACTIVE' }));
    }
    return certificates.length;
  },
});

const certificatesOf = async (client: IoTClient, thingName: string): Promise<readonly string[]> => {
  try {
    const { principals = [] } = await client.send(new ListThingPrincipalsCommand({ thingName }));
    return principals.filter((principal) => principal.includes(':cert/'));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
};

/** A certificate that reached no thing would stay valid with its key lost. Best effort: the caller hears of the first error. */
const withdraw = async (client: IoTClient, policyName: string, certificateArn: string): Promise<void> => {
  const id = certificateId(certificateArn);
  const steps = [
    () => client.send(new UpdateCertificateCommand({ certificateId: id, newStatus: 'INACTIVE' })),
    () => client.send(new DetachPolicyCommand({ policyName, target: certificateArn })),
    () => client.send(new DeleteCertificateCommand({ certificateId: id })),
  ];
  for (const step of steps) await step().catch(() => undefined);
};

const certificateId = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const required = (value: string | undefined, what: string): string => {
  if (value === undefined) throw new Error(`AWS IoT answered without ${what}`);
  return value;
};
