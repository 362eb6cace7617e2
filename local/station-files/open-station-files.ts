import type { Cloud } from '../cloud.ts';
import type { LocalConfig } from '../config.ts';
import { queueNames } from '../names.ts';
import type { Shutdown } from '../shutdown.ts';
import { makeFolders } from './places.ts';
import { watchIncoming } from './watch.ts';

/** Opens both ways in for station files, the watched folder and (unless it is switched off) SFTP; answers the latter's port. A second
 * city on this machine does without SFTP when the usual port is taken and no other was asked for. */
export const openStationFiles = async (
  { home, host, sftpPort, sftpPortChosen, settleMs }: LocalConfig,
  cloud: Cloud,
  shutdown: Shutdown,
  log: (line: string) => void,
): Promise<number | undefined> => {
  makeFolders(home);
  const send = (body: string) => cloud.queues.send(queueNames.stationFiles, body);
  const watch = watchIncoming({ home, settleMs, send, log });
  shutdown.add(watch.stop);
  if (sftpPort === undefined) return undefined;
  // The library is loaded only where it is used.
  const { startSftpServer } = await import('./sftp-server.ts');
  try {
    const server = await startSftpServer({ home, host, port: sftpPort, arrived: watch.arrived, log });
    shutdown.add(server.close);
    return server.port;
  } catch (error) {
    if (sftpPortChosen || !isTaken(error)) throw error;
    process.stderr.write(`SFTP is off: port ${sftpPort} is taken. SFTP_PORT chooses another.\n`);
    return undefined;
  }
};

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
