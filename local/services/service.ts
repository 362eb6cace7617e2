import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';

/**
 * A worker thread that runs one embedded data service, so that its work never stops the broker: it starts the service, tells its URL,
 * and closes it on request.
 */
const { name, options } = z
  .object({ name: z.enum(['dynamodb', 'timestream']), options: z.object({ directory: z.string(), host: z.string() }) })
  .parse(workerData);

const start = async () => {
  if (name === 'dynamodb') {
    const { startDynamodbEndpoint } = await import('../dynamodb/endpoint.ts');
    return startDynamodbEndpoint(options);
  }
  const { startTimestreamEndpoint } = await import('../timestream/endpoint.ts');
  return startTimestreamEndpoint(options);
};

const service = await start();
parentPort?.once('message', async () => {
  await service.close();
  parentPort?.postMessage({ closed: true });
  parentPort?.close();
});
parentPort?.postMessage({ url: service.url });
