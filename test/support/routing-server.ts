import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type AskedOf = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};
export type Told =
  | { readonly status?: number; readonly body: unknown }
  | 'hang up'
  | 'never'
  | { readonly text: string };

/** A routing service on this machine: answers as it is told, and remembers what it was asked. */
export const startRoutingServer = async (answer: (asked: AskedOf, count: number) => Told) => {
  const asked: AskedOf[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const one: AskedOf = {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', 'http://localhost'),
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    };
    asked.push(one);
    const told = answer(one, asked.length);
    if (told === 'never') return;
    if (told === 'hang up') return void request.socket.destroy();
    if ('text' in told) return void response.writeHead(200).end(told.text);
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(told.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
