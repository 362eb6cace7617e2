import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findRunning, type RunningCity } from './home.ts';

export type ChildCity = {
  readonly home: string;
  readonly running: RunningCity;
  readonly process: ChildProcess;
  /** Asks it to stop and answers its exit code. */
  readonly stop: () => Promise<number | null>;
  /** SIGKILL: no farewell. */
  readonly kill: () => Promise<void>;
};

const START_TIMEOUT_MS = 180_000;

/**
 * Runs a city as `npm start` would, in a child process on free ports and a folder of its own; tests and benchmarks use it.
 * @throws Error with what the city said when it does not come up.
 */
export const startChildCity = async (
  home: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildCity> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      ...process.env,
      PORT: '0',
      MQTT_PORT: '0',
      SFTP_PORT: '0',
      PHOSACH_DEMO: 'off',
      ...environment,
      PHOSACH_HOME: home,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const exited = once(child, 'exit');
  const running = await waitUntilRunning(home, child, said);
  return {
    home,
    running,
    process: child,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exited;
      return typeof code === 'number' ? code : null;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

const waitUntilRunning = async (home: string, child: ChildProcess, said: readonly string[]): Promise<RunningCity> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const running = findRunning(home);
    if (running?.pid === child.pid && running !== undefined) return running;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`The city did not start: ${said.join('')}`);
};
