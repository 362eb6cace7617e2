import {
  type EntryOutcome,
  enterSample,
  type LaboratoryPorts,
} from '../../shared/environment/laboratory/enter-sample.ts';
import type { SampleRow } from './read-samples.ts';

export type ImportSummary = {
  readonly entered: number;
  readonly corrected: number;
  readonly unchanged: number;
  /** Samples of which nothing was entered. */
  readonly refused: number;
  /** One line for each sample that was entered or refused. */
  readonly lines: readonly string[];
};

const faultLine = (line: number, column: string, reason: string): string =>
  `line ${line}${column === '' ? '' : `, ${column}`}: ${reason}`;

const wordsOf = (line: number, outcome: EntryOutcome): string => {
  if (!outcome.ok) return faultLine(line, outcome.field, outcome.reason);
  const { status, sample, index } = outcome;
  const quality =
    index.status === 'computed' ? `VN_WQI ${index.value}, ${index.category.nameVi}` : `no VN_WQI: ${index.reasonEn}`;
  const when = new Date(sample.sampledAt).toISOString();
  return `line ${line}: ${sample.stationId} ${when} ${status}, ${sample.results.length} results, ${quality}`;
};

/** Enters the samples that can be, one after another; each is entered whole or not at all. */
export const importSamples = async (
  rows: readonly SampleRow[],
  enteredBy: string,
  ports: LaboratoryPorts,
): Promise<ImportSummary> => {
  const counts = { entered: 0, corrected: 0, unchanged: 0, refused: 0 };
  const lines: string[] = [];
  for (const row of rows) {
    if (!row.ok) {
      counts.refused += 1;
      lines.push(...row.faults.map(({ line, column, reason }) => faultLine(line, column, reason)));
      continue;
    }
    const outcome = await enterSample(ports, { ...row.entry, enteredBy });
    counts[outcome.ok ? outcome.status : 'refused'] += 1;
    lines.push(wordsOf(row.line, outcome));
  }
  return { ...counts, lines };
};
