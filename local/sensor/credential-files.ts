import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KeepCredential } from '../../shared/provisioning/provision-sensor.ts';
import { writeAtomically } from '../pki/pki.ts';

export type CredentialFiles = { readonly keyPath: string; readonly certificatePath: string };

/** Where a sensor's key and certificate lie in a folder. */
export const credentialFiles = (directory: string, sensorId: string): CredentialFiles => ({
  keyPath: join(directory, `${sensorId}.key`),
  certificatePath: join(directory, `${sensorId}.crt`),
});

/**
 * Writes new credentials into a folder that only its owner may open; taken back, the files are as they were. A key made by the
 * device is not ours to write: then an older key's file goes.
 */
export const keepInFolder = (directory: string): KeepCredential => {
  return async (sensorId, { certificate, privateKey }) => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { keyPath, certificatePath } = credentialFiles(directory, sensorId);
    const before = { key: readIfThere(keyPath), certificate: readIfThere(certificatePath) };
    const restore = async (): Promise<void> => {
      put(keyPath, before.key, 0o600);
      put(certificatePath, before.certificate, 0o644);
    };
    try {
      put(keyPath, privateKey, 0o600);
      put(certificatePath, certificate, 0o644);
    } catch (error) {
      await restore();
      throw error;
    }
    return restore;
  };
};

const put = (path: string, text: string | undefined, mode: number): void => {
  if (text === undefined) rmSync(path, { force: true });
  else writeAtomically(path, text, mode);
};

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
