import { useSignInWords } from '../i18n/sign-in-words.ts';
import { signOut } from './session.ts';
import { useSession } from './use-session.ts';

/** Who is signed in, and the way out; nothing where nobody is asked. */
export const SignOutButton = () => {
  const session = useSession();
  const w = useSignInWords();
  if (session.status !== 'signed-in') return null;
  return (
    <button type="button" class="sign-out" title={w.signedInAs(session.name)} onClick={() => void signOut()}>
      {w.signOut}
      <span class="visually-hidden">, {w.signedInAs(session.name)}</span>
    </button>
  );
};
