import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const letterSchema = z.object({
  messageId: z.string(),
  /** UTC epoch milliseconds. */
  at: z.int(),
  topicArn: z.string(),
  subject: z.string(),
  message: z.string(),
  attributes: z.record(z.string(), z.string()),
});
/** What a topic was handed, as it would have gone to its subscribers. */
export type MailboxLetter = z.infer<typeof letterSchema>;

export type Mailbox = {
  /** On disk when it returns. */
  readonly put: (letter: MailboxLetter) => void;
  /** Newest first. */
  readonly list: (limit?: number) => readonly MailboxLetter[];
};

const letterIn = (line: string): readonly MailboxLetter[] => {
  try {
    return [letterSchema.parse(JSON.parse(line))];
  } catch {
    // The last line of a city that was killed while it wrote; it was never acknowledged.
    return [];
  }
};

/** The mailbox of a local city, a line a letter in `<home>/mailbox.jsonl`; it outlives the city. */
export const openMailbox = (home: string): Mailbox => {
  mkdirSync(home, { recursive: true });
  const file = join(home, 'mailbox.jsonl');
  return {
    // A line that was cut off ends before the next one begins.
    put: (letter) => appendFileSync(file, `\n${JSON.stringify(letterSchema.parse(letter))}\n`, { flush: true }),
    list: (limit = 200) =>
      existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(letterIn).reverse().slice(0, limit) : [],
  };
};
