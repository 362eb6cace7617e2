import { createHash, generateKeyPair, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stationCodeSchema } from '../../shared/city/station-class.ts';
import { isUsableKey, makeEd25519Pair } from './key-pair.ts';
import { folderPath, makeFolders } from './places.ts';

const makeKeyPair = promisify(generateKeyPair);

const writeSecret = (path: string, text: string): void => {
  const draft = `${path}.${process.pid}.partial`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
};

/**
 * The server's own keys, made at the first start and kept: a logger that has seen them once refuses another server. Ed25519 for who
 * can, RSA for older loggers.
 */
export const openHostKeys = async (home: string): Promise<readonly string[]> => {
  makeFolders(home);
  const { utils } = (await import('ssh2')).default;
  const directory = folderPath(home, 'access');
  const open = async (name: string, make: () => Promise<string>): Promise<string> => {
    const path = join(directory, name);
    // No server ever ran with a key that cannot be used: nobody misses it.
    if (!existsSync(path) || !isUsableKey(utils, readFileSync(path, 'utf8'))) writeSecret(path, await make());
    return readFileSync(path, 'utf8');
  };
  return Promise.all([
    open('host-ed25519.key', async () => makeEd25519Pair(utils).private),
    open('host-rsa.key', async () => {
      const { privateKey } = await makeKeyPair('rsa', { modulusLength: 3_072 });
      return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    }),
  ]);
};

export type StationAccess = {
  readonly passwordPath: string;
  /** OpenSSH private key; absent where the city put a logger's own public key in place. */
  readonly keyPath: string | undefined;
  /** Public keys, one a line, that let the station in. */
  readonly publicKeyPath: string;
};

const pathsOf = (home: string, code: string) => {
  const directory = folderPath(home, 'access');
  return {
    passwordPath: join(directory, `${code}.password`),
    keyPath: join(directory, `${code}.key`),
    publicKeyPath: join(directory, `${code}.pub`),
  };
};

/**
 * Password and key pair of a station for SFTP, made where they are missing, and its folder.
 * @throws ZodError when the code could not be a station's.
 */
export const grantAccess = async (home: string, fileCode: string): Promise<StationAccess> => {
  const code = stationCodeSchema.parse(fileCode);
  makeFolders(home);
  mkdirSync(join(folderPath(home, 'incoming'), code), { recursive: true });
  const { passwordPath, keyPath, publicKeyPath } = pathsOf(home, code);
  if (!existsSync(passwordPath)) writeSecret(passwordPath, `${randomBytes(18).toString('base64url')}\n`);
  if (!existsSync(publicKeyPath)) {
    const { utils } = (await import('ssh2')).default;
    const pair = makeEd25519Pair(utils, code);
    writeSecret(keyPath, pair.private);
    writeSecret(publicKeyPath, `${pair.public}\n`);
  }
  return { passwordPath, keyPath: existsSync(keyPath) ? keyPath : undefined, publicKeyPath };
};

/** What lets a station in, read anew each time so that a new station or another key needs no restart; `undefined` for no station. */
export const readAccess = (
  home: string,
  user: string,
):
  | { readonly code: string; readonly password: string | undefined; readonly publicKeys: readonly string[] }
  | undefined => {
  const code = stationCodeSchema.safeParse(user.toUpperCase());
  if (!code.success) return undefined;
  const { passwordPath, publicKeyPath } = pathsOf(home, code.data);
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');
  const publicKeys = read(publicKeyPath).split('\n').filter(Boolean);
  const password = read(passwordPath);
  if (password === '' && publicKeys.length === 0) return undefined;
  return { code: code.data, password: password === '' ? undefined : password, publicKeys };
};

/** Takes the same time wherever two texts differ. */
export const isSame = (a: string | Buffer, b: string | Buffer): boolean => {
  const digest = (text: string | Buffer) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};
