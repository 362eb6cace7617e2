import type { ComponentChildren } from 'preact';
import { SignInPage } from './sign-in-page.tsx';
import { useSession } from './use-session.ts';

/** Shows what it holds to whoever may see it, and everybody else the way in. */
export const Gate = ({ children }: { readonly children: ComponentChildren }) => {
  const session = useSession();
  if (session.status !== 'signed-out') return <>{children}</>;
  return <SignInPage because={session.because} />;
};
