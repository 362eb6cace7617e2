import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { readingStoreContract } from '../storage/reading-store.contract.ts';

readingStoreContract('The in-memory store', async () => ({ store: memoryReadingStore(), close: async () => {} }), {
  tellsExactRepeats: true,
  longSeries: 100_000,
  pageSize: 7_000,
  generatedRuns: 100,
});
