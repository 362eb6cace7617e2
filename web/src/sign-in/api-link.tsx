import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { fetchSignedIn } from './session.ts';
import { useSession } from './use-session.ts';

type ApiLinkProps = {
  readonly href: string;
  /** What the file is called once it is saved. */
  readonly fileName: string;
  readonly class?: string;
  /** In a tab of its own, where nobody has to show who they are. */
  readonly opens?: boolean;
  readonly children: ComponentChildren;
};

const save = async (href: string, fileName: string): Promise<boolean> => {
  const response = await fetchSignedIn(href, {}).catch(() => undefined);
  if (response?.ok !== true) return false;
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
};

/**
 * A link to something that the API answers. A browser that follows a link cannot say who asks: where somebody is signed in, the file is
 * fetched in their name and saved.
 */
export const ApiLink = ({ href, fileName, opens = false, children, ...rest }: ApiLinkProps) => {
  const session = useSession();
  const [hasFailed, setFailed] = useState(false);
  const own = opens ? { target: '_blank', rel: 'noopener' } : { download: fileName };
  const onClick = (event: MouseEvent): void => {
    if (session.status !== 'signed-in') return;
    event.preventDefault();
    void save(href, fileName).then((saved) => setFailed(!saved));
  };
  return (
    <a {...rest} {...own} href={href} onClick={onClick} {...(hasFailed && { 'data-failed': true })}>
      {children}
      {hasFailed && <span aria-hidden="true"> ⚠</span>}
    </a>
  );
};
