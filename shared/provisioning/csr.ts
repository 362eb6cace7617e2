import { X509Certificate } from 'node:crypto';

const pattern =
  /^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\s([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/;

/** The request's DER (PKCS #10, RFC 2986); `undefined` of text that is not one request in PEM. */
export const readCsr = (pem: string): Buffer | undefined => {
  const der = Buffer.from(pem.match(pattern)?.[1] ?? '', 'base64');
  // A SEQUENCE with nothing behind it.
  if (der[0] !== 0x30) return undefined;
  const long = (der[1] ?? 0) & 0x80 ? (der[1] ?? 0) & 0x7f : 0;
  if (long > 4 || der.length < 2 + long) return undefined;
  const length = long === 0 ? (der[1] ?? 0) : der.readUIntBE(2, long);
  return der.length === 2 + long + length ? der : undefined;
};

/** Whether the certificate is for the key that the request (PEM both) was made with: both carry it as the same SubjectPublicKeyInfo. */
export const csrBelongsTo = (csr: string, certificate: string): boolean => {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return readCsr(csr)?.includes(key) ?? false;
};
