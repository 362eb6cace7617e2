import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** How the make-believe OpenID provider behaves; tests change it as they go. */
export type ProviderMood = {
  /** Whoever comes to sign in is sent back with an error. */
  refuses: boolean;
  /** How long ID tokens hold. */
  tokenSeconds: number;
  /** Refresh tokens are worth nothing any more. */
  hasForgotten: boolean;
};

export const calmProvider = (): ProviderMood => ({ refuses: false, tokenSeconds: 3_600, hasForgotten: false });

const CLIENT = 'console-client';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider under `/provider`, as strict as a real one about codes, PKCE, redirects and tokens. */
export const fakeProvider = (mood: ProviderMood) => {
  const codes = new Map<string, { readonly challenge: string; readonly nonce: string; readonly redirectUri: string }>();
  const tokens = new Set<string>();
  const log = { grants: [] as string[], revoked: 0, loggedOut: 0 };
  let made = 0;

  const tokensFor = (origin: string, nonce: string | undefined) => {
    const iat = Math.floor(Date.now() / 1_000);
    made += 1;
    const claims = {
      ...{ iss: `${origin}/provider`, aud: CLIENT, sub: 'user-1', email: 'lan@thudaumot.example', iat },
      ...{ exp: iat + mood.tokenSeconds, jti: String(made) },
      ...(nonce !== undefined && { nonce }),
    };
    const idToken = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${Buffer.from('signature').toString('base64url')}`;
    tokens.add(idToken);
    return { id_token: idToken, access_token: `access-${made}`, token_type: 'Bearer', expires_in: mood.tokenSeconds };
  };

  const json = (response: ServerResponse, status: number, body: object): ServerResponse =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const authorize = (asked: URLSearchParams, response: ServerResponse): ServerResponse => {
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('state', asked.get('state') ?? '');
    if (mood.refuses) back.searchParams.set('error', 'access_denied');
    else {
      const code = `code-${codes.size}`;
      const [challenge, nonce] = [asked.get('code_challenge') ?? '', asked.get('nonce') ?? ''];
      codes.set(code, { challenge, nonce, redirectUri: asked.get('redirect_uri') ?? '' });
      back.searchParams.set('code', code);
    }
    return response.writeHead(302, { location: back.href }).end();
  };

  const token = (sent: URLSearchParams, origin: string, response: ServerResponse): ServerResponse => {
    const grant = sent.get('grant_type') ?? '';
    log.grants.push(grant);
    if (grant === 'refresh_token') {
      if (mood.hasForgotten || sent.get('refresh_token') !== 'refresh-1')
        return json(response, 400, { error: 'invalid_grant' });
      return json(response, 200, tokensFor(origin, undefined));
    }
    const known = codes.get(sent.get('code') ?? '');
    codes.delete(sent.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    const fits = known?.challenge === challenge && known.redirectUri === sent.get('redirect_uri');
    if (known === undefined || !fits || sent.get('client_id') !== CLIENT)
      return json(response, 400, { error: 'invalid_grant' });
    return json(response, 200, { ...tokensFor(origin, known.nonce), refresh_token: 'refresh-1' });
  };

  return {
    log,
    settingsAt: (origin: string) => ({
      issuer: `${origin}/provider`,
      clientId: CLIENT,
      authorizationEndpoint: `${origin}/provider/authorize`,
      tokenEndpoint: `${origin}/provider/token`,
      revocationEndpoint: `${origin}/provider/revoke`,
      logoutEndpoint: `${origin}/provider/logout`,
    }),
    isKnown: ({ headers }: IncomingMessage): boolean =>
      tokens.has((headers.authorization ?? '').replace(/^Bearer /, '')),
    /** Tokens that were handed out count no more, before their time. */
    forgetTokens: (): void => tokens.clear(),
    answer: async (request: IncomingMessage, origin: string, response: ServerResponse): Promise<ServerResponse> => {
      const { pathname, searchParams } = new URL(request.url ?? '/', origin);
      if (pathname === '/provider/authorize') return authorize(searchParams, response);
      if (pathname === '/provider/token') return token(new URLSearchParams(await text(request)), origin, response);
      if (pathname === '/provider/revoke') {
        log.revoked += 1;
        return response.writeHead(200).end();
      }
      log.loggedOut += 1;
      return response.writeHead(302, { location: searchParams.get('logout_uri') ?? '/' }).end();
    },
  };
};
export type FakeProvider = ReturnType<typeof fakeProvider>;
