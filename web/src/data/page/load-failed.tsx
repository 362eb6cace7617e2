import type { ComponentChildren } from 'preact';
import { usePortal } from '../portal-locale.ts';

type LoadFailedProps = { readonly onRetry: () => void; readonly children?: ComponentChildren };

/** What could not be loaded, and another try. */
export const LoadFailed = ({ onRetry, children }: LoadFailedProps) => {
  const { w } = usePortal();
  return (
    <div class="notice is-problem" role="alert">
      {children}
      <p>{w.failed}</p>
      <button type="button" class="button" onClick={onRetry}>
        {w.retry}
      </button>
    </div>
  );
};
