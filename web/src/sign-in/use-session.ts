import { useEffect, useState } from 'preact/hooks';
import { onSession, type SessionState, sessionState } from './session.ts';

export const useSession = (): SessionState => {
  const [state, setState] = useState(sessionState);
  useEffect(() => {
    setState(sessionState());
    return onSession(() => setState(sessionState()));
  }, []);
  return state;
};
