import { type City, CityError } from './city.ts';
import type { Outbox, OutboxEntry } from './entry.ts';

const BATCH = 50;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** How sending stands. */
export type Sending =
  | { readonly status: 'idle' | 'sending' }
  /** Tried in vain; tries again by itself. `httpStatus` is absent where nobody answered. */
  | { readonly status: 'waiting'; readonly httpStatus?: number };

export type Sender = {
  /** Sends now what waits, also while it waits for its next attempt. */
  readonly wake: () => void;
  readonly stop: () => void;
};

type Parts = {
  readonly outbox: Outbox;
  readonly city: Pick<City, 'send' | 'sendPhoto'>;
  readonly onSending: (sending: Sending) => void;
  /** Hears that entries have another state now. */
  readonly onChanged: () => void;
  /** Runs the work while no other page of this phone does. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Calls later; answers how to call it off. */
  readonly later: (call: () => void, ms: number) => () => void;
};

/** What will be refused again however often it is sent. */
const isFinal = (error: unknown): error is CityError =>
  error instanceof CityError && [400, 403, 409, 413, 415].includes(error.status ?? 0);

/** Oldest first, in batches; each batch is settled on the phone before the next goes out. */
const sendReports = async ({ outbox, city, onChanged }: Parts): Promise<void> => {
  for (;;) {
    const waiting = (await outbox.all()).filter(({ state }) => state === 'waiting').slice(0, BATCH);
    if (waiting.length === 0) return;
    const results = await city.send(waiting.map(({ report }) => report));
    const settled = waiting.flatMap((entry, index): OutboxEntry[] => {
      const result = results[index];
      if (result === undefined) return [];
      if (result.status !== 'refused') return [{ ...entry, state: 'sent' }];
      const { reason, reasonVi } = result;
      return [{ ...entry, state: 'refused', refused: { reason, reasonVi } }];
    });
    if (settled.length === 0) throw new CityError(502, 'The city answered without results');
    await outbox.update(settled);
    onChanged();
  }
};

const sendPhotos = async ({ outbox, city, onChanged }: Parts): Promise<void> => {
  for (const entry of (await outbox.all()).filter(({ photo }) => photo === 'waiting')) {
    const { reportId } = entry.report;
    const photo = await outbox.photo(reportId);
    let outcome: OutboxEntry['photo'] = photo === undefined ? 'refused' : 'sent';
    try {
      if (photo !== undefined) await city.sendPhoto(reportId, photo);
    } catch (error) {
      if (!isFinal(error)) throw error;
      outcome = 'refused';
    }
    await outbox.update([{ ...entry, photo: outcome }]);
    onChanged();
  }
};

/**
 * Brings reports to the city whenever it can be reached: in the order made, reports before photos, again after failures at growing
 * intervals. What was sent twice because an answer was lost the city knows by its id.
 */
export const startSender = (parts: Parts): Sender => {
  let isStopped = false;
  let isRunning = false;
  let isAskedAgain = false;
  let failures = 0;
  let callOff = (): void => {};

  const attempt = async (): Promise<void> => {
    parts.onSending({ status: 'sending' });
    try {
      await parts.alone(async () => {
        await sendReports(parts);
        await sendPhotos(parts);
      });
      failures = 0;
      parts.onSending({ status: 'idle' });
    } catch (error) {
      const httpStatus = error instanceof CityError ? error.status : undefined;
      parts.onSending({ status: 'waiting', ...(httpStatus !== undefined && { httpStatus }) });
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
      failures += 1;
      // Not all phones of a city at the same moment.
      if (!isStopped) callOff = parts.later(wake, wait * (0.75 + Math.random() / 2));
    }
  };

  const wake = (): void => {
    if (isStopped) return;
    callOff();
    if (isRunning) {
      isAskedAgain = true;
      return;
    }
    isRunning = true;
    isAskedAgain = false;
    void attempt().finally(() => {
      isRunning = false;
      if (isAskedAgain) wake();
    });
  };

  return {
    wake,
    stop: () => {
      isStopped = true;
      callOff();
    },
  };
};
