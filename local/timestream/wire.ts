import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../http/listening.ts';
import { invalid, TimestreamError } from './errors.ts';

/** A response's members, written already. */
export class JsonBody {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An operation takes the request's JSON as it came and answers the response's members. */
export type Operation = (input: unknown) => object | Promise<object>;

/** 100 records of 2 KB each with their names and punctuation stay far below. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MAX_REQUEST_BYTES) throw invalid(`The request is larger than ${MAX_REQUEST_BYTES} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new TimestreamError('ValidationException', 'The request body is not JSON.');
  }
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  const text = body instanceof JsonBody ? body.text : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
};

const answerError = (response: ServerResponse, error: unknown): void => {
  const known =
    error instanceof TimestreamError
      ? error
      : new TimestreamError('InternalServerException', error instanceof Error ? error.message : String(error));
  const { fault, message, members, status } = known;
  // Clients of different ages read `Message` or `message`.
  const body = { __type: `com.amazonaws.timestream.v20181101#${fault}`, Message: message, message, ...members };
  answer(response, status, body);
};

/**
 * Serves operations over AWS's JSON 1.0 protocol: `POST /` with the operation's name in `x-amz-target`.
 * Signatures are not checked: the server is for loopback.
 */
export const serveAwsJson = async (
  operations: ReadonlyMap<string, Operation>,
  address: { readonly host: string; readonly port: number },
): Promise<{ readonly host: string; readonly url: string; readonly close: () => Promise<void> }> => {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const target = String(request.headers['x-amz-target'] ?? '');
      const operation = operations.get(target.slice(target.indexOf('.') + 1));
      const body = await readBody(request);
      if (operation === undefined)
        throw new TimestreamError('UnknownOperationException', `Unknown operation "${target}".`);
      answer(response, 200, await operation(parseBody(body)));
    } catch (error) {
      answerError(response, error);
    }
  };
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  // The SDK keeps connections open for longer than Node's default of 5 s and would meet a closed one.
  server.keepAliveTimeout = 120_000;
  const port = await listen(server, address.port, address.host);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 1_000).unref();
    });
  return { host: address.host, url: `http://${address.host}:${port}`, close };
};
