import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, listen } from '../http/listening.ts';

export type SecretsEndpoint = {
  readonly port: number;
  /** What a caller must show, made at every start; a function knows it as its `AWS_SESSION_TOKEN`. */
  readonly sessionToken: string;
  readonly close: () => Promise<void>;
};

/**
 * Answers what our functions ask of the AWS Parameters and Secrets Lambda Extension:
 * `GET /secretsmanager/get?secretId=...` with the session token in `X-Aws-Parameters-Secrets-Token`.
 * @param find the secret of an id; called at every question, so that a changed file counts at once.
 */
export const startSecretsEndpoint = async (
  find: (secretId: string) => string | undefined,
): Promise<SecretsEndpoint> => {
  const sessionToken = randomBytes(24).toString('hex');
  const expected = Buffer.from(sessionToken);
  const server = createServer((request, response) => {
    const given = Buffer.from(String(request.headers['x-aws-parameters-secrets-token'] ?? ''));
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return answer(403, {});
    const secretId = url.searchParams.get('secretId') ?? '';
    const secret = url.pathname === '/secretsmanager/get' ? find(secretId) : undefined;
    if (secret === undefined) return answer(404, {});
    answer(200, { Name: secretId, SecretString: secret });
  });
  const port = await listen(server, 0, 'localhost');
  return {
    port,
    sessionToken,
    close: () => closeServer(server),
  };
};
