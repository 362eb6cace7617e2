import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PushLedger } from '../../../shared/open-data/context-push/ports.ts';
import { dynamodbPushLedger } from '../../../shared/storage/dynamodb/push-ledger.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryPushLedger } from '../../support/memory-push-ledger.ts';

const noon = Date.UTC(2026, 9, 5, 5);
const told = (entityId: string, digest: string) => ({ entityId, digest, toldAt: noon });

const ledgerContract = (
  name: string,
  open: () => Promise<{ readonly ledger: PushLedger; readonly close: () => Promise<void> }>,
): void => {
  describe(name, () => {
    let ledger: PushLedger;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ ledger, close } = await open());
    });
    afterAll(() => close());

    it('keeps for each broker by itself what it was told last', async () => {
      expect(await ledger.told('a')).toEqual([]);
      await ledger.record('a', [told('urn:1', 'x'), told('urn:2', 'x')]);
      await ledger.record('a', [{ ...told('urn:1', 'y'), refused: true }]);
      await ledger.record('b', [told('urn:1', 'z')]);
      await ledger.forget('a', ['urn:2']);
      expect(await ledger.told('a')).toEqual([{ ...told('urn:1', 'y'), refused: true }]);
      expect(await ledger.told('b')).toEqual([told('urn:1', 'z')]);
    });

    it('lets one run speak at a time, until it lets go or its time is over', async () => {
      const run = (owner: string, at: number) => ledger.hold('c', { owner, at, until: at + 100 });
      expect(await run('first', noon)).toBe(true);
      expect(await run('second', noon + 99)).toBe(false);
      await ledger.release('c', 'first', { failures: 2, notBefore: noon + 50, reason: '503' });
      expect(await ledger.standing('c')).toEqual({ failures: 2, notBefore: noon + 50, reason: '503' });
      expect(await run('second', noon + 99)).toBe(true);
      // Held, it still tells how it went before.
      expect(await ledger.standing('c')).toMatchObject({ failures: 2 });
      expect(await run('third', noon + 199)).toBe(true);
      await ledger.release('c', 'second', { failures: 9, notBefore: 0 });
      expect(await ledger.standing('c')).toMatchObject({ failures: 2 });
      expect(await run('fourth', noon + 250)).toBe(false);
    });

    it('gives the word to one of many that ask at once', async () => {
      const runs = Array.from({ length: 8 }, (_, index) =>
        ledger.hold('d', { owner: `run-${index}`, at: noon, until: noon + 100 }),
      );
      expect((await Promise.all(runs)).filter(Boolean)).toHaveLength(1);
    });
  });
};

ledgerContract('A ledger in memory', async () => ({ ledger: memoryPushLedger(), close: async () => {} }));
ledgerContract('A ledger in DynamoDB', async () => {
  const table = await openTestTable();
  return { ledger: dynamodbPushLedger(table), close: table.close };
});
