import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { ReadingStore } from '../../../../shared/telemetry/reading-store.ts';
import { CONTRACT_NOW, type ContractTraits, newSensor, reading } from './fixtures.ts';
import { expectSameStory, storyArbitrary } from './stories.ts';

/** Rules over generated sequences. */
export const generatedRules = (
  store: () => ReadingStore,
  { tellsExactRepeats, generatedRuns }: ContractTraits,
): void => {
  it('tells the same story as the reference, whatever comes in whatever order', () =>
    fc.assert(
      fc.asyncProperty(storyArbitrary, (story) =>
        expectSameStory(store(), memoryReadingStore(), story, { prefix: newSensor(), tellsExactRepeats }),
      ),
      { numRuns: generatedRuns },
    ));

  it('ends with the same current reading in whatever order differing versions arrive', () =>
    fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        async (order, batch) => {
          const sensorId = newSensor();
          const versions = [0, 1, 2, 3, 4].map((i) => reading({ sensorId, value: i, receivedAt: CONTRACT_NOW + i }));
          const arriving = order.flatMap((i) => versions[i] ?? []);
          for (let i = 0; i < arriving.length; i += batch) await store().append(arriving.slice(i, i + batch));
          expect(await store().versions(reading({ sensorId }))).toEqual(versions);
        },
      ),
      { numRuns: Math.ceil(generatedRuns / 2) },
    ));
};
