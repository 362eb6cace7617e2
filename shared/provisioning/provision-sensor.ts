import { isDeepStrictEqual } from 'node:util';
import type { Bin, Sensor, Station } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { type Leftover, type Step, withCompensation } from './compensation.ts';
import { csrBelongsTo } from './csr.ts';
import {
  planRegistration,
  type Registration,
  RegistrationConflict,
  register,
  type SensorToRegister,
} from './register-sensor.ts';
import { removeCertificates } from './remove-certificates.ts';
import type { IssuedCertificate, ThingCertificate, Things } from './things.ts';

/**
 * Puts a new certificate and its key where they outlive this process, before the certificate works; answers how to take that
 * back. All or nothing.
 */
export type KeepCredential = (sensorId: string, issued: IssuedCertificate) => Promise<() => Promise<void>>;

export type ProvisionPorts = {
  readonly registry: Registry;
  readonly things: Things;
  readonly keep?: KeepCredential;
  /** All sensors of the registry, where the caller knows them: asked for each of a thousand, they are a million. */
  readonly sensors?: () => Promise<readonly Sensor[]>;
};

export type ProvisionRequest = SensorToRegister & {
  /** PEM, from a device that made its key itself. */
  readonly csr?: string | undefined;
  /** Replaces the certificate that it has. */
  readonly renew?: boolean | undefined;
  /** Registers only: the device fetches its certificate itself, with a claim certificate. */
  readonly claim?: boolean | undefined;
};

export type ProvisionedDevice = {
  readonly certificateArn: string;
  /** PEM. */
  readonly certificate: string;
  /** Host and port of the MQTT broker. */
  readonly endpoint: string;
  /** Whether it is the certificate that the device had before. */
  readonly kept: boolean;
  /** PEM; told only when the certificate was made, and not from a CSR. */
  readonly privateKey?: string;
};

export type Provisioned = {
  readonly sensor: Sensor;
  /** `unchanged`: all was so before. */
  readonly change: 'added' | 'changed' | 'unchanged';
  readonly createdSite?: Bin | Station;
  /** Absent for a LoRaWAN device, for which its network server speaks, and for one that will claim its certificate. */
  readonly device?: ProvisionedDevice;
  /** Earlier certificates of it that could not be removed. */
  readonly left: readonly Leftover[];
};

/**
 * Makes a sensor known: thing, certificate, policy, exclusive attachment, registry entry. The certificate is made inactive and
 * becomes active last, so whatever fails on the way leaves none behind that works. Doing it again keeps the certificate and
 * mends what is missing.
 * @throws RegistrationConflict before anything was changed, when the request contradicts what is known.
 * @throws ProvisioningError when a step failed; all that was done is taken back as far as possible.
 */
export const provisionSensor = async (ports: ProvisionPorts, request: ProvisionRequest): Promise<Provisioned> => {
  const { registry, things } = ports;
  const { sensor } = request;
  const registration = await planRegistration(registry, request, ports.sensors);
  const title = `${sensor.id} could not be provisioned`;
  const fault = sensor.devEui === undefined ? things.nameFault(sensor.id) : undefined;
  if (fault !== undefined) throw new RegistrationConflict(`The id ${sensor.id} cannot be a thing's: ${fault}`);
  if (sensor.devEui !== undefined || request.claim) {
    await withCompensation(title, (step) => register(registry, registration, step));
    return { ...outcomeOf(registration), left: [] };
  }

  const before = await things.certificatesOf(sensor.id);
  const current = request.renew ? undefined : newestActive(before);
  checkCsr(sensor.id, request.csr, current);
  const endpoint = await things.endpoint();
  const device = await withCompensation(title, async (step) => {
    if (current === undefined) return { ...(await addCertificate(ports, request, registration, step)), endpoint };
    await mend(things, sensor.id, current, step);
    if (!isUnchanged(registration)) await register(registry, registration, step);
    return { certificateArn: current.arn, certificate: current.certificate, endpoint, kept: true };
  });
  const left = await removeCertificates(
    things,
    sensor.id,
    before.filter(({ arn }) => arn !== current?.arn),
  );
  const { change, ...outcome } = outcomeOf(registration);
  return { ...outcome, change: change === 'unchanged' && !device.kept ? 'changed' : change, device, left };
};

/** What an earlier attempt left behind is never the newest that works: it was not activated. */
const newestActive = (certificates: readonly ThingCertificate[]): ThingCertificate | undefined =>
  certificates.filter(({ active }) => active).toSorted((a, b) => b.createdAt - a.createdAt)[0];

const checkCsr = (id: string, csr: string | undefined, current: ThingCertificate | undefined): void => {
  if (csr === undefined || current === undefined || csrBelongsTo(csr, current.certificate)) return;
  throw new RegistrationConflict(
    `${id} has a certificate for another key than the CSR's: renew it to replace that one`,
  );
};

/** The certificate stays; what was lost around it comes back. */
const mend = async (things: Things, id: string, { arn }: ThingCertificate, step: Step): Promise<void> => {
  await step('attach the device policy', () => things.attachPolicy(arn));
  await step('attach the certificate', () => things.attach(id, arn));
};

const addCertificate = async (
  { registry, things, keep }: ProvisionPorts,
  { csr }: ProvisionRequest,
  registration: Registration,
  step: Step,
): Promise<Omit<ProvisionedDevice, 'endpoint'>> => {
  const { id } = registration.sensor;
  const existed = await step('look up its thing', () => things.exists(id));
  const undoThing = { what: 'its thing', run: () => things.remove(id) };
  await step('create its thing', () => things.create(id), existed ? undefined : undoThing);

  let issuedArn: string | undefined;
  const issued = await step(
    'make its certificate',
    async () => {
      const made = await things.issue(id, csr);
      issuedArn = made.arn;
      return made;
    },
    // When the answer is lost, so is the name: what may be left then is inactive and belongs to nothing.
    { what: 'its certificate', run: async () => void (issuedArn && (await things.removeCertificate(issuedArn))) },
  );
  const { arn, certificate, privateKey } = issued;
  await step('attach the device policy', () => things.attachPolicy(arn), {
    what: `the policy on ${arn}`,
    run: () => things.detachPolicy(arn),
  });
  await step('attach the certificate', () => things.attach(id, arn), {
    what: `the attachment of ${arn}`,
    run: () => things.detach(id, arn),
  });
  if (keep !== undefined) {
    let discard = async (): Promise<void> => {};
    const store = async () => {
      discard = await keep(id, issued);
    };
    await step('write its key and certificate', store, { what: 'its key and certificate', run: () => discard() });
  }
  await register(registry, registration, step);
  await step('activate its certificate', () => things.activate(arn), {
    what: `the activation of ${arn}`,
    run: () => things.revoke(arn),
  });
  return { certificateArn: arn, certificate, kept: false, ...(privateKey !== undefined && { privateKey }) };
};

const isUnchanged = ({ sensor, previous, createdSite }: Registration): boolean =>
  createdSite === undefined && isDeepStrictEqual({ ...sensor }, { ...previous });

const outcomeOf = (registration: Registration): Pick<Provisioned, 'sensor' | 'change' | 'createdSite'> => {
  const { sensor, previous, createdSite } = registration;
  const change = previous === undefined ? 'added' : isUnchanged(registration) ? 'unchanged' : 'changed';
  return { sensor, change, ...(createdSite && { createdSite }) };
};
