import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { ThingCertificate, Things } from '../../shared/provisioning/things.ts';
import { type Pki, writeAtomically } from './pki.ts';
import { openRevocations } from './revocations.ts';

const thingSchema = z.object({ certificates: z.array(z.string()) });
const certificateSchema = z.object({ certificate: z.string(), createdAt: z.number(), policy: z.boolean() });

/** A certificate this close to its end is replaced, as the city's authority does with its own. */
const RENEWAL_MS = 30 * 86_400_000;
const ARN_PREFIX = 'local:cert/';

/**
 * The local city's registry of things, in `<home>/pki/`: `things/<name>.json` says which certificates are a thing's, `issued/` keeps
 * the certificates, `revoked/` says which the broker refuses. Inactive means revoked: the broker trusts whatever its authority
 * signed. Certificates that the simulator or `sensor certificate` made are known by the device's files.
 * @param endpoint host and port of the running city's broker.
 * @param clock UTC epoch milliseconds.
 */
export const localThings = (home: string, pki: Pki, endpoint: string, clock: () => number = Date.now): Things => {
  const directory = (name: string): string => {
    const path = join(home, 'pki', name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const things = directory('things');
  const issued = directory('issued');
  const revocations = openRevocations(home);
  const thingFile = (name: string): string => join(things, `${name}.json`);
  const certificateFile = (arn: string): string => join(issued, `${thumbprintOf(arn)}.json`);

  const readThing = (name: string) => readJson(thingFile(name), thingSchema);
  const writeThing = (name: string, certificates: readonly string[]): void =>
    writeJson(thingFile(name), { certificates });
  const setPolicy = (arn: string, policy: boolean): void => {
    const stored = readJson(certificateFile(arn), certificateSchema);
    if (stored !== undefined) writeJson(certificateFile(arn), { ...stored, policy });
  };
  const describe = (arn: string, certificate: string, createdAt: number): ThingCertificate => {
    const lasts = new X509Certificate(certificate).validToDate.getTime() - clock() > RENEWAL_MS;
    return { arn, certificate, createdAt, active: lasts && !revocations.isRevoked(thumbprintOf(arn)) };
  };

  return {
    nameFault: () => undefined,
    exists: async (name) => existsSync(thingFile(name)),
    create: async (name) => {
      if (!existsSync(thingFile(name))) writeThing(name, []);
    },
    remove: async (name) => {
      if ((readThing(name)?.certificates.length ?? 0) > 0) throw new Error(`${name} still has certificates`);
      rmSync(thingFile(name), { force: true });
    },
    certificatesOf: async (name) => {
      const own = (readThing(name)?.certificates ?? []).flatMap((arn) => {
        const stored = readJson(certificateFile(arn), certificateSchema);
        return stored === undefined ? [] : [describe(arn, stored.certificate, stored.createdAt)];
      });
      const files = pki.issuedTo(name)?.certificate;
      const arn = files === undefined ? '' : arnOf(files);
      if (files === undefined || own.some((known) => known.arn === arn)) return own;
      return revocations.isRevoked(thumbprintOf(arn)) ? own : [...own, describe(arn, files, 0)];
    },
    issue: async (name, csr) => {
      const { certificate, key } = await pki.sign(name, csr);
      const arn = arnOf(certificate);
      revocations.revoke(thumbprintOf(arn));
      writeJson(certificateFile(arn), { certificate, createdAt: clock(), policy: false });
      return { arn, certificate, ...(key !== undefined && { privateKey: key }) };
    },
    attachPolicy: async (arn) => setPolicy(arn, true),
    detachPolicy: async (arn) => setPolicy(arn, false),
    attach: async (name, arn) => {
      const { certificates } = readThing(name) ?? { certificates: [] };
      if (!certificates.includes(arn) && existsSync(certificateFile(arn))) writeThing(name, [...certificates, arn]);
    },
    detach: async (name, arn) => {
      const thing = readThing(name);
      if (thing?.certificates.includes(arn)) {
        writeThing(
          name,
          thing.certificates.filter((other) => other !== arn),
        );
      }
    },
    activate: async (arn) => revocations.restore(thumbprintOf(arn)),
    revoke: async (arn) => revocations.revoke(thumbprintOf(arn)),
    // It stays revoked: somebody may still hold its key.
    removeCertificate: async (arn) => {
      if (!revocations.isRevoked(thumbprintOf(arn))) throw new Error(`${arn} is active`);
      rmSync(certificateFile(arn), { force: true });
    },
    endpoint: async () => endpoint,
  };
};

const arnOf = (certificate: string): string =>
  `${ARN_PREFIX}${new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()}`;

const thumbprintOf = (arn: string): string => arn.slice(ARN_PREFIX.length);

const writeJson = (path: string, value: unknown): void => writeAtomically(path, JSON.stringify(value), 0o600);

const readJson = <S extends z.ZodType>(path: string, schema: S): z.infer<S> | undefined =>
  existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
