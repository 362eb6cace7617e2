import { usePortal } from '../portal-locale.ts';

export type ApiAnswer = {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly ms: number;
};

/** What a page can show without becoming slow. */
const MOST_CHARACTERS = 50_000;

const pretty = (body: string, type: string | null): string => {
  if (!type?.includes('json')) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

/** Asks this host; an answer that never came has status 0. */
export const ask = async (address: string, accept: string): Promise<ApiAnswer> => {
  const began = performance.now();
  try {
    const response = await fetch(address, { headers: accept === '' ? {} : { accept }, cache: 'no-store' });
    const body = pretty(await response.text(), response.headers.get('content-type'));
    return {
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers].toSorted(([a], [b]) => a.localeCompare(b)),
      body,
      ms: Math.round(performance.now() - began),
    };
  } catch (error) {
    return { status: 0, statusText: String(error), headers: [], body: '', ms: Math.round(performance.now() - began) };
  }
};

export const AnswerView = ({ answer }: { readonly answer: ApiAnswer }) => {
  const { w, f } = usePortal();
  const { status, statusText, headers, body, ms } = answer;
  const isGood = status >= 200 && status < 400;
  return (
    <section aria-label={w.answer}>
      <h3>{w.answer}</h3>
      <p>
        <span class={`answer-status ${isGood ? 'is-good' : 'is-problem'}`}>{`${status} ${statusText}`}</span>{' '}
        <span class="quiet">{w.took(f.count(ms))}</span>
      </p>
      <details>
        <summary>{w.headers}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <pre class="answer-body" tabIndex={0}>
          {headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
        </pre>
      </details>
      <h4>{w.body}</h4>
      {body.length > MOST_CHARACTERS && <p class="quiet">{w.shortened(f.count(MOST_CHARACTERS))}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre class="answer-body" tabIndex={0} translate={false}>
        {body.slice(0, MOST_CHARACTERS)}
      </pre>
    </section>
  );
};
