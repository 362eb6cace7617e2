import { ensureConsoleBuilt } from '../tools/build-console.ts';
import { startCloud } from './cloud.ts';
import type { LocalConfig } from './config.ts';
import { startDemo } from './demo.ts';
import { openDoors } from './doors.ts';
import { findRunning, type RunningCity, removeRunning, writeRunning } from './home.ts';
import { openPki } from './pki/pki.ts';
import { openShutdown, type Shutdown } from './shutdown.ts';
import { showFirstResults, startWork } from './work.ts';

export type LocalCity = { readonly running: RunningCity; readonly stop: () => Promise<void> };

type Log = (line: string) => void;

/**
 * Brings one city up in this process: every part in its order, each stopped in the reverse one.
 * @param onDeath hears when an embedded data service dies; the city cannot go on without it.
 * @throws Error when another city runs in the same folder, or a port is taken.
 */
export const startCity = async (
  config: LocalConfig,
  log: Log,
  onDeath: (reason: Error) => void,
): Promise<LocalCity> => {
  const other = findRunning(config.home);
  if (other !== undefined)
    throw new Error(`A city already runs in ${config.home} (process ${other.pid}, ${other.http})`);
  const shutdown = openShutdown(log);
  try {
    return { running: await assemble(config, shutdown, log, onDeath), stop: shutdown.run };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
};

const assemble = async (
  config: LocalConfig,
  shutdown: Shutdown,
  log: Log,
  onDeath: (reason: Error) => void,
): Promise<RunningCity> => {
  const [cloud, pki, consoleDirectory] = await Promise.all([
    startCloud(config, shutdown, onDeath, log),
    openPki(config.home),
    ensureConsoleBuilt(),
  ]);
  startWork(cloud, config, shutdown, log);
  const doors = await openDoors(config, cloud, pki, consoleDirectory, shutdown, log);
  const running = { ...cloud.addresses, ...doors };
  writeRunning(config.home, running);
  shutdown.add(() => removeRunning(config.home));
  if (config.demo) {
    const demo = startDemo({
      home: config.home,
      mqtt: running.mqtt,
      speed: config.speed,
      log,
      onHistoryDelivered: () => {
        showFirstResults(cloud).catch((error: unknown) => log(`First results: ${String(error)}`));
      },
    });
    shutdown.add(demo.stop);
  }
  return running;
};
