import { isAllowed } from './origins.ts';
import { wordsOf } from './words.ts';

const USUAL_TIMEOUT_MS = 15_000;

/** What is sent where; made only when the deployment lets the city call there. */
export type Outgoing = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Unavailable = { readonly status: 'unavailable'; readonly reason: string };

/**
 * Posts to a server of somebody else's. Only origins that the deployment names are called, redirects are not followed, and a request ends
 * after its time, milliseconds: whoever may say whom the city tells can make it call nothing else.
 */
export const post = async <Outcome>(
  { origins, timeoutMs = USUAL_TIMEOUT_MS }: { readonly origins: ReadonlySet<string>; readonly timeoutMs?: number },
  address: string,
  make: () => Promise<Outgoing>,
  outcomeOf: (response: Response) => Promise<Outcome>,
): Promise<Outcome | Unavailable> => {
  if (!isAllowed(origins, address))
    return { status: 'unavailable', reason: 'this deployment does not let the city call that origin' };
  try {
    const { url, headers, body } = await make();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'user-agent': 'phosach', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await outcomeOf(response);
  } catch (error) {
    return { status: 'unavailable', reason: wordsOf(error) };
  }
};
