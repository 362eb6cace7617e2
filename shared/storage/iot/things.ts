import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DeleteConflictException,
  DeleteThingCommand,
  DescribeCertificateCommand,
  DescribeEndpointCommand,
  DescribeThingCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  InvalidRequestException,
  IoTClient,
  ListThingPrincipalsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { DEVICE_POLICY_NAME } from '../../provisioning/names.ts';
import type { ThingCertificate, Things } from '../../provisioning/things.ts';

/** Detaching is asynchronous and may take seconds; until then the certificate or the thing cannot be deleted. Milliseconds. */
const DETACHING_WAITS = [500, 1_000, 2_000, 4_000, 8_000] as const;

type Wait = (milliseconds: number) => Promise<void>;

type Options = { readonly policyName?: string; readonly wait?: Wait };

const thingCalls = (client: IoTClient, wait: Wait): Pick<Things, 'nameFault' | 'exists' | 'create' | 'remove'> => ({
  // https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThing.html: [a-zA-Z0-9:_-]{1,128}
  nameFault: (name) =>
    /^[a-zA-Z0-9:_-]{1,128}$/.test(name) ? undefined : 'AWS IoT takes letters, digits, ":", "_" and "-" only',

  exists: async (name) =>
    (await unlessMissing(client.send(new DescribeThingCommand({ thingName: name })))) !== undefined,

  create: async (name) => {
    try {
      await client.send(new CreateThingCommand({ thingName: name }));
    } catch (error) {
      // There, with attributes that somebody gave it: they stay.
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    }
  },

  remove: async (name) => {
    await onceDetached(wait, InvalidRequestException, () => client.send(new DeleteThingCommand({ thingName: name })));
  },
});

const certificateOf = async (client: IoTClient, arn: string): Promise<ThingCertificate> => {
  const { certificateDescription: described } = await client.send(
    new DescribeCertificateCommand({ certificateId: certificateId(arn) }),
  );
  return {
    arn,
    active: described?.status === 'ACTIVE',
    certificate: required(described?.certificatePem, 'certificate'),
    createdAt: described?.creationDate?.getTime() ?? 0,
  };
};

const issue = async (client: IoTClient, csr: string | undefined): ReturnType<Things['issue']> => {
  if (csr !== undefined) {
    const command = new CreateCertificateFromCsrCommand({ certificateSigningRequest: csr, setAsActive: false });
    const signed = await client.send(command);
    return {
      arn: required(signed.certificateArn, 'certificate ARN'),
      certificate: required(signed.certificatePem, 'certificate'),
    };
  }
  const made = await client.send(new CreateKeysAndCertificateCommand({ setAsActive: false }));
  return {
    arn: required(made.certificateArn, 'certificate ARN'),
    certificate: required(made.certificatePem, 'certificate'),
    privateKey: required(made.keyPair?.PrivateKey, 'private key'),
  };
};

const certificateCalls = (
  client: IoTClient,
  wait: Wait,
): Pick<Things, 'certificatesOf' | 'issue' | 'activate' | 'revoke' | 'removeCertificate'> => ({
  certificatesOf: async (name) => {
    const certificates: ThingCertificate[] = [];
    for (const arn of await principalsOf(client, name)) {
      if (arn.includes(':cert/')) certificates.push(await certificateOf(client, arn));
    }
    return certificates;
  },
  issue: (_name, csr) => issue(client, csr),
  activate: async (arn) => {
    await client.send(new UpdateCertificateCommand({ certificateId: certificateId(arn), newStatus: 'ACTIVE' }));
  },
  revoke: async (arn) => {
    await unlessMissing(
      client.send(new UpdateCertificateCommand({ certificateId: certificateId(arn), newStatus: 'REVOKED' })),
    );
  },
  removeCertificate: async (arn) => {
    const command = () => client.send(new DeleteCertificateCommand({ certificateId: certificateId(arn) }));
    await onceDetached(wait, DeleteConflictException, command);
  },
});

const attachmentCalls = (
  client: IoTClient,
  policyName: string,
): Pick<Things, 'attachPolicy' | 'detachPolicy' | 'attach' | 'detach'> => ({
  attachPolicy: async (arn) => {
    await client.send(new AttachPolicyCommand({ policyName, target: arn }));
  },
  detachPolicy: async (arn) => {
    await unlessMissing(client.send(new DetachPolicyCommand({ policyName, target: arn })));
  },
  attach: async (name, arn) => {
    await client.send(
      new AttachThingPrincipalCommand({ thingName: name, principal: arn, thingPrincipalType: 'EXCLUSIVE_THING' }),
    );
  },
  detach: async (name, arn) => {
    await unlessMissing(client.send(new DetachThingPrincipalCommand({ thingName: name, principal: arn })));
  },
});

/** AWS IoT Core's registry: one thing bears the sensor's id, its certificate belongs to it exclusively, all share one policy. */
export const iotThings = (
  client: IoTClient,
  { policyName = DEVICE_POLICY_NAME, wait = sleep }: Options = {},
): Things => ({
  ...thingCalls(client, wait),
  ...certificateCalls(client, wait),
  ...attachmentCalls(client, policyName),
  endpoint: async () => {
    const { endpointAddress } = await client.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
    return `${required(endpointAddress, 'endpoint address')}:8883`;
  },
});

/** The things of this account and region. AWS takes ten of most of these calls a second: an import must be able to wait. */
export const openIotThings = (): Things => iotThings(new IoTClient({ retryMode: 'adaptive', maxAttempts: 8 }));

const principalsOf = async (client: IoTClient, thingName: string): Promise<readonly string[]> => {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListThingPrincipalsCommand({ thingName, ...(nextToken !== undefined && { nextToken }) });
    const page = await unlessMissing(client.send(command));
    found.push(...(page?.principals ?? []));
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return found;
};

/** `undefined` when what was asked about is not there (any more). */
const unlessMissing = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const onceDetached = async (
  wait: Wait,
  conflict: typeof DeleteConflictException | typeof InvalidRequestException,
  remove: () => Promise<unknown>,
): Promise<void> => {
  for (const milliseconds of [...DETACHING_WAITS, undefined]) {
    try {
      await unlessMissing(remove());
      return;
    } catch (error) {
      if (milliseconds === undefined || !(error instanceof conflict)) throw error;
      await wait(milliseconds);
    }
  }
};

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const certificateId = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const required = (value: string | undefined, what: string): string => {
  if (value === undefined) throw new Error(`AWS IoT answered without ${what}`);
  return value;
};
