import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import dynalite from 'dynalite';

export type DynamodbEndpoint = { readonly url: string; readonly close: () => Promise<void> };

/**
 * DynamoDB on one machine: dynalite over a LevelDB in `<directory>/leveldb`, on the loopback interface. LevelDB hands each
 * write to the operating system before it is acknowledged, so that a killed process loses nothing (a power cut may cost the
 * last moments). The folder belongs to one endpoint at a time.
 * @param port 0 or absent = any free port.
 * @throws Error when another endpoint holds the folder, or another program the port.
 */
export const startDynamodbEndpoint = async ({
  directory,
  port = 0,
}: {
  readonly directory: string;
  readonly port?: number;
}): Promise<DynamodbEndpoint> => {
  const path = join(directory, 'leveldb');
  await mkdir(path, { recursive: true });
  const unlock = lockFolder(directory);
  const server = dynalite({ path, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    unlock();
    throw error;
  });
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${boundPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          unlock();
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
};

/**
 * Holds the folder until the lock is undone or the process dies. LevelDB has a lock of its own, but dynalite learns of it only
 * when a request comes, and dies of it.
 */
const lockFolder = (directory: string): (() => void) => {
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new Error(`${directory} is in use by another DynamoDB endpoint`, { cause: error });
  }
  return () => lock.close();
};
