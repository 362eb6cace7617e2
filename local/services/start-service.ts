import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { SMALL_YOUNG_GENERATION } from '../lean-process.ts';

export type Service = { readonly url: string; readonly close: () => Promise<void> };

const CLOSE_GRACE_MS = 30_000;

/** V8's heap limits, measured to be enough for a city of hundreds of sensors (docs/performance.md). */
const heapLimits = {
  dynamodb: { maxOldGenerationSizeMb: 160, ...SMALL_YOUNG_GENERATION },
  timestream: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 },
} as const;

/**
 * Starts an embedded data service in a worker thread.
 * @throws Error when it does not come up; `onDeath` hears when it dies later.
 */
export const startService = async (
  name: 'dynamodb' | 'timestream',
  options: { readonly directory: string; readonly host: string },
  onDeath: (reason: Error) => void,
): Promise<Service> => {
  const worker = new Worker(new URL('./service.ts', import.meta.url), {
    workerData: { name, options },
    resourceLimits: heapLimits[name],
  });
  let closing = false;
  const url = await new Promise<string>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`${name} exited with code ${code}`)));
    worker.once('message', (message: unknown) => resolve(z.object({ url: z.string() }).parse(message).url));
  });
  worker.removeAllListeners('error').removeAllListeners('exit');
  worker.once('error', onDeath);
  worker.once('exit', (code) => {
    if (!closing) onDeath(new Error(`${name} exited with code ${code}`));
  });
  return {
    url,
    close: async () => {
      closing = true;
      worker.postMessage('close');
      // A thread ended in the middle of a native call takes the process with it: it says when nothing is under way.
      await Promise.race([
        new Promise((resolve) => worker.once('message', resolve).once('exit', resolve)),
        new Promise((resolve) => setTimeout(resolve, CLOSE_GRACE_MS).unref()),
      ]);
      await worker.terminate();
    },
  };
};
