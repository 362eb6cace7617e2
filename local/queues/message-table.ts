import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { QueueCounts, QueueDefinition, ReceivedMessage } from './queues.ts';

export type NewMessage = {
  readonly queue: string;
  readonly messageId: string;
  readonly body: string;
  /** UTC epoch milliseconds, as every time here. */
  readonly sentAt: number;
  readonly visibleAt: number;
};

export type TakeOptions = {
  readonly limit: number;
  readonly now: number;
  /** When what is taken becomes visible again. */
  readonly visibleAt: number;
  /** Messages sent at or before this have expired. */
  readonly oldest: number;
};

/** The messages of all queues in one SQLite table. Every function is one transaction. */
export type MessageTable = {
  readonly insert: (messages: readonly NewMessage[]) => void;
  /** Hides and returns visible messages; those received too often go to the dead-letter queue instead. */
  readonly take: (
    queue: QueueDefinition,
    options: TakeOptions,
  ) => { readonly taken: readonly ReceivedMessage[]; readonly deadLettered: number };
  readonly remove: (queue: string, receiptHandles: readonly string[]) => void;
  readonly reschedule: (queue: string, receiptHandle: string, visibleAt: number) => boolean;
  readonly move: (from: string, to: string, limit: number, now: number) => number;
  /** Makes every message in flight visible, and its receipt handle worthless. */
  readonly release: (queue: string, now: number) => void;
  readonly expire: (queue: string, oldest: number) => void;
  readonly purge: (queue: string) => number;
  readonly counts: (queue: string, now: number) => QueueCounts;
  /** When the next hidden message shows itself. */
  readonly nextVisibleAt: (queue: string, now: number) => number | undefined;
  readonly close: () => void;
};

const schema = `
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER,
    receipt INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS message_by_visibility ON message (queue, visible_at);
`;

const rowSchema = z.object({
  id: z.number(),
  message_id: z.string(),
  body: z.string(),
  sent_at: z.number(),
  receive_count: z.number(),
  first_received_at: z.number().nullable(),
});
const countsSchema = z.object({ visible: z.number(), in_flight: z.number(), delayed: z.number() });
const instantSchema = z.object({ at: z.number().nullable() });

/** As new: whoever receives it next receives it for the first time. */
const RESET = 'queue = ?, visible_at = ?, receive_count = 0, first_received_at = NULL, receipt = NULL';

/** Redriving also renews the time of sending, as SQS does: else the message could expire on arrival. */
const RENEW = `${RESET}, sent_at = ?`;

