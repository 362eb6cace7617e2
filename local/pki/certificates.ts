import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate with its private key (PKCS #8), both PEM. */
export type Credential = { readonly certificate: string; readonly key: string };

export type ServerNames = { readonly dns: readonly string[]; readonly ip: readonly string[] };

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const CA_DAYS = 7_300;
const SERVER_DAYS = 397;
const DEVICE_DAYS = 3_650;

x509.cryptoProvider.set(crypto);

const generateKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const keyToPem = async (key: CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

const keyFromPem = (pem: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), algorithm, false, ['sign']);

/** Positive and unguessable, at most 20 octets (RFC 5280 §4.1.2.2). */
const serialNumber = (): string => `01${randomBytes(15).toString('hex')}`;

/** From a day ago, so that a device whose clock runs late still accepts it. */
const validity = (now: number, days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now - DAY_MS),
  notAfter: new Date(now + days * DAY_MS),
});

/** A new certificate authority that signs nothing but leaves. */
export const createAuthority = async (now: number): Promise<Credential> => {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Pho Sach local CA',
    ...validity(now, CA_DAYS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await keyToPem(keys.privateKey) };
};

type Leaf = {
  readonly commonName: string;
  readonly days: number;
  readonly usage: x509.ExtendedKeyUsage;
  readonly extensions: readonly x509.Extension[];
};

const issue = async (authority: Credential, leaf: Leaf, now: number): Promise<Credential> => {
  const keys = await generateKeys();
  return { certificate: await sign(authority, leaf, keys.publicKey, now), key: await keyToPem(keys.privateKey) };
};

const sign = async (authority: Credential, leaf: Leaf, publicKey: x509.PublicKeyType, now: number): Promise<string> => {
  const issuer = new x509.X509Certificate(authority.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${leaf.commonName}`,
    issuer: issuer.subject,
    ...validity(now, leaf.days),
    signingKey: await keyFromPem(authority.key),
    publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([leaf.usage]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export()),
      ...leaf.extensions,
    ],
  });
  return certificate.toString('pem');
};

/** The broker's certificate, for every name that a client on this machine may use for it. */
export const issueServer = (authority: Credential, names: ServerNames, now: number): Promise<Credential> =>
  issue(
    authority,
    {
      commonName: 'localhost',
      days: SERVER_DAYS,
      usage: x509.ExtendedKeyUsage.serverAuth,
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          ...names.dns.map((value) => ({ type: 'dns' as const, value })),
          ...names.ip.map((value) => ({ type: 'ip' as const, value })),
        ]),
      ],
    },
    now,
  );

/** A device's certificate. Its common name is the thing name that the broker's policy speaks of. */
export const issueClient = (authority: Credential, commonName: string, now: number): Promise<Credential> =>
  issue(authority, { commonName, days: DEVICE_DAYS, usage: x509.ExtendedKeyUsage.clientAuth, extensions: [] }, now);

/**
 * A device's certificate for the key it made itself. Only the key is taken from the request (PEM): the name is the city's to give.
 * @throws Error when the request is not signed with its own key.
 */
export const signClient = async (
  authority: Credential,
  commonName: string,
  csr: string,
  now: number,
): Promise<string> => {
  const request = new x509.Pkcs10CertificateRequest(csr);
  if (!(await request.verify())) throw new Error('The certificate signing request is not signed with its own key');
  const leaf = { commonName, days: DEVICE_DAYS, usage: x509.ExtendedKeyUsage.clientAuth, extensions: [] };
  return sign(authority, leaf, request.publicKey, now);
};
