import { type BulkIssue, type BulkIssues, type BulkPlace, bulkIssueSchema } from '../../open-data/bulk/bulk-issue.ts';
import { type Item, ifFree, type Key, putItem, queryPages, type TableOptions } from './items.ts';

const VERSION_DIGITS = 6;

/** Issues of a month (of the city's calendar) are one partition, so that none grows for ever. */
const partitionOf = (day: string): string => `bulk-issues#${day.slice(0, 7)}`;

const sortKeyOf = ({ day, quantity, version }: BulkPlace): string =>
  `${day}#${quantity}#${String(version).padStart(VERSION_DIGITS, '0')}`;

const keyOf = (place: BulkPlace): Key => ({ pk: partitionOf(place.day), sk: sortKeyOf(place) });

const issueOf = ({ pk: _pk, sk: _sk, ...item }: Item): BulkIssue => bulkIssueSchema.parse(item);

const firstOfNextMonth = (day: string): string => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
};

/** Sorts behind everything that begins with a day or with a quantity's name. */
const LAST = '\uffff';

/** What was issued of bulk files, in the city table: one item a version, written once. */
export const dynamodbBulkIssues = (options: TableOptions): BulkIssues => ({
  add: (issue) => putItem(options, { ...keyOf(issue), ...issue }, ifFree),

  newest: async (day, quantity) => {
    const pages = queryPages(options, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': partitionOf(day), ':prefix': `${day}#${quantity}#` },
      ScanIndexForward: false,
      Limit: 1,
    });
    for await (const [item] of pages) if (item !== undefined) return issueOf(item);
    return undefined;
  },

  list: async ({ from, to, limit, after }) => {
    const found: BulkIssue[] = [];
    let start = after === undefined ? from : after.day;
    while (start <= to && found.length < limit) {
      const first = after !== undefined && start === after.day ? `${sortKeyOf(after)}#` : start;
      const pages = queryPages(options, {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':pk': partitionOf(start), ':first': first, ':last': `${to}${LAST}` },
        Limit: limit,
      });
      for await (const page of pages) {
        found.push(...page.map(issueOf));
        if (found.length >= limit) break;
      }
      start = firstOfNextMonth(start);
    }
    return found.slice(0, limit);
  },
});
