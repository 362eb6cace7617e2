import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CertificateStateException,
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
  ResourceNotFoundException,
  ThrottlingException,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { mockClient } from 'aws-sdk-client-mock';

type Certificate = {
  readonly arn: string;
  readonly pem: string;
  readonly createdAt: number;
  status: string;
  readonly policies: Set<string>;
  /** Name and type of attachment. */
  readonly things: Map<string, string>;
};

/** When a call fails: before it had its effect, or after, so that only the answer is lost. */
export type Mishap = 'before' | 'after' | undefined;

export type IotModel = {
  readonly client: IoTClient;
  readonly things: Set<string>;
  readonly certificates: Map<string, Certificate>;
  /** Names of the commands and other calls so far, reset at will. */
  readonly calls: string[];
  /** Decides about each call by its name and its place among `calls`. */
  mishap: (name: string, index: number) => Mishap;
  /** The same mishaps for calls to other parts, so that they count together. */
  readonly passing: <T>(name: string, effect: () => T | Promise<T>) => Promise<T>;
  /** Signs a CSR; absent, no CSR is taken. */
  sign?: (csr: string) => Promise<string>;
};

const meta = { $metadata: {} };
const missing = () => new ResourceNotFoundException({ message: 'not there', ...meta });

/**
 * AWS IoT Core's registry as its API reference describes it, over a mocked SDK client: deleting what is attached or active is a
 * conflict, an exclusive certificate takes one thing.
 */
export const iotModel = (): IotModel => {
  const mock = mockClient(IoTClient);
  const things = new Set<string>();
  const certificates = new Map<string, Certificate>();
  const calls: string[] = [];
  let issued = 0;

  const passing: IotModel['passing'] = async (name, effect) => {
    const mishap = model.mishap(name, calls.length);
    calls.push(name);
    if (mishap === 'before') throw new ThrottlingException({ message: `${name} failed`, ...meta });
    if (mishap === undefined) return effect();
    // Nobody hears what it answered, be it an error.
    await Promise.resolve()
      .then(effect)
      .catch(() => undefined);
    throw new ThrottlingException({ message: `${name} answered too late`, ...meta });
  };
  const model: IotModel = {
    client: new IoTClient({ region: 'ap-southeast-1' }),
    things,
    certificates,
    calls,
    mishap: () => undefined,
    passing,
  };
  const certificateOf = (arnOrId: string | undefined): Certificate => {
    const found = certificates.get(`arn:aws:iot:r:1:cert/${arnOrId?.split('/').at(-1)}`);
    if (found === undefined) throw missing();
    return found;
  };
  const thing = (name: string | undefined): string => {
    if (name === undefined || !things.has(name)) throw missing();
    return name;
  };
  const create = (pem: string | undefined) => {
    issued += 1;
    const arn = `arn:aws:iot:r:1:cert/${issued}`;
    const certificate: Certificate = {
      arn,
      pem: pem ?? `CERTIFICATE ${issued}`,
      createdAt: issued,
      status: 'INACTIVE',
      policies: new Set(),
      things: new Map(),
    };
    certificates.set(arn, certificate);
    return certificate;
  };

  mock.on(DescribeEndpointCommand).callsFake(() => passing('DescribeEndpoint', () => ({ endpointAddress: 'x-ats' })));
  mock
    .on(DescribeThingCommand)
    .callsFake((input) => passing('DescribeThing', () => ({ thingName: thing(input.thingName) })));
  mock.on(CreateThingCommand).callsFake((input) => passing('CreateThing', () => void things.add(input.thingName)));
  mock.on(DeleteThingCommand).callsFake((input) =>
    passing('DeleteThing', () => {
      const attached = [...certificates.values()].some((certificate) => certificate.things.has(input.thingName));
      if (attached) throw new InvalidRequestException({ message: 'still has principals', ...meta });
      things.delete(input.thingName);
    }),
  );
  mock.on(ListThingPrincipalsCommand).callsFake((input) =>
    passing('ListThingPrincipals', () => {
      const name = thing(input.thingName);
      const principals = [...certificates.values()].filter((one) => one.things.has(name)).map(({ arn }) => arn);
      // One a page, and an identity that is no certificate.
      const page = Number(input.nextToken ?? 0);
      const all = principals.length > 0 ? [...principals, 'ap-southeast-1:an-identity'] : [];
      return {
        principals: all.slice(page, page + 1),
        ...(page + 1 < all.length && { nextToken: String(page + 1) }),
      };
    }),
  );
  mock.on(DescribeCertificateCommand).callsFake((input) =>
    passing('DescribeCertificate', () => {
      const { pem, status, createdAt } = certificateOf(input.certificateId);
      return { certificateDescription: { status, certificatePem: pem, creationDate: new Date(createdAt) } };
    }),
  );
  mock.on(CreateKeysAndCertificateCommand).callsFake(() =>
    passing('CreateKeysAndCertificate', () => {
      const { arn, pem } = create(undefined);
      return { certificateArn: arn, certificatePem: pem, keyPair: { PrivateKey: `KEY of ${arn}` } };
    }),
  );
  mock.on(CreateCertificateFromCsrCommand).callsFake((input) =>
    passing('CreateCertificateFromCsr', async () => {
      const { arn, pem } = create(await model.sign?.(input.certificateSigningRequest));
      return { certificateArn: arn, certificatePem: pem };
    }),
  );
  mock
    .on(AttachPolicyCommand)
    .callsFake((input) =>
      passing('AttachPolicy', () => void certificateOf(input.target).policies.add(input.policyName)),
    );
  mock
    .on(DetachPolicyCommand)
    .callsFake((input) =>
      passing('DetachPolicy', () => void certificateOf(input.target).policies.delete(input.policyName)),
    );
  mock.on(AttachThingPrincipalCommand).callsFake((input) =>
    passing('AttachThingPrincipal', () => {
      const certificate = certificateOf(input.principal);
      const others = [...certificate.things].filter(([name]) => name !== thing(input.thingName));
      if (others.some(([, type]) => type === 'EXCLUSIVE_THING')) {
        throw new InvalidRequestException({ message: 'attached to another thing exclusively', ...meta });
      }
      certificate.things.set(input.thingName, input.thingPrincipalType);
    }),
  );
  mock
    .on(DetachThingPrincipalCommand)
    .callsFake((input) =>
      passing('DetachThingPrincipal', () => void certificateOf(input.principal).things.delete(input.thingName)),
    );
  mock.on(UpdateCertificateCommand).callsFake((input) =>
    passing(`UpdateCertificate ${input.newStatus}`, () => {
      certificateOf(input.certificateId).status = input.newStatus;
    }),
  );
  mock.on(DeleteCertificateCommand).callsFake((input) =>
    passing('DeleteCertificate', () => {
      const { arn, status, policies, things: attached } = certificateOf(input.certificateId);
      if (status === 'ACTIVE') throw new CertificateStateException({ message: 'active', ...meta });
      if (policies.size + attached.size > 0) throw new DeleteConflictException({ message: 'attached', ...meta });
      certificates.delete(arn);
    }),
  );
  return model;
};
