import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CityError, type ReportResult } from '../../web/src/crew/state/city.ts';
import type { Outbox, OutboxEntry, PhoneReport } from '../../web/src/crew/state/entry.ts';
import { type Sending, startSender } from '../../web/src/crew/state/sender.ts';
import { aReport, reportIdOf } from '../support/crew-reports.ts';

const entryOf = (report: PhoneReport, photo: OutboxEntry['photo'] = 'none'): OutboxEntry => ({
  report,
  stopName: 'Chợ',
  serviceDate: '2026-11-22',
  state: 'waiting',
  photo,
});

/** An outbox in memory, in the order made; each answer comes later, as a database's does. */
const outboxWith = (made: readonly OutboxEntry[]): Outbox & { readonly entries: () => readonly OutboxEntry[] } => {
  let entries = [...made];
  return {
    entries: () => entries,
    all: async () => entries,
    add: async () => {
      throw new Error('Nobody adds here');
    },
    update: async (changed) => {
      entries = entries.map(
        (entry) => changed.find(({ report }) => report.reportId === entry.report.reportId) ?? entry,
      );
    },
    photo: async () => new Blob(['x']),
    forget: async () => {},
  };
};

/** Stops and overflows, as they come to a crew. */
const made = (n: number): PhoneReport => {
  const { reportId, binId, at, sequence } = aReport(n);
  return n % 3 === 1 ? { kind: 'overflow', reportId, binId, at, sequence } : aReport(n);
};

const accepted = ({ reportId }: PhoneReport): ReportResult => ({ status: 'accepted', reportId });

type City = Parameters<typeof startSender>[0]['city'];

/** Runs a sender whose waits pass at once, until it is idle or has waited so often; answers what it did. */
const run = async (outbox: Outbox, city: Partial<City>, mostWaits = 20) => {
  const waits: number[] = [];
  const told: Sending[] = [];
  await new Promise<void>((resolve) => {
    const sender = startSender({
      outbox,
      city: { send: async (reports) => reports.map(accepted), sendPhoto: async () => {}, ...city },
      onSending: (sending) => {
        told.push(sending);
        if (sending.status === 'idle') resolve();
      },
      onChanged: () => {},
      alone: (work) => work(),
      later: (call, ms) => {
        waits.push(ms);
        if (waits.length >= mostWaits) resolve();
        else queueMicrotask(call);
        return () => {};
      },
    });
    sender.wake();
  });
  return { waits, told };
};

describe('sending reports', () => {
  it('keeps their order and loses none, whatever attempts fail and whatever answers are lost', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.constantFrom('works', 'fails', 'answer lost'), { maxLength: 12 }),
        async (count, fates) => {
          const outbox = outboxWith(Array.from({ length: count }, (_, n) => entryOf(made(n))));
          const known: string[] = [];
          const queue = [...fates];
          const send = async (reports: readonly PhoneReport[]) => {
            const fate = queue.shift() ?? 'works';
            if (fate === 'fails') throw new CityError(undefined, 'no network');
            for (const { reportId } of reports) if (!known.includes(reportId)) known.push(reportId);
            if (fate === 'answer lost') throw new CityError(504, 'lost');
            return reports.map(accepted);
          };
          await run(outbox, { send });
          expect(known).toEqual(Array.from({ length: count }, (_, n) => reportIdOf(n)));
          expect(outbox.entries().every(({ state }) => state === 'sent')).toBe(true);
        },
      ),
      { numRuns: 50 },
    ));

  it('goes out in batches that the city takes', async () => {
    const sizes: number[] = [];
    const outbox = outboxWith(Array.from({ length: 120 }, (_, n) => entryOf(aReport(n))));
    await run(outbox, {
      send: async (reports) => {
        sizes.push(reports.length);
        return reports.map(accepted);
      },
    });
    expect(sizes).toEqual([50, 50, 20]);
  });

  it('waits longer after each failure, up to a minute, and says what the city answered', async () => {
    const down = async () => Promise.reject(new CityError(503, 'down'));
    const { waits, told } = await run(outboxWith([entryOf(aReport(1))]), { send: down }, 8);
    [2, 4, 8, 16, 32, 60, 60, 60].forEach((seconds, index) => {
      expect(waits[index]).toBeGreaterThanOrEqual(seconds * 750);
      expect(waits[index]).toBeLessThanOrEqual(seconds * 1_250);
    });
    expect(told[1]).toEqual({ status: 'waiting', httpStatus: 503 });
  });

  it('keeps the reason of what was refused, and goes on with the rest', async () => {
    const outbox = outboxWith([entryOf(aReport(1)), entryOf(aReport(2))]);
    const refused = { status: 'refused', reportId: reportIdOf(1), reason: 'no', reasonVi: 'không' } as const;
    await run(outbox, { send: async ([, ...rest]) => [refused, ...rest.map(accepted)] });
    expect(outbox.entries()).toMatchObject([
      { state: 'refused', refused: { reason: 'no', reasonVi: 'không' } },
      { state: 'sent' },
    ]);
  });
});

describe('sending photos', () => {
  it('comes after the reports, again after a failure, and ends where the city will never take one', async () => {
    const outbox = outboxWith([entryOf(aReport(1), 'waiting'), entryOf(aReport(2), 'waiting')]);
    const done: string[] = [];
    let failures = 1;
    await run(outbox, {
      send: async (reports) => {
        done.push('reports');
        return reports.map(accepted);
      },
      sendPhoto: async (reportId) => {
        if (reportId === reportIdOf(2)) throw new CityError(415, 'no photo');
        if (failures-- > 0) throw new CityError(undefined, 'no network');
        done.push('photo');
      },
    });
    expect(done).toEqual(['reports', 'photo']);
    expect(outbox.entries()).toMatchObject([{ photo: 'sent' }, { photo: 'refused' }]);
  });
});
