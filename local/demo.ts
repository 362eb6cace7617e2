import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { SMALL_YOUNG_GENERATION } from './lean-process.ts';

export type DemoOptions = {
  readonly home: string;
  readonly mqtt: { readonly host: string; readonly port: number };
  readonly speed: number;
  readonly log: (line: string) => void;
  /** The sensors' memories of the first start are all delivered: there is history to evaluate and to plan on. */
  readonly onHistoryDelivered: () => void;
};

const messageSchema = z.object({
  log: z.object({ event: z.string(), detail: z.record(z.string(), z.unknown()) }).optional(),
});

const CLOSE_GRACE_MS = 5_000;

/** Runs the simulated sensors in a worker thread; they join the city by MQTT like any other. */
export const startDemo = (options: DemoOptions): { readonly stop: () => Promise<void> } => {
  const { home, mqtt, speed, log } = options;
  const worker = new Worker(new URL('./simulator/worker.ts', import.meta.url), {
    workerData: { home, mqtt, speed },
    resourceLimits: { maxOldGenerationSizeMb: 128, ...SMALL_YOUNG_GENERATION },
  });
  worker.on('message', (message: unknown) => {
    const entry = messageSchema.parse(message).log;
    if (entry?.event === 'history-delivered') options.onHistoryDelivered();
    if (entry !== undefined) log(`simulator: ${entry.event} ${JSON.stringify(entry.detail)}`);
  });
  worker.on('error', (error) => log(`simulator: died: ${error.message}`));
  return {
    stop: async () => {
      worker.postMessage('stop');
      await Promise.race([once(worker, 'exit'), new Promise((resolve) => setTimeout(resolve, CLOSE_GRACE_MS).unref())]);
      await worker.terminate();
    },
  };
};
