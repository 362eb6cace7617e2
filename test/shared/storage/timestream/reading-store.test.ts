import { timestreamReadingStore } from '../../../../shared/storage/timestream/reading-store.ts';
import { openTestTimestream } from '../../../support/timestream.ts';
import { CONTRACT_NOW, readingStoreContract } from '../reading-store.contract.ts';

readingStoreContract(
  'The Timestream store',
  async () => {
    const { close, ...timestream } = await openTestTimestream(CONTRACT_NOW);
    return { store: timestreamReadingStore(timestream), close };
  },
  { tellsExactRepeats: false, longSeries: 100_000, pageSize: 7_000, generatedRuns: 15 },
);
