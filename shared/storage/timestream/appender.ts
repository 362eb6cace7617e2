import type { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import { type Reading, readingKey, saysTheSame } from '../../telemetry/reading.ts';
import { type AppendOutcome, StoreUnavailableError } from '../../telemetry/reading-store.ts';
import { judge } from '../../telemetry/reading-versions.ts';
import { appendWaves } from '../append-waves.ts';
import { backOff } from '../back-off.ts';
import { chunk } from '../parallel.ts';
import { type FoundRecord, queryRows, recordOf } from './reader.ts';
import { currentRecord, FIRST_VERSION, historyRecord } from './records.ts';
import { currentSql, type TableName } from './sql.ts';
import type { TimestreamWriter, WriteResult } from './writer.ts';

/** Reads are eventually consistent and writers race: so often a conflict is looked at again before giving up. */
const SETTLE_ATTEMPTS = 8;
const IDENTITIES_PER_QUERY = 100;

/** What the appender works with. */
export type AppenderParts = {
  readonly query: TimestreamQueryClient;
  readonly table: TableName;
  readonly write: TimestreamWriter;
};

type Conflict = { readonly reading: Reading; readonly existingVersion: number };
type Correction = { readonly reading: Reading; readonly found: FoundRecord };
type Outcomes = Map<string, AppendOutcome>;

/**
 * Appends readings by the port's rules. Each is first written as version 1. Timestream accepts an exact repeat of what it
 * holds and rejects anything else with the version in force; only then is the current record read and the case decided.
 * History is written before the record that replaces it, so that a writer that dies in between leaves a repeat, never a gap.
 */
export const timestreamAppender =
  (parts: AppenderParts): ((readings: readonly Reading[]) => Promise<readonly AppendOutcome[]>) =>
  async (readings) => {
    const answers: AppendOutcome[] = [];
    const lastWritten = new Map<string, Reading>();
    for (const wave of appendWaves(readings)) {
      const repeats = wave.filter(({ reading }) => isRepeat(lastWritten.get(readingKey(reading)), reading));
      for (const { index } of repeats) answers[index] = { status: 'unchanged' };
      const rest = wave.filter(({ index }) => answers[index] === undefined);
      const outcomes = await appendDistinct(
        parts,
        rest.map(({ reading }) => reading),
      );
      for (const { index, reading } of rest) {
        const outcome = outcomes.get(readingKey(reading));
        if (outcome === undefined) throw new Error(`No outcome for ${readingKey(reading)}`);
        answers[index] = outcome;
        if (outcome.status === 'stored' || outcome.status === 'corrected')
          lastWritten.set(readingKey(reading), reading);
      }
    }
    return answers;
  };

const appendDistinct = async (parts: AppenderParts, readings: readonly Reading[]): Promise<Outcomes> => {
  const outcomes: Outcomes = new Map();
  const results = await parts.write(readings.map((reading) => currentRecord(reading, FIRST_VERSION)));
  let conflicts = noteResults(readings, results, 'stored', outcomes);
  for (let attempt = 0; conflicts.length > 0; attempt += 1) {
    if (attempt === SETTLE_ATTEMPTS) {
      throw new StoreUnavailableError(
        `${conflicts.length} readings conflict with records that Timestream does not show yet`,
      );
    }
    if (attempt > 0) await backOff(attempt);
    conflicts = await settle(parts, conflicts, outcomes);
  }
  return outcomes;
};

/** Decides the conflicts whose records the query shows; answers those that stay open. */
const settle = async (
  parts: AppenderParts,
  conflicts: readonly Conflict[],
  outcomes: Outcomes,
): Promise<readonly Conflict[]> => {
  const current = await readCurrent(
    parts,
    conflicts.map(({ reading }) => reading),
  );
  const unseen: Conflict[] = [];
  const superseded: Reading[] = [];
  const corrections: Correction[] = [];
  for (const conflict of conflicts) {
    const { reading } = conflict;
    const found = freshRecord(conflict, current);
    const status = found && judge(found.reading, reading);
    if (found === undefined) unseen.push(conflict);
    else if (status === 'corrected') corrections.push({ reading, found });
    else if (status === 'superseded') superseded.push(reading);
    else outcomes.set(readingKey(reading), { status: 'unchanged' });
  }
  await keepSuperseded(parts, superseded, outcomes);
  return [...unseen, ...(await correct(parts, corrections, outcomes))];
};

const keepSuperseded = async (
  { write }: AppenderParts,
  readings: readonly Reading[],
  outcomes: Outcomes,
): Promise<void> => {
  noteResults(readings, await write(readings.map(historyRecord)), 'superseded', outcomes);
};

/** First the old record as history, then the new one in its place; answers those that another writer was faster with. */
const correct = async (
  { write }: AppenderParts,
  corrections: readonly Correction[],
  outcomes: Outcomes,
): Promise<readonly Conflict[]> => {
  const kept = await write(corrections.map(({ found }) => historyRecord(found.reading)));
  const replaceable = corrections.filter(({ reading }, index) => {
    const result = kept[index];
    if (result?.kind === 'rejected') outcomes.set(readingKey(reading), result.outcome);
    return result?.kind !== 'rejected';
  });
  const results = await write(replaceable.map(({ reading, found }) => currentRecord(reading, found.revision + 1)));
  return noteResults(
    replaceable.map(({ reading }) => reading),
    results,
    'corrected',
    outcomes,
  );
};

const noteResults = (
  readings: readonly Reading[],
  results: readonly WriteResult[],
  status: 'stored' | 'corrected' | 'superseded',
  outcomes: Outcomes,
): readonly Conflict[] =>
  readings.flatMap((reading, index) => {
    const result = results[index];
    if (result?.kind === 'conflict') return [{ reading, existingVersion: result.existingVersion }];
    outcomes.set(readingKey(reading), result?.kind === 'rejected' ? result.outcome : { status });
    return [];
  });

const readCurrent = async (
  { query, table }: AppenderParts,
  readings: readonly Reading[],
): Promise<ReadonlyMap<string, FoundRecord>> => {
  const found = new Map<string, FoundRecord>();
  for (const identities of chunk(readings, IDENTITIES_PER_QUERY)) {
    const records = (await queryRows(query, currentSql(table, identities))).map(recordOf);
    for (const record of records) found.set(readingKey(record.reading), record);
  }
  return found;
};

/** Within one call the current reading is known without a query: a repeat of it needs no write. */
const isRepeat = (written: Reading | undefined, reading: Reading): boolean =>
  written !== undefined && saysTheSame(written, reading);

/** The record that a conflict speaks of, unless the query still shows an older one, or none. */
const freshRecord = (
  { reading, existingVersion }: Conflict,
  current: ReadonlyMap<string, FoundRecord>,
): FoundRecord | undefined => {
  const found = current.get(readingKey(reading));
  return found !== undefined && found.revision >= existingVersion ? found : undefined;
};
