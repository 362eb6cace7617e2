import { parseArgs } from 'node:util';
import { daySchema } from '../../shared/open-data/bulk/bulk-issue.ts';
import { isQuantity, type Quantity } from '../../shared/telemetry/quantity.ts';

export const bulkUsage = `npm run bulk -- [--from YYYY-MM-DD [--to YYYY-MM-DD]] [options]

Issues the daily files of open data (Parquet and CSV) of the running city. Without --from it does what the schedule does: the ended days
of the last week that were not issued, and every day that changed. With --from it builds these days of the city's calendar, both included;
a day that says the same as its newest version is not issued again.

  --quantity NAME    only this one, e.g. pm25
  --cloud            in AWS instead: what CITY_ID, TABLE_NAME, READING_STORE and BULK_BUCKET name`;

export type BulkOptions = {
  readonly days?: { readonly from: string; readonly to: string };
  readonly quantity?: Quantity;
  readonly cloud: boolean;
};

const dayOption = (name: string, value: string): string => {
  if (daySchema.safeParse(value).success) return value;
  throw new Error(`--${name} ${value} is not a day: YYYY-MM-DD`);
};

const quantityOption = (name: string): Quantity => {
  if (isQuantity(name)) return name;
  throw new Error(`There is no quantity ${name}`);
};

/** @throws Error in words for the person at the keyboard. */
export const readBulkOptions = (args: readonly string[]): BulkOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      quantity: { type: 'string' },
      cloud: { type: 'boolean', default: false },
    },
  });
  if (values.from === undefined && (values.to !== undefined || values.quantity !== undefined)) {
    throw new Error('--to and --quantity need --from');
  }
  const from = values.from === undefined ? undefined : dayOption('from', values.from);
  const to = values.to === undefined ? from : dayOption('to', values.to);
  if (from !== undefined && to !== undefined && to < from) throw new Error('--to lies before --from');
  return {
    cloud: values.cloud,
    ...(from !== undefined && to !== undefined && { days: { from, to } }),
    ...(values.quantity !== undefined && { quantity: quantityOption(values.quantity) }),
  };
};
