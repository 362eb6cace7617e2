import type { HostConfig } from '../api/wire.ts';
import type { SignInSettings } from './oauth.ts';

const KEY = 'phosach.sign-in';

/**
 * What the host says of signing in; where it cannot be asked, what it said last: a crew without signal stays signed in. A host that
 * says nothing asks nobody.
 */
export const signInSettings = async (): Promise<SignInSettings | undefined> => {
  try {
    const response = await fetch('/config.json');
    if (response.status !== 404 && !response.ok) throw new Error(`The host answers ${response.status}`);
    const { signIn } = response.ok ? ((await response.json()) as HostConfig) : {};
    if (signIn === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(signIn));
    return signIn;
  } catch {
    const kept = localStorage.getItem(KEY);
    return kept === null ? undefined : (JSON.parse(kept) as SignInSettings);
  }
};
