import type {
  BinRecordStore,
  OutlookBook,
  OutlookBookStore,
  VersionedRecord,
} from '../../shared/waste/outlook/outlook-book.ts';

/** Bins' records in memory; what is handed out is a copy, as from a table. */
export const memoryBinRecords = (): BinRecordStore & { readonly all: () => readonly VersionedRecord[] } => {
  const known = new Map<string, string>();
  const read = (id: string): VersionedRecord[] => {
    const text = known.get(id);
    return text === undefined ? [] : [JSON.parse(text)];
  };
  return {
    get: async (binIds) => binIds.flatMap(read),
    put: async (records) =>
      records.flatMap(({ record, version }) => {
        const [present] = read(record.binId);
        if ((present?.version ?? 0) !== version) return [record.binId];
        known.set(record.binId, JSON.stringify({ record, version: version + 1 }));
        return [];
      }),
    all: () => [...known.keys()].sort().flatMap(read),
  };
};

export const memoryOutlookBook = (): OutlookBookStore => {
  let book: string | undefined;
  const read = (): OutlookBook | undefined => (book === undefined ? undefined : JSON.parse(book));
  return {
    read: async () => read(),
    write: async (next) => {
      if ((read()?.at ?? Number.NEGATIVE_INFINITY) >= next.at) return false;
      book = JSON.stringify(next);
      return true;
    },
  };
};
