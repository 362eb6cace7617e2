import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import type { ReadingStore } from '../../../shared/telemetry/reading-store.ts';
import { appendRules } from './reading-store-contract/append.ts';
import { bucketRules } from './reading-store-contract/buckets.ts';
import { edgeRules } from './reading-store-contract/edges.ts';
import { at, type ContractTraits, hours, newSensor, reading, seriesOf } from './reading-store-contract/fixtures.ts';
import { generatedRules } from './reading-store-contract/generated.ts';
import { seriesRules } from './reading-store-contract/series.ts';

export { CONTRACT_NOW } from './reading-store-contract/fixtures.ts';

export type OpenedStore = { readonly store: ReadingStore; readonly close: () => Promise<void> };

/** What every `ReadingStore` must do; each adapter runs it. */
export const readingStoreContract = (name: string, open: () => Promise<OpenedStore>, traits: ContractTraits): void => {
  describe(`${name} keeps the rules of a reading store`, () => {
    let opened: OpenedStore;
    let store: ReadingStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    describe('before anything was written', () => {
      it('finds nothing, and says so without failing', async () => {
        const identity = { sensorId: 'nobody', quantity: 'pm25' as Quantity, measuredAt: at('2026-10-05T01:00:00Z') };
        expect(await store.series({ ...identity, from: 0, to: Number.MAX_SAFE_INTEGER })).toEqual({ readings: [] });
        expect(await store.versions(identity)).toEqual([]);
        expect(await store.buckets(hours('nobody', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'))).toEqual([]);
        expect(await store.append([])).toEqual([]);
      });

      it('keeps a missing value as the first thing ever written', async () => {
        const missing = reading({ sensorId: newSensor(), value: null, quality: { flag: 9, test: 'none' } });
        await store.append([missing]);
        expect(await store.versions(missing)).toEqual([missing]);
        expect((await store.series(seriesOf(missing))).readings).toEqual([missing]);
      });
    });

    const openedStore = (): ReadingStore => store;
    appendRules(openedStore, traits);
    seriesRules(openedStore, traits);
    edgeRules(openedStore, traits);
    bucketRules(openedStore);
    generatedRules(openedStore, traits);
  });
};
