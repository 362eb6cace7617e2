import type { Cloud } from '../cloud.ts';
import type { LocalConfig } from '../config.ts';
import { queueNames } from '../names.ts';
import type { Shutdown } from '../shutdown.ts';
import { makeFolders } from './places.ts';
import { watchIncoming } from './watch.ts';

/** Opens both ways in for station files, the watched folder and (unless it is switched off) SFTP; answers the latter's port. */
export const openStationFiles = async (
  { home, host, sftpPort, settleMs }: LocalConfig,
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
  const server = await startSftpServer({ home, host, port: sftpPort, arrived: watch.arrived, log });
  shutdown.add(server.close);
  return server.port;
};
