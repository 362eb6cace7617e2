import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listen } from '../http/listening.ts';
import type { Queues } from './queues.ts';
import { type ActionContext, sqsActions } from './sqs-actions.ts';
import { SqsError } from './sqs-errors.ts';

export type SqsEndpointOptions = {
  readonly queues: Queues;
  /** Any free port when absent or 0. */
  readonly port?: number;
  readonly host?: string;
};

export type SqsEndpoint = {
  /** What `AWS_ENDPOINT_URL_SQS` must say. */
  readonly url: string;
  readonly queueUrl: (queue: string) => string;
  readonly close: () => Promise<void>;
};

const TARGET_PREFIX = 'AmazonSQS.';
/** Ten messages that share one megabyte, every character of them escaped. */
const MAX_REQUEST_BYTES = 8 * 1_048_576;

/**
 * SQS's JSON protocol (awsJson1_0) over the local queues, for the real SDK clients. It checks no signature: it listens on
 * the loopback interface, for the processes of this machine.
 */
export const startSqsEndpoint = async ({
  queues,
  port = 0,
  host = '127.0.0.1',
}: SqsEndpointOptions): Promise<SqsEndpoint> => {
  let url = '';
  const urlOf = (queue: string): string => `${url}/000000000000/${queue}`;
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    answer(request, { queues, urlOf, signal: gone.signal }).then(
      (result) => reply(response, 200, result),
      (error: unknown) => replyWithError(response, error),
    );
  });
  const bound = await listen(server, port, host);
  url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
  return {
    url,
    queueUrl: urlOf,
    close: () => closeServer(server),
  };
};

const answer = async (request: IncomingMessage, context: ActionContext): Promise<unknown> => {
  const target = String(request.headers['x-amz-target'] ?? '');
  const run = target.startsWith(TARGET_PREFIX) ? sqsActions.get(target.slice(TARGET_PREFIX.length)) : undefined;
  if (run === undefined) throw new SqsError('UnknownOperationException', `No such operation: ${target}`);
  return run(parseBody(await readBody(request)), context);
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) throw new SqsError('RequestEntityTooLarge', `More than ${MAX_REQUEST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const parseBody = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new SqsError('SerializationException', 'The request is not JSON');
  }
};

const reply = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': randomUUID(),
      'content-length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
};

const replyWithError = (response: ServerResponse, error: unknown): void => {
  if (error instanceof SqsError) {
    const { name, message, queryCode } = error;
    reply(
      response,
      400,
      { __type: `com.amazonaws.sqs#${name}`, message },
      {
        'x-amzn-query-error': `${queryCode};Sender`,
      },
    );
  } else {
    reply(response, 500, { __type: 'InternalFailure', message: String(error) });
  }
};
