import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Certificates of the city's authority that nobody may connect with, by SHA-256 thumbprint (lower-case hexadecimal). */
export type Revocations = {
  readonly isRevoked: (thumbprint: string) => boolean;
  readonly revoke: (thumbprint: string) => void;
  readonly restore: (thumbprint: string) => void;
};

const RELOAD_MS = 500;

/**
 * One empty file for each in `<home>/pki/revoked/`, so that the command which revokes and the broker which asks need no word with
 * each other: what another process changed is known half a second later.
 * @param clock milliseconds, never going back.
 */
export const openRevocations = (home: string, clock: () => number = () => performance.now()): Revocations => {
  const directory = join(home, 'pki', 'revoked');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fileOf = (thumbprint: string): string => join(directory, thumbprint);
  let known = new Set<string>();
  let changedAt = Number.NaN;
  let askedAt = Number.NEGATIVE_INFINITY;

  const reload = (): void => {
    if (clock() - askedAt < RELOAD_MS) return;
    const { mtimeMs } = statSync(directory);
    askedAt = clock();
    // A change within the same tick of the file system's clock would be missed: a young folder is read again.
    if (mtimeMs === changedAt && Date.now() - mtimeMs > 2 * RELOAD_MS) return;
    changedAt = mtimeMs;
    known = new Set(readdirSync(directory));
  };
  return {
    isRevoked: (thumbprint) => {
      reload();
      return known.has(thumbprint);
    },
    revoke: (thumbprint) => {
      if (!existsSync(fileOf(thumbprint))) writeFileSync(fileOf(thumbprint), '', { mode: 0o600 });
      known.add(thumbprint);
    },
    restore: (thumbprint) => {
      rmSync(fileOf(thumbprint), { force: true });
      known.delete(thumbprint);
    },
  };
};
