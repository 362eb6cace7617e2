import { parseArgs } from 'node:util';
import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import type { FilePeriod } from '../../shared/telemetry/station-files/files-of-readings.ts';

export const exportUsage = `npm run export:tt10 -- --station ID --from INSTANT --to INSTANT --out DIR

Writes a station's stored readings as files of TT 10/2021/TT-BTNMT, phụ lục 15, e.g. to forward them to the department.

  --station ID     a registered station that has a file code (npm run station -- add ID --code ...)
  --from, --to     ISO 8601 with an offset, e.g. 2026-11-22T00:00:00+07:00; from inclusive, to exclusive
  --out DIR        is made when it is missing; files of the same name are replaced
  --per hour       one file an hour with all its lines, instead of one for each instant of measurement
  --cloud          readings of a city in AWS (environment as for the functions), instead of the city running here`;

export type ExportOptions = {
  readonly station: string;
  /** UTC epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly out: string;
  readonly period: FilePeriod;
  readonly cloud: boolean;
};

const instant = z.iso
  .datetime({ offset: true, error: 'an instant such as 2026-11-22T00:00:00+07:00' })
  .transform(Date.parse);

const schema = z
  .object({
    station: entityIdSchema,
    from: instant,
    to: instant,
    out: z.string().min(1),
    per: z.enum(['instant', 'hour']).default('instant'),
    cloud: z.boolean(),
  })
  .refine(({ from, to }) => from < to, '--from must come before --to');

/** @throws Error in words for the person at the keyboard; `undefined` when help is asked for. */
export const readExportOptions = (args: readonly string[]): ExportOptions | undefined => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      station: text,
      from: text,
      to: text,
      out: text,
      per: text,
      cloud: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const parsed = schema.safeParse(values);
  if (parsed.success) {
    const { per, ...options } = parsed.data;
    return { ...options, period: per };
  }
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.map((name) => `--${String(name)}: `).join('')}${message}`,
  );
  throw new Error(faults.join('\n'));
};
