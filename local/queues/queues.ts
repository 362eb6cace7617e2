import { randomUUID } from 'node:crypto';
import { type MessageTable, openMessageTable } from './message-table.ts';
import { waitingRoom } from './waiting-room.ts';

/** One queue with the settings that SQS knows by the same names. */
export type QueueDefinition = {
  readonly name: string;
  /** How long a received message stays hidden from others unless it is deleted first. */
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  /** Where a message goes that was received `maxReceiveCount` times and never deleted. */
  readonly deadLetter?: string;
  readonly maxReceiveCount?: number;
};

export type ReceivedMessage = {
  readonly messageId: string;
  readonly body: string;
  /** Good until the message is received again. */
  readonly receiptHandle: string;
  readonly receiveCount: number;
  /** UTC epoch milliseconds. */
  readonly sentAt: number;
  readonly firstReceivedAt: number;
};

export type ReceiveOptions = {
  /** 10 when absent. */
  readonly maxMessages?: number;
  /** How long to wait for the first message; 0 when absent. */
  readonly waitMs?: number;
  /** Instead of the queue's own. */
  readonly visibilitySeconds?: number;
  /** Ends the wait early, with what there is. */
  readonly signal?: AbortSignal;
};

export type QueueCounts = {
  readonly visible: number;
  /** Received and not yet deleted. */
  readonly inFlight: number;
  /** Sent with a delay that is not over. */
  readonly delayed: number;
};

/**
 * Durable queues with SQS's promises: delivery at least once, in no strict order, and after a time-out again until deleted.
 * What `send` acknowledged and what `delete` removed stays so when the process is killed at any moment.
 */
export type Queues = {
  readonly definitions: readonly QueueDefinition[];
  /** Resolves with the message's id once it is on disk. Messages sent at the same time share one transaction. */
  readonly send: (queue: string, body: string, options?: { readonly delaySeconds?: number }) => Promise<string>;
  readonly receive: (queue: string, options?: ReceiveOptions) => Promise<readonly ReceivedMessage[]>;
  /** A handle that is no longer good deletes nothing and is no error, as in SQS. */
  readonly delete: (queue: string, receiptHandles: readonly string[]) => Promise<void>;
  /** From now on; 0 makes the message visible at once. Answers whether the handle was good. */
  readonly changeVisibility: (queue: string, receiptHandle: string, seconds: number) => Promise<boolean>;
  /** Moves up to `limit` visible messages, as if they were new; answers how many. */
  readonly redrive: (from: string, to: string, limit?: number) => Promise<number>;
  readonly counts: (queue: string) => QueueCounts;
  /** Deletes every message; answers how many. */
  readonly purge: (queue: string) => Promise<number>;
  /** Flushes what is being sent and closes the file. */
  readonly close: () => Promise<void>;
};

export type QueuesOptions = {
  readonly file: string;
  readonly queues: readonly QueueDefinition[];
  /** UTC epoch milliseconds. */
  readonly clock?: () => number;
};

export class UnknownQueueError extends Error {
  override readonly name = 'UnknownQueueError';
}

const EXPIRY_INTERVAL_MS = 60_000;
const DEFAULT_MAX_MESSAGES = 10;

/**
 * Opens or creates the queues in one SQLite file.
 *
 * Write-ahead log with `synchronous = NORMAL`: a transaction is in the operating system's hands when `send` resolves, so a
 * killed process loses nothing; a power cut may lose the last moments. The dead-letter queue must be among the queues.
 *
 * One process opens the file at a time, and receivers live and die with it: what was in flight when it ended is visible at once
 * when it starts again, instead of after a time-out that nobody needs to wait for. The delivery still counts.
 */
