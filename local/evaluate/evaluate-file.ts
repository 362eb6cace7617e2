import { evaluateTables } from '../../shared/environment/what-if/evaluate-tables.ts';
import { layoutOf } from './layout.ts';
import type { EvaluateOptions } from './options.ts';
import { readFileInto } from './read-file.ts';
import type { Findings } from './write-text.ts';

/**
 * Reads a file and judges it; writes nothing.
 * @throws Error in words when the file cannot be read, or nothing of it can be placed in time.
 */
export const evaluateFile = async (options: EvaluateOptions): Promise<Findings> => {
  const layout = await layoutOf(options);
  const read = await readFileInto(options.file, layout, options);
  if (read.taken === 0) {
    const [first] = read.faults;
    throw new Error(
      `No row could be taken${first === undefined ? '' : `: line ${first.line}, ${first.column}: ${first.reason}`}`,
    );
  }
  const { timeZone, limits, withUnverified, zerosMissing, intervalSeconds } = options;
  const report = evaluateTables({
    tables: read.tables,
    timeZone,
    limits,
    withUnverified,
    zerosMissing,
    ...(intervalSeconds !== undefined && { intervalSeconds }),
  });
  return { file: options.file, layout, read, report };
};
