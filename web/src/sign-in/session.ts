import {
  arrive,
  type Departure,
  depart,
  redirectUri,
  renew,
  revoke,
  type SignInSettings,
  type Tokens,
} from './oauth.ts';

/** How it stands: nobody is asked here; somebody is signed in; somebody must sign in, perhaps because something went wrong. */
export type SessionState =
  | { readonly status: 'not-asked' }
  | { readonly status: 'signed-in'; readonly name: string }
  | { readonly status: 'signed-out'; readonly because?: 'ended' | 'failed' };

const TOKENS = 'phosach.session';
const DEPARTURE = 'phosach.departure';
/** A token is renewed before it runs out under way. */
const EARLY_MS = 60_000;

let settings: SignInSettings | undefined;
let tokens: Tokens | undefined;
let state: SessionState = { status: 'not-asked' };
let renewing: Promise<void> | undefined;
const listeners = new Set<() => void>();

const become = (next: SessionState): void => {
  state = next;
  for (const listener of listeners) listener();
};

export const sessionState = (): SessionState => state;
/** @returns a way to stop listening. */
export const onSession = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const stored = <T>(storage: Storage, key: string): T | undefined => {
  try {
    const text = storage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
};

const keep = (next: Tokens | undefined): void => {
  tokens = next;
  try {
    if (next === undefined) localStorage.removeItem(TOKENS);
    else localStorage.setItem(TOKENS, JSON.stringify(next));
  } catch {
    // Storage is forbidden: the session lasts as long as the page.
  }
};

const takeDeparture = (): Departure | undefined => {
  const departure = stored<Departure>(sessionStorage, DEPARTURE);
  sessionStorage.removeItem(DEPARTURE);
  return departure;
};

/** Back from the provider: takes the tokens, and the address back to where the reader was. */
const comeBack = async (known: SignInSettings): Promise<SessionState> => {
  const departure = takeDeparture();
  const { search } = location;
  history.replaceState(null, '', `${location.pathname}${departure?.hash ?? ''}`);
  if (departure === undefined) return { status: 'signed-out', because: 'failed' };
  try {
    const arrived = await arrive(known, departure, { origin: location.origin, pathname: location.pathname, search });
    keep(arrived);
    return { status: 'signed-in', name: arrived.name };
  } catch {
    return { status: 'signed-out', because: 'failed' };
  }
};

const isBack = (search: string): boolean => {
  const parameters = new URLSearchParams(search);
  return parameters.has('state') && (parameters.has('code') || parameters.has('error'));
};

/** Begins with what the host says of signing in; without it nobody is asked who they are. Call once, before anything is fetched. */
export const startSession = async (given: SignInSettings | undefined): Promise<void> => {
  settings = given;
  if (given === undefined) return become({ status: 'not-asked' });
  if (isBack(location.search)) return become(await comeBack(given));
  tokens = stored<Tokens>(localStorage, TOKENS);
  become(tokens === undefined ? { status: 'signed-out' } : { status: 'signed-in', name: tokens.name });
};

export const signIn = async (): Promise<void> => {
  if (settings === undefined) return;
  const { departure, url } = await depart(settings, location);
  sessionStorage.setItem(DEPARTURE, JSON.stringify(departure));
  location.assign(url);
};

export const signOut = async (): Promise<void> => {
  const [before, known] = [tokens, settings];
  if (known === undefined) return;
  keep(undefined);
  if (before !== undefined) await revoke(known, before);
  if (known.logoutEndpoint === undefined) return become({ status: 'signed-out' });
  const url = new URL(known.logoutEndpoint);
  url.search = new URLSearchParams({ client_id: known.clientId, logout_uri: redirectUri(location) }).toString();
  location.assign(url);
};

/** Another page of this console may have renewed or ended the session. */
const lookAgain = (): void => {
  const other = stored<Tokens>(localStorage, TOKENS);
  if (other !== undefined && other.idToken !== tokens?.idToken) tokens = other;
};

const renewOnce = async (known: SignInSettings): Promise<void> => {
  const before = tokens;
  if (before === undefined) return;
  const next = await renew(known, before);
  keep(next);
  if (next === undefined) become({ status: 'signed-out', because: 'ended' });
};

const renewNow = (known: SignInSettings): Promise<void> => {
  renewing ??= renewOnce(known).finally(() => {
    renewing = undefined;
  });
  return renewing;
};

/** The headers that say who asks; none where nobody is asked. A provider out of reach ends no session. */
const authorization = async (): Promise<Record<string, string>> => {
  if (settings === undefined) return {};
  lookAgain();
  if (tokens !== undefined && tokens.expiresAt - EARLY_MS < Date.now()) await renewNow(settings).catch(() => undefined);
  return tokens === undefined ? {} : { authorization: `Bearer ${tokens.idToken}` };
};

/** `fetch` in the name of who is signed in; a token that is refused is renewed once. */
export const fetchSignedIn = async (path: string, init: RequestInit): Promise<Response> => {
  const ask = async (): Promise<Response> =>
    fetch(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...(await authorization()) } });
  const first = await ask();
  if (first.status !== 401 || settings === undefined || tokens === undefined) return first;
  await renewNow(settings).catch(() => undefined);
  return tokens === undefined ? first : ask();
};
