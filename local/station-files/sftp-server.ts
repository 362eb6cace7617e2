import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2, { type AuthContext, type Connection } from 'ssh2';
import { isSame, openHostKeys, readAccess } from './access.ts';
import { folderPath } from './places.ts';
import { serveSftp } from './sftp-session.ts';

export type SftpOptions = {
  readonly home: string;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly arrived: (path: string) => void;
  readonly log: (line: string) => void;
};

const MAX_CONNECTIONS = 100;
const LOGIN_MS = 30_000;
const MAX_REFUSALS = 5;
/** A wrong password costs a second, so that guessing takes for ever. */
const REFUSAL_DELAY_MS = 1_000;

type Access = ReturnType<typeof readAccess>;

const letsIn = (context: AuthContext, access: Access): boolean => {
  if (context.method === 'password') {
    // Also for nobody: an answer must not tell by its time which stations there are.
    const same = isSame(context.password, access?.password ?? '');
    return same && access?.password !== undefined;
  }
  if (context.method !== 'publickey') return false;
  const { key, signature, blob, hashAlgo } = context;
  return (access?.publicKeys ?? []).some((line) => {
    const parsed = ssh2.utils.parseKey(line);
    if (parsed instanceof Error || !isSame(key.data, parsed.getPublicSSH())) return false;
    // Without a signature the client only asks whether it may try this key.
    return signature === undefined || blob === undefined || parsed.verify(blob, signature, hashAlgo) === true;
  });
};

type Login = { readonly attempt: (context: AuthContext) => Promise<void>; readonly code: () => string };

/** Lets a client in as the station that it proves to be, slowly where it guesses, and not for ever. */
const openLogin = (client: Connection, ip: string, { home, log }: SftpOptions): Login => {
  let code = '';
  let refusals = 0;
  return {
    code: () => code,
    attempt: async (context) => {
      const access = readAccess(home, context.username);
      if (letsIn(context, access)) {
        code = access?.code ?? '';
        context.accept();
        return;
      }
      if (context.method !== 'none') {
        refusals += 1;
        log(`sftp: ${ip} is not ${JSON.stringify(context.username)} by ${context.method}`);
        await sleep(context.method === 'password' ? REFUSAL_DELAY_MS : 0);
      }
      if (refusals >= MAX_REFUSALS) client.end();
      else context.reject(['publickey', 'password']);
    },
  };
};

const serve = (client: Connection, ip: string, clients: Set<Connection>, options: SftpOptions): void => {
  if (clients.size >= MAX_CONNECTIONS) return void client.end();
  clients.add(client);
  const { home, arrived, log } = options;
  const tooLate = setTimeout(() => client.end(), LOGIN_MS).unref();
  const sessions: { end: () => void }[] = [];
  const login = openLogin(client, ip, options);
  client.on('authentication', (context) => {
    login.attempt(context).catch((error: unknown) => {
      log(`sftp: ${String(error)}`);
      client.end();
    });
  });
  client.on('ready', () => {
    clearTimeout(tooLate);
    const code = login.code();
    mkdirSync(join(folderPath(home, 'incoming'), code), { recursive: true });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => void sessions.push(serveSftp(acceptSftp(), { home, code, arrived, log })));
    });
  });
  client.on('error', (error: Error) => log(`sftp: ${ip}: ${error.message}`));
  client.on('close', () => {
    clearTimeout(tooLate);
    clients.delete(client);
    for (const session of sessions) session.end();
  });
};

/**
 * The city's SFTP server: a user for every station, by its file code, with password or public key, who sees nothing but the folder of that
 * station. No shell, no forwarding.
 * @throws Error when the port is taken.
 */
export const startSftpServer = async (
  options: SftpOptions,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const { home, host, port, log } = options;
  const hostKeys = await openHostKeys(home);
  // What was being sent when the city ended was never acknowledged.
  for (const name of readdirSync(folderPath(home, 'uploading'))) rmSync(join(folderPath(home, 'uploading'), name));
  const clients = new Set<Connection>();

  const server = new ssh2.Server({ hostKeys: [...hostKeys], ident: 'phosach' }, (client, info) =>
    serve(client, info.ip, clients, options),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.on('error', (error: Error) => log(`sftp: ${error.message}`));
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.end();
      }),
  };
};
