import { inOrderMade } from '../../../../shared/routing/crew/last-words.ts';
import type { Outbox, OutboxEntry } from './entry.ts';

/** What the page keeps besides reports, each under a name. */
export type Kept = {
  readonly get: <T>(name: string) => Promise<T | undefined>;
  readonly put: (name: string, value: unknown) => Promise<void>;
};

export type CrewDatabase = { readonly outbox: Outbox; readonly kept: Kept };

const NAME = 'phosach-crew';
const VERSION = 1;
const stores = ['outbox', 'photos', 'kept'] as const;
type StoreName = (typeof stores)[number];

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const connect = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    for (const name of stores) request.result.createObjectStore(name);
  };
  return answered(request);
};

/** Work in one transaction, which is on disk when the promise resolves. */
const within =
  (database: IDBDatabase) =>
  async <T>(
    names: readonly StoreName[],
    mode: 'readonly' | 'readwrite',
    work: (store: (name: StoreName) => IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    const transaction = database.transaction([...names], mode, { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The phone did not keep it'));
      transaction.onerror = () => reject(transaction.error);
    });
    const [result] = await Promise.all([work((name) => transaction.objectStore(name)), done]);
    return result;
  };

type Within = ReturnType<typeof within>;

const all = (run: Within): Promise<readonly OutboxEntry[]> =>
  run(['outbox'], 'readonly', async (store) => {
    const entries: OutboxEntry[] = await answered(store('outbox').getAll());
    return entries.sort((a, b) => inOrderMade(a.report, b.report));
  });

const outboxOf = (run: Within): Outbox => ({
  all: () => all(run),
  add: ({ report, ...more }, photo) =>
    run(stores, 'readwrite', async (store) => {
      const sequence = ((await answered(store('kept').get('sequence'))) ?? 0) + 1;
      const entry: OutboxEntry = {
        ...more,
        report: { ...report, sequence },
        state: 'waiting',
        photo: photo === undefined ? 'none' : 'waiting',
      };
      store('kept').put(sequence, 'sequence');
      store('outbox').put(entry, report.reportId);
      if (photo !== undefined) store('photos').put(photo, report.reportId);
      return entry;
    }),
  update: (entries) =>
    run(['outbox', 'photos'], 'readwrite', async (store) => {
      for (const entry of entries) {
        store('outbox').put(entry, entry.report.reportId);
        if (entry.photo === 'sent') store('photos').delete(entry.report.reportId);
      }
    }),
  photo: (reportId) => run(['photos'], 'readonly', (store) => answered(store('photos').get(reportId))),
  forget: async (before) => {
    const isSettled = ({ state, photo, isSeen }: OutboxEntry): boolean =>
      (state === 'sent' || isSeen === true) && photo !== 'waiting';
    const old = (await all(run)).filter((entry) => entry.report.at < before && isSettled(entry));
    await run(['outbox', 'photos'], 'readwrite', async (store) => {
      for (const { report } of old) {
        store('outbox').delete(report.reportId);
        store('photos').delete(report.reportId);
      }
    });
  },
});

/** The phone's own database; what is written is there after the page, or the phone, was switched off. */
export const openCrewDatabase = async (): Promise<CrewDatabase> => {
  const run = within(await connect());
  return {
    outbox: outboxOf(run),
    kept: {
      get: (name) => run(['kept'], 'readonly', (store) => answered(store('kept').get(name))),
      put: (name, value) =>
        run(['kept'], 'readwrite', async (store) => {
          store('kept').put(value, name);
        }),
    },
  };
};
