import type { OpenOverflow } from '../../waste/policy/open-overflows.ts';
import type { DayEvent } from './edit-schema.ts';
import type { WorkingBasis } from './plan-basis.ts';

/**
 * Of the bins that people report as overflowing those that a re-plan must hear of, though nobody named them: not in the plan as
 * overflowing yet, and not taken out of it by a person who may have known.
 */
export const unheardOverflows = (
  { picked, decisions }: Pick<WorkingBasis, 'picked' | 'decisions'>,
  named: readonly DayEvent[],
  open: readonly OpenOverflow[],
): readonly DayEvent[] => {
  const heard = new Set([
    ...named.flatMap((event) => (event.kind === 'overflow' ? event.binId : [])),
    ...picked.flatMap(({ bin, overflows }) => (overflows === true ? bin.id : [])),
  ]);
  const isExcluded = ({ binId, seenAt }: OpenOverflow): boolean =>
    decisions.excluded.some((excluded) => excluded.binId === binId && excluded.at >= seenAt);
  return open
    .filter((each) => !heard.has(each.binId) && !isExcluded(each))
    .map(({ binId, seenAt }) => ({ kind: 'overflow', binId, at: seenAt }));
};