export const openMessageTable = (file: string): MessageTable => {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  database.exec(schema);
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  const transaction = transactionOn(database);

  const insert = prepare('INSERT INTO message (queue, message_id, body, sent_at, visible_at) VALUES (?, ?, ?, ?, ?)');
  const candidates = prepare(`
    SELECT id, message_id, body, sent_at, receive_count, first_received_at FROM message
    WHERE queue = ? AND visible_at <= ? AND sent_at > ? ORDER BY visible_at, id LIMIT ?`);
  const hide = prepare(`
    UPDATE message SET visible_at = ?, receipt = ?, receive_count = receive_count + 1,
      first_received_at = coalesce(first_received_at, ?) WHERE id = ?`);
  const moveOne = prepare(`UPDATE message SET ${RESET} WHERE id = ?`);
  const moveMany = prepare(`UPDATE message SET ${RENEW} WHERE id IN
    (SELECT id FROM message WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, id LIMIT ?)`);
  const remove = prepare('DELETE FROM message WHERE id = ? AND queue = ? AND receipt = ?');
  const reschedule = prepare('UPDATE message SET visible_at = ? WHERE id = ? AND queue = ? AND receipt = ?');
  const release = prepare(
    'UPDATE message SET visible_at = ?1, receipt = NULL WHERE queue = ?2 AND visible_at > ?1 AND receive_count > 0',
  );
  const expire = prepare('DELETE FROM message WHERE queue = ? AND sent_at <= ?');
  const purge = prepare('DELETE FROM message WHERE queue = ?');
  const counts = prepare(`
    SELECT count(*) FILTER (WHERE visible_at <= ?1) AS visible,
      count(*) FILTER (WHERE visible_at > ?1 AND receive_count > 0) AS in_flight,
      count(*) FILTER (WHERE visible_at > ?1 AND receive_count = 0) AS delayed
    FROM message WHERE queue = ?2`);
  const nextVisible = prepare('SELECT min(visible_at) AS at FROM message WHERE queue = ? AND visible_at > ?');

  const takeBatch = (queue: QueueDefinition, options: TakeOptions, wanted: number) => {
    const rows = z.array(rowSchema).parse(candidates.all(queue.name, options.now, options.oldest, wanted));
    const taken: ReceivedMessage[] = [];
    for (const row of rows) {
      if (queue.deadLetter !== undefined && row.receive_count >= (queue.maxReceiveCount ?? Number.POSITIVE_INFINITY)) {
        moveOne.run(queue.deadLetter, options.now, row.id);
        continue;
      }
      const receipt = newReceipt();
      hide.run(options.visibleAt, receipt, options.now, row.id);
      taken.push({
        messageId: row.message_id,
        body: row.body,
        receiptHandle: `${row.id}-${receipt}`,
        receiveCount: row.receive_count + 1,
        sentAt: row.sent_at,
        firstReceivedAt: row.first_received_at ?? options.now,
      });
    }
    return { taken, seen: rows.length };
  };

  return {
    insert: (messages) =>
      transaction(() => {
        for (const { queue, messageId, body, sentAt, visibleAt } of messages) {
          insert.run(queue, messageId, body, sentAt, visibleAt);
        }
      }),
    take: (queue, options) =>
      transaction(() => {
        const taken: ReceivedMessage[] = [];
        let seen = 0;
        // A batch that was all dead letters must not look like an empty queue.
        for (;;) {
          const wanted = options.limit - taken.length;
          const batch = takeBatch(queue, options, wanted);
          taken.push(...batch.taken);
          seen += batch.seen;
          if (batch.seen < wanted || taken.length === options.limit) break;
        }
        return { taken, deadLettered: seen - taken.length };
      }),
    remove: (queue, receiptHandles) =>
      transaction(() => {
        for (const { id, receipt } of receiptHandles.map(parseHandle)) remove.run(id, queue, receipt);
      }),
    reschedule: (queue, receiptHandle, visibleAt) => {
      const { id, receipt } = parseHandle(receiptHandle);
      return Number(reschedule.run(visibleAt, id, queue, receipt).changes) > 0;
    },
    move: (from, to, limit, now) => Number(moveMany.run(to, now, now, from, now, limit).changes),
    release: (queue, now) => {
      release.run(now, queue);
    },
    expire: (queue, oldest) => {
      expire.run(queue, oldest);
    },
    purge: (queue) => Number(purge.run(queue).changes),
    counts: (queue, now) => {
      const row = countsSchema.parse(counts.get(now, queue));
      return { visible: row.visible, inFlight: row.in_flight, delayed: row.delayed };
    },
    nextVisibleAt: (queue, now) => instantSchema.parse(nextVisible.get(queue, now)).at ?? undefined,
    close: () => database.close(),
  };
};

const transactionOn =
  (database: DatabaseSync) =>
  <T>(work: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };

/** Each receipt makes those before it worthless, wherever the message has been since. */
const newReceipt = (): number => randomInt(1, 2 ** 47);

const parseHandle = (handle: string): { readonly id: number; readonly receipt: number } => {
  const [id, receipt] = handle.split('-').map(Number);
  return Number.isSafeInteger(id) && Number.isSafeInteger(receipt)
    ? { id: id ?? 0, receipt: receipt ?? 0 }
    : { id: 0, receipt: 0 };
};
