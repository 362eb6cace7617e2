import { useState } from 'preact/hooks';
import { usePortal } from '../portal-locale.ts';

/** Lines to copy. Where the browser gives no clipboard (HTTP, old ones) they can still be selected. */
export const CodeBlock = ({ label, code }: { readonly label: string; readonly code: string }) => {
  const { w } = usePortal();
  const [copied, setCopied] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(code);
    } catch {
      setCopied('');
    }
  };
  return (
    <div class="code-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>
        <code translate={false}>{code}</code>
      </pre>
      <button type="button" class="button is-small" aria-label={w.copyOf(label)} onClick={copy}>
        <span aria-live="polite">{copied === code ? w.copied : w.copy}</span>
      </button>
    </div>
  );
};