export const openQueues = ({ file, queues, clock = Date.now }: QueuesOptions): Queues => {
  const definitions = checkDefinitions(queues);
  const table = openMessageTable(file);
  const room = waitingRoom();
  let closed = false;
  const sender = groupCommit(table, clock, room.wake);
  const find = (name: string): QueueDefinition => {
    const definition = definitions.get(name);
    if (definition === undefined) throw new UnknownQueueError(`There is no queue ${name}`);
    return definition;
  };
  const expire = (): void => {
    for (const { name, retentionSeconds } of definitions.values()) {
      table.expire(name, clock() - retentionSeconds * 1_000);
    }
  };
  expire();
  for (const { name } of definitions.values()) table.release(name, clock());
  const expiry = setInterval(expire, EXPIRY_INTERVAL_MS);
  expiry.unref();

  const take = (definition: QueueDefinition, options: ReceiveOptions): readonly ReceivedMessage[] => {
    const now = clock();
    const { taken, deadLettered } = table.take(definition, {
      limit: options.maxMessages ?? DEFAULT_MAX_MESSAGES,
      now,
      visibleAt: now + (options.visibilitySeconds ?? definition.visibilitySeconds) * 1_000,
      oldest: now - definition.retentionSeconds * 1_000,
    });
    if (deadLettered > 0 && definition.deadLetter !== undefined) room.wake(definition.deadLetter);
    return taken;
  };

  return {
    definitions: [...definitions.values()],
    send: async (queue, body, { delaySeconds = 0 } = {}) => sender.send(find(queue).name, body, delaySeconds),
    receive: async (queue, options = {}) => {
      const definition = find(queue);
      const deadline = performance.now() + (options.waitMs ?? 0);
      for (;;) {
        if (closed) return [];
        const messages = take(definition, options);
        const leftMs = deadline - performance.now();
        if (messages.length > 0 || leftMs <= 0 || options.signal?.aborted) return messages;
        const dueInMs = (table.nextVisibleAt(queue, clock()) ?? Number.POSITIVE_INFINITY) - clock();
        await room.wait(queue, Math.min(leftMs, Math.max(1, dueInMs)), options.signal);
      }
    },
    delete: async (queue, receiptHandles) => table.remove(find(queue).name, receiptHandles),
    changeVisibility: async (queue, receiptHandle, seconds) => {
      const changed = table.reschedule(find(queue).name, receiptHandle, clock() + seconds * 1_000);
      if (changed) room.wake(queue);
      return changed;
    },
    redrive: async (from, to, limit = Number.MAX_SAFE_INTEGER) => {
      const moved = table.move(find(from).name, find(to).name, limit, clock());
      if (moved > 0) room.wake(to);
      return moved;
    },
    counts: (queue) => table.counts(find(queue).name, clock()),
    purge: async (queue) => table.purge(find(queue).name),
    close: async () => {
      closed = true;
      clearInterval(expiry);
      room.close();
      sender.flush();
      table.close();
    },
  };
};

const checkDefinitions = (queues: readonly QueueDefinition[]): ReadonlyMap<string, QueueDefinition> => {
  const definitions = new Map(queues.map((queue) => [queue.name, queue]));
  if (definitions.size !== queues.length) throw new Error('Two queues have the same name');
  for (const { name, deadLetter, maxReceiveCount } of queues) {
    if ((deadLetter === undefined) !== (maxReceiveCount === undefined)) {
      throw new Error(`Queue ${name} needs both deadLetter and maxReceiveCount, or neither`);
    }
    if (deadLetter !== undefined && !definitions.has(deadLetter)) {
      throw new Error(`Queue ${name} names the dead-letter queue ${deadLetter}, which does not exist`);
    }
  }
  return definitions;
};

type Pending = {
  readonly queue: string;
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly resolve: (messageId: string) => void;
  readonly reject: (error: unknown) => void;
};

/** One transaction for everything sent within one turn of the event loop: the cost of a commit is shared. */
const groupCommit = (table: MessageTable, clock: () => number, committed: (queue: string) => void) => {
  let pending: Pending[] = [];

  const flush = (): void => {
    const batch = pending;
    pending = [];
    if (batch.length === 0) return;
    try {
      table.insert(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { resolve, messageId } of batch) resolve(messageId);
    for (const queue of new Set(batch.map(({ queue }) => queue))) committed(queue);
  };

  return {
    flush,
    send: (queue: string, body: string, delaySeconds: number): Promise<string> =>
      new Promise((resolve, reject) => {
        if (pending.length === 0) setImmediate(flush);
        const sentAt = clock();
        const visibleAt = sentAt + delaySeconds * 1_000;
        pending.push({ queue, messageId: randomUUID(), body, sentAt, visibleAt, resolve, reject });
      }),
  };
};
