import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  WrittenEntity,
  WrittenObservation,
  WrittenStore,
} from '../../../shared/open-data/sensorthings/writing/written-entity.ts';
import { dynamodbWrittenStore } from '../../../shared/storage/dynamodb/written-entities.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryWrittenStore } from '../../support/memory-written-store.ts';

const aThing = (id: number, more: Partial<WrittenEntity> = {}): WrittenEntity => ({
  type: 'Thing',
  id,
  version: 1,
  values: { name: `Thing ${id}`, properties: { empty: '', deep: { list: [1, null] } } },
  links: { Locations: [id] },
  ...more,
});

const anObservation = (id: number, at: number, more: Partial<WrittenObservation> = {}): WrittenObservation => ({
  id,
  datastream: 7,
  feature: 9,
  at,
  values: { result: { a: [id, '', null] }, phenomenonTime: new Date(at).toISOString(), resultTime: null },
  ...more,
});

const everything = { from: 0, to: 9_000_000_000_000, descending: false, limit: 1_000 };

const writtenStoreContract = (
  name: string,
  open: () => Promise<{ readonly store: WrittenStore; readonly close: () => Promise<void> }>,
): void => {
  describe(name, () => {
    let store: WrittenStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    it('knows nothing at first, at revision 0', async () => {
      expect(await store.revision()).toBe(0);
      expect(await store.load()).toEqual({
        entities: [],
        hidden: [],
        readingsHidden: false,
        featuresOfLocations: new Map(),
        datastreamsOfFeatures: new Map(),
      });
    });

    it('gives numbers in a row, to everybody others, also at once', async () => {
      const counts = [1, 3, 2, 5];
      const firsts = await Promise.all(counts.map((count) => store.take('Sensor', count)));
      const all = firsts.flatMap((first, index) =>
        Array.from({ length: counts[index] ?? 0 }, (_, each) => first + each),
      );
      expect(new Set(all).size).toBe(11);
      expect(Math.min(...all)).toBe(2 ** 30);
      expect(await store.take('Observation', 1)).toBe(1);
    });

    it('keeps entities as they were written, and replaces only what nobody changed meanwhile', async () => {
      const before = await store.revision();
      await store.insert([aThing(1), aThing(2)], []);
      expect(await store.revision()).not.toBe(before);
      expect((await store.load()).entities).toEqual([aThing(1), aThing(2)]);
      expect(await store.replace(aThing(1, { version: 2, values: { name: 'new' } }))).toBe(true);
      expect(await store.replace(aThing(1, { version: 2, values: { name: 'late' } }))).toBe(false);
      expect(await store.replace(aThing(3, { version: 2 }))).toBe(false);
      expect((await store.load()).entities[0]).toMatchObject({ version: 2, values: { name: 'new' } });
      await store.remove([{ type: 'Thing', id: 1 }]);
      expect((await store.load()).entities).toEqual([aThing(2)]);
      expect(await store.replace(aThing(1, { version: 3 }))).toBe(false);
    });

    it('keeps notes, and every one of them changes the revision', async () => {
      const revisions = [await store.revision()];
      for (const change of [
        () => store.hide([{ type: 'Thing', id: 5 }]),
        () => store.hideReadings(),
        () => store.noteFeatureOfLocation(3, 4),
        () => store.noteFeatureOfLocation(3, 6),
        () => store.noteDatastreamOfFeature(6, 7),
        () => store.noteDatastreamOfFeature(6, 8),
      ]) {
        await change();
        revisions.push(await store.revision());
      }
      expect(new Set(revisions).size).toBe(7);
      expect(await store.load()).toMatchObject({
        hidden: [{ type: 'Thing', id: 5 }],
        readingsHidden: true,
        featuresOfLocations: new Map([[3, 6]]),
        datastreamsOfFeatures: new Map([[6, new Set([7, 8])]]),
      });
      await store.showCity();
      expect(await store.load()).toMatchObject({ hidden: [], readingsHidden: false });
    });

    it('finds, changes, moves and removes observations', async () => {
      const { observations } = store;
      const one = anObservation(1, 5_000);
      await store.insert([], [one, anObservation(2, 5_000)]);
      expect(await observations.get(1)).toEqual(one);
      expect(await observations.put(one)).toBe(false);
      const moved = anObservation(1, 9_000, { datastream: 8 });
      expect(await observations.put(moved, one)).toBe(true);
      expect(await observations.get(1)).toEqual(moved);
      expect(await observations.page(7, everything)).toEqual([anObservation(2, 5_000)]);
      expect(await observations.page(8, everything)).toEqual([moved]);
      expect(await observations.remove(1)).toBe(true);
      expect([await observations.remove(1), await observations.get(1)]).toEqual([false, undefined]);
      expect(await observations.put(one, moved)).toBe(false);
      expect(await observations.page(8, everything)).toEqual([]);
      await observations.clear(7);
    });

    it('pages in both directions give each observation once, in order, counted', async () => {
      const { observations } = store;
      const made = Array.from({ length: 40 }, (_, index) => anObservation(100 + index, 1_000 * Math.floor(index / 3)));
      await store.insert([], made);
      const range = fc.record({ from: fc.integer({ min: 0, max: 14_000 }), to: fc.integer({ min: 0, max: 14_000 }) });
      await fc.assert(
        fc.asyncProperty(range, fc.boolean(), fc.integer({ min: 1, max: 9 }), async (within, descending, limit) => {
          const found: WrittenObservation[] = [];
          for (;;) {
            const last = found.at(-1);
            const page = await observations.page(7, { ...within, descending, limit, ...(last && { after: last }) });
            found.push(...page);
            if (page.length < limit) break;
          }
          const wanted = made.filter(({ at }) => at >= within.from && at < within.to);
          expect(found).toEqual(descending ? wanted.toReversed() : wanted);
          expect(await observations.count(7, within)).toBe(wanted.length);
        }),
        { numRuns: 25 },
      );
    });

    it('clears those of one feature, or all', async () => {
      const { observations } = store;
      await store.insert([], [anObservation(500, 1, { feature: 1 }), anObservation(501, 2, { feature: 2 })]);
      await observations.clear(7, 1);
      expect([await observations.get(500), (await observations.get(501))?.id]).toEqual([undefined, 501]);
      await observations.clear(7);
      expect(await observations.page(7, everything)).toEqual([]);
      expect(await observations.get(501)).toBeUndefined();
    });
  });
};

writtenStoreContract('The reference of what third parties write', async () => ({
  store: memoryWrittenStore(),
  close: async () => {},
}));

writtenStoreContract('What third parties write, in DynamoDB', async () => {
  const { client, tableName, close } = await openTestTable();
  return { store: dynamodbWrittenStore({ client, tableName }), close };
});

describe('An insert that is broken off', () => {
  it('has made nothing', async () => {
    const { client, tableName, close } = await openTestTable();
    const failing = {
      send: (command: {
        readonly constructor: { readonly name: string };
        readonly input: { readonly Item?: { readonly sk?: string } };
      }) =>
        command.input.Item?.sk?.startsWith('insert#')
          ? Promise.reject(new Error('power cut'))
          : client.send(command as never),
    } as unknown as typeof client;
    const store = dynamodbWrittenStore({ client: failing, tableName });
    await expect(store.insert([aThing(1), aThing(2)], [])).rejects.toThrow('power cut');
    expect((await dynamodbWrittenStore({ client, tableName }).load()).entities).toEqual([]);
    await close();
  });
});
