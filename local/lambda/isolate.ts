import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';

/**
 * One execution environment of one function, as Lambda runs it: a thread of its own with its own environment variables, the handler
 * imported once, then one invocation at a time. Events and answers cross as JSON, so that nothing passes that could not pass on AWS.
 */
const { functionName, handlerUrl, timeoutMs } = z
  .object({ functionName: z.string(), handlerUrl: z.string(), timeoutMs: z.number() })
  .parse(workerData);

const moduleSchema = z.object({
  handler: z.custom<(event: unknown, context: unknown) => unknown>((value) => typeof value === 'function'),
});
const invocationSchema = z.object({ requestId: z.string(), event: z.string() });

const contextOf = (requestId: string) => {
  const deadline = Date.now() + timeoutMs;
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
};

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

const port = parentPort;
if (port === null) throw new Error('An isolate runs as a worker thread');

const { handler } = moduleSchema.parse(await import(handlerUrl));

port.on('message', async (message: unknown) => {
  const { requestId, event } = invocationSchema.parse(message);
  try {
    const result = await handler(JSON.parse(event), contextOf(requestId));
    port.postMessage({ ok: true, result: JSON.stringify(result ?? null) });
  } catch (error) {
    port.postMessage({ ok: false, error: describe(error) });
  }
});
port.postMessage({ ready: true });
