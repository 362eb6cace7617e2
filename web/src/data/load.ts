import { useCallback, useEffect, useState } from 'preact/hooks';
import { get } from '../api/client.ts';

export type Loaded<T> = {
  readonly data: T | undefined;
  readonly failed: boolean;
  readonly reload: () => void;
};

/** What an address of this host answers in JSON; asked again when the address changes. No address, no question. */
export const useLoaded = <T>(path: string | undefined, read: (answer: unknown) => T): Loaded<T> => {
  const [state, setState] = useState<{ readonly path?: string; readonly data?: T; readonly failed: boolean }>({
    failed: false,
  });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    setState({ path, failed: false });
    get<unknown>(path, abort.signal)
      .then((answer) => setState({ path, data: read(answer), failed: false }))
      .catch(() => {
        if (!abort.signal.aborted) setState({ path, failed: true });
      });
    return () => abort.abort();
  }, [path, attempt]);
  const isCurrent = state.path === path;
  return {
    data: isCurrent ? state.data : undefined,
    failed: isCurrent && state.failed,
    reload: useCallback(() => setAttempt((before) => before + 1), []),
  };
};

/** The part of the address behind `#`, followed as it changes. */
export const useHash = (): string => {
  const read = (): string => decodeURIComponent(location.hash.slice(1));
  const [hash, setHash] = useState(read);
  useEffect(() => {
    const follow = (): void => setHash(read());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return hash;
};
