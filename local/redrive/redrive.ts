import { createHash } from 'node:crypto';
import { type DeadLetter, type DeadLetterCode, type HeldMessage, isFrom, readDeadLetter } from './dead-letter.ts';

/** The two queues as redriving needs them. A port. */
export type DeadLetterQueue = {
  /** Lends out some messages that nobody holds; none when there are none. */
  readonly receive: () => Promise<readonly HeldMessage[]>;
  /** Puts a body on the uplink queue; resolves when it is durable. */
  readonly sendBack: (body: string) => Promise<void>;
  readonly remove: (message: HeldMessage) => Promise<void>;
  /** Makes messages visible to others again. */
  readonly release: (messages: readonly HeldMessage[]) => Promise<void>;
};

export type RedriveOptions = {
  /** `list` and `dry-run` change nothing in either queue. */
  readonly action: 'list' | 'dry-run' | 'send-back';
  readonly code?: DeadLetterCode;
  readonly sensor?: string;
  /** At most so many messages that match. */
  readonly limit?: number;
  /** Called for each message that matches, before anything is done with it. */
  readonly onLetter: (letter: DeadLetter) => Promise<void> | void;
  readonly onFailure: (letter: DeadLetter, error: unknown) => void;
};

export type RedriveSummary = {
  readonly seen: number;
  readonly matched: number;
  readonly sentBack: number;
  /** Stayed in the dead-letter queue, because the same body was sent back already in this run: most likely refused again. */
  readonly sameAgain: number;
  readonly failed: number;
};

const digest = (body: string): string => createHash('sha256').update(body).digest('base64');

/**
 * Goes once through the dead-letter queue. A message is removed only after the uplink queue has taken its original body, so that
 * one which is interrupted in between comes twice rather than never; ingesting twice changes nothing. Whatever is not sent back
 * is released at the end, also when something fails.
 */
export const redrive = async (queue: DeadLetterQueue, options: RedriveOptions): Promise<RedriveSummary> => {
  const counts = { seen: 0, matched: 0, sentBack: 0, sameAgain: 0, failed: 0 };
  const held = new Map<string, HeldMessage>();
  const sentBodies = new Set<string>();
  const { action, code, sensor, limit = Number.POSITIVE_INFINITY } = options;

  const matches = (letter: DeadLetter): boolean =>
    (code === undefined || letter.code === code) && (sensor === undefined || isFrom(letter, sensor));

  const sendBack = async (letter: DeadLetter): Promise<void> => {
    const body = digest(letter.original);
    if (sentBodies.has(body)) {
      counts.sameAgain += 1;
      return;
    }
    try {
      await queue.sendBack(letter.original);
      sentBodies.add(body);
      await queue.remove(letter.held);
      held.delete(letter.held.messageId);
      counts.sentBack += 1;
    } catch (error) {
      counts.failed += 1;
      options.onFailure(letter, error);
    }
  };

  const handle = async (message: HeldMessage): Promise<void> => {
    counts.seen += 1;
    const letter = readDeadLetter(message);
    if (!matches(letter) || counts.matched >= limit) return;
    counts.matched += 1;
    await options.onLetter(letter);
    if (action === 'send-back') await sendBack(letter);
  };

  try {
    while (counts.matched < limit) {
      const received = await queue.receive();
      const fresh = received.filter(({ messageId }) => !held.has(messageId));
      // The later receipt is the one that still counts.
      for (const message of received) held.set(message.messageId, message);
      // Only messages that came back to sight while we held them: the round is complete.
      if (fresh.length === 0) break;
      for (const message of fresh) await handle(message);
    }
  } finally {
    await queue.release([...held.values()]);
  }
  return counts;
};
