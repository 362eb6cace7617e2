import type { WirePlanSummary } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { usePlanLifeWords } from '../../i18n/plan-life-words.ts';

type PlanPickerProps = {
  readonly plans: readonly WirePlanSummary[];
  readonly selected: string | undefined;
  readonly onChoose: (planId: string) => void;
};

/** Recent plans, newest first. A plan that is not among them (from an old link) is still named as the choice. */
export const PlanPicker = ({ plans, selected, onChoose }: PlanPickerProps) => {
  const { t, f } = useLocale();
  const w = usePlanLifeWords();
  if (plans.length === 0) return null;

  const outcome = (summary: WirePlanSummary): string => {
    if (summary.status === 'requested') return t.planStatusRequested;
    if (summary.status === 'failed') return t.planStatusFailed;
    const size = t.planOption(f.count(summary.totals.vehicles), f.count(summary.totals.bins));
    return summary.state === undefined ? size : `${w.states[summary.state]} · ${size}`;
  };
  return (
    <label class="field">
      <span>{t.pickPlan}</span>
      <select value={selected ?? ''} onChange={(event) => onChoose(event.currentTarget.value)}>
        {!plans.some(({ planId }) => planId === selected) && <option value={selected ?? ''}>{selected ?? '—'}</option>}
        {plans.map((summary) => (
          <option key={summary.planId} value={summary.planId}>
            {f.dateTime(summary.requestedAt)} · {outcome(summary)}
          </option>
        ))}
      </select>
    </label>
  );
};
