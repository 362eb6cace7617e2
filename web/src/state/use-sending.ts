import { useState } from 'preact/hooks';
import { type Problem, problemOf } from '../api/problem.ts';

/** Sends once at a time; what went wrong is shown, what was typed stays. */
export const useSending = (send: () => Promise<unknown>, onDone: () => void) => {
  const [state, setState] = useState<{ readonly isSending: boolean; readonly problem?: Problem }>({ isSending: false });
  const submit = (event: Event): void => {
    event.preventDefault();
    if (state.isSending) return;
    setState({ isSending: true });
    send().then(
      () => {
        setState({ isSending: false });
        onDone();
      },
      (error: unknown) => setState({ isSending: false, problem: problemOf(error) }),
    );
  };
  return { ...state, submit };
};
