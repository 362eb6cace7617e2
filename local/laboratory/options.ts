import { parseArgs } from 'node:util';

export const laboratoryUsage = `npm run laboratory -- import FILE.csv [options]

Enters laboratory results of water, one sample a row, one quantity a column ("BOD5 (mg/L)"). A cell is a number, or "<0.01" below
detection; an empty cell was not analysed. A sample with a fault is refused whole, with line and column; the others are entered.
The same file again changes nothing.

  --dry-run                  read and check only; needs no city
  --laboratory NAME          where no column says it (laboratory, phòng thí nghiệm)
  --by NAME                  who enters them (the user of this machine)
  --correct REASON           let rows that differ from what was entered for the same station and time take its place
  --station COLUMN | --station-id ID     --time COLUMN[+COLUMN]     --time-format FORMAT
  --time-zone ZONE           of a wall-clock format (the city's; Asia/Ho_Chi_Minh for a dry run)
  --ignore COLUMN,...        columns that hold nothing to enter; any other that is not known stops the import
  --delimiter SIGN           --decimal-comma
  --cloud                    in AWS instead: the stores that CITY_ID, TABLE_NAME and READING_STORE name`;

export type LaboratoryOptions = {
  readonly file: string;
  readonly dryRun: boolean;
  readonly cloud: boolean;
  readonly laboratory?: string;
  readonly by?: string;
  readonly correctionReason?: string;
  readonly station?: { readonly column: string } | { readonly id: string };
  readonly time?: readonly string[];
  readonly timeFormat?: string;
  readonly timeZone?: string;
  readonly ignore: readonly string[];
  readonly delimiter?: string;
  readonly decimalComma: boolean;
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const definitions = {
  'dry-run': flag,
  cloud: flag,
  laboratory: text,
  by: text,
  correct: text,
  station: text,
  'station-id': text,
  time: text,
  'time-format': text,
  'time-zone': text,
  ignore: text,
  delimiter: text,
  'decimal-comma': flag,
} as const;

const listOf = (value: string, sign: string): readonly string[] =>
  value
    .split(sign)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** @throws Error in words for the person at the keyboard. */
export const readLaboratoryOptions = (args: readonly string[]): LaboratoryOptions => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const [command, file, ...others] = positionals;
  if (command !== 'import') throw new Error('What is to be done? import FILE.csv');
  if (file === undefined || others.length > 0) throw new Error('One CSV file is wanted');
  const { station, 'station-id': stationId } = values;
  if (station !== undefined && stationId !== undefined) throw new Error('One of --station and --station-id is enough');
  return {
    file,
    dryRun: values['dry-run'],
    cloud: values.cloud,
    ...(values.laboratory !== undefined && { laboratory: values.laboratory }),
    ...(values.by !== undefined && { by: values.by }),
    ...(values.correct !== undefined && { correctionReason: values.correct }),
    ...(station !== undefined && { station: { column: station } }),
    ...(stationId !== undefined && { station: { id: stationId } }),
    ...(values.time !== undefined && { time: listOf(values.time, '+') }),
    ...(values['time-format'] !== undefined && { timeFormat: values['time-format'] }),
    ...(values['time-zone'] !== undefined && { timeZone: values['time-zone'] }),
    ignore: listOf(values.ignore ?? '', ','),
    ...(values.delimiter !== undefined && { delimiter: values.delimiter === '\\t' ? '\t' : values.delimiter }),
    decimalComma: values['decimal-comma'],
  };
};
