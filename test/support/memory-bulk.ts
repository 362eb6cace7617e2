import {
  type BulkFiles,
  type BulkIssue,
  type BulkIssues,
  bulkIssueSchema,
} from '../../shared/open-data/bulk/bulk-issue.ts';
import type { ChangedDays, ChangeNote } from '../../shared/open-data/bulk/changed-days.ts';

const place = ({ day, quantity, version }: Pick<BulkIssue, 'day' | 'quantity' | 'version'>): string =>
  `${day}#${quantity}#${String(version).padStart(6, '0')}`;

/** Issues in memory, as the port says they are kept. */
export const memoryBulkIssues = (): BulkIssues => {
  const issues = new Map<string, BulkIssue>();
  const sorted = (): readonly BulkIssue[] => [...issues].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, issue]) => issue);
  return {
    add: async (issue) => {
      if (issues.has(place(issue))) return false;
      issues.set(place(issue), bulkIssueSchema.parse(issue));
      return true;
    },
    newest: async (day, quantity) => sorted().findLast((each) => each.day === day && each.quantity === quantity),
    list: async ({ from, to, limit, after }) =>
      sorted()
        .filter((each) => each.day >= from && each.day <= to)
        .filter((each) => after === undefined || place(each) > place(after))
        .slice(0, limit),
  };
};

/** Notes in memory. */
export const memoryChangedDays = (): ChangedDays => {
  const notes = new Map<string, ChangeNote>();
  let made = 0;
  let issuedTo: string | undefined;
  const key = ({ day, quantity }: Pick<ChangeNote, 'day' | 'quantity'>): string =>
    `${new Date(day).toISOString()}#${quantity}`;
  return {
    note: async (days) => {
      for (const each of days) {
        made += 1;
        notes.set(key(each), { ...each, token: String(made) });
      }
    },
    list: async (limit) =>
      [...notes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([, note]) => note),
    issuedTo: async () => issuedTo,
    setIssuedTo: async (day) => {
      issuedTo = day;
    },
    remove: async (read) => {
      for (const note of read) if (notes.get(key(note))?.token === note.token) notes.delete(key(note));
    },
  };
};

/** Files in memory; a key that is put again must bring the same bytes. */
export const memoryBulkFiles = (): BulkFiles & { readonly files: ReadonlyMap<string, Uint8Array> } => {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    put: async ({ key, bytes }) => {
      const known = files.get(key);
      if (known !== undefined && !Buffer.from(known).equals(bytes))
        throw new Error(`${key} was public with other bytes`);
      files.set(key, bytes);
    },
  };
};
