import { useOverflowWords } from '../overflow-words.ts';
import { isStopReport, type OutboxEntry, type OverflowEntry } from '../state/entry.ts';
import { useCrewWords } from '../words.ts';

type OverflowsSaidProps = {
  readonly entries: readonly OutboxEntry[];
  readonly onUndo: (entry: OverflowEntry) => void;
};

/** A shift's worth: what was reported yesterday is the office's by now. */
const SHOWN_MS = 12 * 3_600_000;

/** Overflows of this phone that stand, newest first: those that the city refused or the crew took back do not. */
export const overflowsStanding = (entries: readonly OutboxEntry[], now: number): readonly OverflowEntry[] => {
  const takenBack = new Set(
    entries.flatMap(({ report }) =>
      'kind' in report && report.kind === 'overflow-taken-back' ? report.overflowId : [],
    ),
  );
  return entries
    .flatMap((entry): OverflowEntry[] => {
      const { report } = entry;
      if (isStopReport(report) || report.kind !== 'overflow') return [];
      const stands = entry.state !== 'refused' && report.at > now - SHOWN_MS && !takenBack.has(report.reportId);
      return stands ? [{ ...entry, report }] : [];
    })
    .toReversed();
};

export const OverflowsSaid = ({ entries, onUndo }: OverflowsSaidProps) => {
  const { w, f } = useCrewWords();
  const words = useOverflowWords();
  const standing = overflowsStanding(entries, Date.now());
  if (standing.length === 0) return null;
  return (
    <>
      <h2>{words.mine}</h2>
      <ul class="overflows-said">
        {standing.map((entry) => (
          <li key={entry.report.reportId}>
            <span>
              <strong>{entry.stopName}</strong> · {f.time(entry.report.at)} · {w.ways[entry.state]}
            </span>
            <button
              type="button"
              class="button"
              aria-label={words.undoOf(entry.stopName)}
              onClick={() => onUndo(entry)}
            >
              {words.undo}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};
