import { createPrivateKey, X509Certificate } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { certificatesDirectory } from '../home.ts';
import {
  type Credential,
  createAuthority,
  issueClient,
  issueServer,
  type ServerNames,
  signClient,
} from './certificates.ts';

/** A device's credential, and the three files a client needs to use it. */
export type DeviceCredential = Credential & {
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly caPath: string;
};

export type Pki = {
  /** The authority's certificate, PEM. */
  readonly ca: string;
  readonly server: Credential;
  /**
   * The device's key and certificate, made on the first call and read from disk on every other.
   * @throws ZodError when the id could not be a sensor's.
   */
  readonly issueDevice: (sensorId: string) => Promise<DeviceCredential>;
  /** A new certificate (PEM) with a new key, or for the key of a CSR; written nowhere. */
  readonly sign: (sensorId: string, csr?: string) => Promise<{ readonly certificate: string; readonly key?: string }>;
  /** The certificate of the device's files, if it is this authority's and will last. */
  readonly issuedTo: (sensorId: string) => Credential | undefined;
};

const RENEWAL_MS = 30 * 86_400_000;

/**
 * The city's own certificate authority: `<home>/pki/` keeps it and the broker's certificate, `<home>/certificates/` holds what
 * is handed to devices. Several processes may open one folder; all of them end up with the same authority.
 * @param clock UTC epoch milliseconds.
 */
export const openPki = async (home: string, clock: () => number = Date.now): Promise<Pki> => {
  const directory = join(home, 'pki');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  mkdirSync(certificatesDirectory(home), { recursive: true, mode: 0o700 });
  const authority = await openAuthority(join(directory, 'ca.pem'), clock());
  const server = await openServer(join(directory, 'server.pem'), authority, clock());
  const caPath = join(certificatesDirectory(home), 'ca.crt');
  writeAtomically(caPath, authority.certificate, 0o644);
  return {
    ca: authority.certificate,
    server,
    issueDevice: (sensorId) => openDevice(home, entityIdSchema.parse(sensorId), authority, clock()),
    sign: async (sensorId, csr) => {
      const id = entityIdSchema.parse(sensorId);
      if (csr === undefined) return issueClient(authority, id, clock());
      return { certificate: await signClient(authority, id, csr, clock()) };
    },
    issuedTo: (sensorId) => {
      const { certificatePath, keyPath } = deviceFiles(home, entityIdSchema.parse(sensorId));
      const existing = readPair(certificatePath, keyPath);
      return existing !== undefined && isUsable(existing, authority, clock()) ? existing : undefined;
    },
  };
};

/** Whoever links the file first wins: two processes that start together must not make two authorities. */
const openAuthority = async (path: string, now: number): Promise<Credential> => {
  const existing = readBundle(path);
  if (existing !== undefined) return existing;
  const draft = `${path}.${process.pid}.partial`;
  writeFileSync(draft, bundle(await createAuthority(now)), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const created = readBundle(path);
  if (created === undefined) throw new Error(`${path} holds no certificate and key`);
  return created;
};

const openServer = async (path: string, authority: Credential, now: number): Promise<Credential> => {
  const names: ServerNames = { dns: [...new Set(['localhost', hostname()])], ip: ['127.0.0.1', '::1'] };
  const existing = readBundle(path);
  if (existing !== undefined && isUsable(existing, authority, now) && covers(existing, names)) return existing;
  const renewed = await issueServer(authority, names, now);
  writeAtomically(path, bundle(renewed), 0o600);
  return renewed;
};

const openDevice = async (
  home: string,
  sensorId: string,
  authority: Credential,
  now: number,
): Promise<DeviceCredential> => {
  const paths = deviceFiles(home, sensorId);
  const { certificatePath, keyPath } = paths;
  const existing = readPair(certificatePath, keyPath);
  if (existing !== undefined && isUsable(existing, authority, now)) return { ...existing, ...paths };
  const issued = await issueClient(authority, sensorId, now);
  writeAtomically(keyPath, issued.key, 0o600);
  writeAtomically(certificatePath, issued.certificate, 0o644);
  return { ...issued, ...paths };
};

/** Where a device's credential lies. */
export const deviceFiles = (home: string, sensorId: string): Omit<DeviceCredential, keyof Credential> => {
  const directory = certificatesDirectory(home);
  return {
    certificatePath: join(directory, `${sensorId}.crt`),
    keyPath: join(directory, `${sensorId}.key`),
    caPath: join(directory, 'ca.crt'),
  };
};

/** Signed by this authority, not about to expire, and its key belongs to it. */
const isUsable = (credential: Credential, authority: Credential, now: number): boolean => {
  try {
    const certificate = new X509Certificate(credential.certificate);
    return (
      certificate.verify(new X509Certificate(authority.certificate).publicKey) &&
      certificate.validToDate.getTime() - now > RENEWAL_MS &&
      certificate.checkPrivateKey(createPrivateKey(credential.key))
    );
  } catch {
    return false;
  }
};

const covers = (server: Credential, names: ServerNames): boolean => {
  const certificate = new X509Certificate(server.certificate);
  return (
    names.dns.every((name) => certificate.checkHost(name) !== undefined) &&
    names.ip.every((address) => certificate.checkIP(address) !== undefined)
  );
};

const bundle = ({ certificate, key }: Credential): string => `${certificate.trimEnd()}\n${key.trimEnd()}\n`;

const pemBlock = (text: string, label: string): string | undefined =>
  text.match(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`))?.[0];

const readBundle = (path: string): Credential | undefined => {
  const text = readText(path) ?? '';
  const certificate = pemBlock(text, 'CERTIFICATE');
  const key = pemBlock(text, 'PRIVATE KEY');
  return certificate !== undefined && key !== undefined ? { certificate, key } : undefined;
};

const readPair = (certificatePath: string, keyPath: string): Credential | undefined => {
  const certificate = pemBlock(readText(certificatePath) ?? '', 'CERTIFICATE');
  const key = pemBlock(readText(keyPath) ?? '', 'PRIVATE KEY');
  return certificate !== undefined && key !== undefined ? { certificate, key } : undefined;
};

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** Readers see the old file or the new one, never half of one. */
export const writeAtomically = (path: string, text: string, mode: number): void => {
  const draft = `${path}.${process.pid}.partial`;
  writeFileSync(draft, text.endsWith('\n') ? text : `${text}\n`, { mode });
  renameSync(draft, path);
};

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
