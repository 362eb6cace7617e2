import * as oauth from 'oauth4webapi';

/** Where people sign in: an OpenID provider, and what this console is to it. From `/config.json`. */
export type SignInSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint?: string;
  /** Where the provider forgets who signed in (Amazon Cognito's `/logout`). */
  readonly logoutEndpoint?: string;
};

/** What a page must remember while its reader is away at the provider's. */
export type Departure = {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  /** Where the reader was, with `#`. */
  readonly hash: string;
};

export type Tokens = {
  readonly idToken: string;
  readonly refreshToken?: string;
  /** By this machine's clock, epoch milliseconds. */
  readonly expiresAt: number;
  /** Who signed in, as the provider names them. */
  readonly name: string;
};

const serverOf = (settings: SignInSettings): oauth.AuthorizationServer => ({
  issuer: settings.issuer,
  authorization_endpoint: settings.authorizationEndpoint,
  token_endpoint: settings.tokenEndpoint,
  ...(settings.revocationEndpoint && { revocation_endpoint: settings.revocationEndpoint }),
});

const clientOf = ({ clientId }: SignInSettings): oauth.Client => ({ client_id: clientId });

/** On one machine a provider may stand on plain HTTP; tokens go over nothing else without TLS. */
const options = ({ tokenEndpoint }: SignInSettings) => ({
  [oauth.allowInsecureRequests]: ['localhost', '127.0.0.1'].includes(new URL(tokenEndpoint).hostname),
});

/** The page that readers come back to: this one, without what it was asked. */
export const redirectUri = ({ origin, pathname }: Pick<Location, 'origin' | 'pathname'>): string =>
  `${origin}${pathname}`;

/** Authorization code flow with PKCE (RFC 7636; OAuth 2.0 for Browser-Based Applications): what to remember, and where to go. */
export const depart = async (
  settings: SignInSettings,
  here: Pick<Location, 'origin' | 'pathname' | 'hash'>,
): Promise<{ readonly departure: Departure; readonly url: string }> => {
  const departure = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    hash: here.hash,
  };
  const url = new URL(settings.authorizationEndpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: redirectUri(here),
    scope: 'openid email',
    state: departure.state,
    nonce: departure.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(departure.verifier),
    code_challenge_method: 'S256',
  }).toString();
  return { departure, url: url.href };
};

const nameIn = (claims: oauth.IDToken): string => {
  const { email } = claims;
  return typeof email === 'string' && email !== '' ? email : claims.sub;
};

const tokensOf = (answer: oauth.TokenEndpointResponse, now: number, before?: Pick<Tokens, 'refreshToken'>): Tokens => {
  const claims = oauth.getValidatedIdTokenClaims(answer);
  if (claims === undefined || answer.id_token === undefined) throw new Error('The provider sent no ID token');
  const refreshToken = answer.refresh_token ?? before?.refreshToken;
  return {
    idToken: answer.id_token,
    ...(refreshToken !== undefined && { refreshToken }),
    // How long it holds, counted from now: this machine's clock may differ from the provider's.
    expiresAt: now + (claims.exp - claims.iat) * 1_000,
    name: nameIn(claims),
  };
};

/** @throws Error when the provider refused, or what came back is not what was asked for. */
export const arrive = async (
  settings: SignInSettings,
  departure: Departure,
  here: Pick<Location, 'origin' | 'pathname' | 'search'>,
): Promise<Tokens> => {
  const [server, client] = [serverOf(settings), clientOf(settings)];
  const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams(here.search), departure.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(here),
    departure.verifier,
    options(settings),
  );
  const answer = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: departure.nonce,
    requireIdToken: true,
  });
  return tokensOf(answer, Date.now());
};

/** @throws oauth.ResponseBodyError when the provider refuses; any other error when it cannot be reached. */
export const renew = async (settings: SignInSettings, tokens: Tokens): Promise<Tokens | undefined> => {
  if (tokens.refreshToken === undefined) return undefined;
  const [server, client] = [serverOf(settings), clientOf(settings)];
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    tokens.refreshToken,
    options(settings),
  );
  try {
    return tokensOf(await oauth.processRefreshTokenResponse(server, client, response), Date.now(), tokens);
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return undefined;
    throw error;
  }
};

/** Makes the refresh token worthless; one that cannot be told now runs out by itself. */
export const revoke = async (settings: SignInSettings, { refreshToken }: Tokens): Promise<void> => {
  if (refreshToken === undefined || settings.revocationEndpoint === undefined) return;
  await oauth
    .revocationRequest(serverOf(settings), clientOf(settings), oauth.None(), refreshToken, options(settings))
    .catch(() => undefined);
};
