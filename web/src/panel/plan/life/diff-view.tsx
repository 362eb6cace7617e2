import type { PlanDiff } from '../../../api/plan-life.ts';
import { useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';

const MOST_SHOWN = 60;

/** What changes, in the server's own words. */
export const DiffView = ({ diff }: { readonly diff: PlanDiff }) => {
  const w = usePlanLifeWords();
  const { f, language } = useLocale();
  const shown = diff.differences.slice(0, MOST_SHOWN);
  return (
    <div class="plan-diff">
      <p>
        <strong>{diff.summary[language]}</strong>
      </p>
      {shown.length === 0 ? (
        <p class="quiet">{w.noDifferences}</p>
      ) : (
        <ul>
          {shown.map((difference, index) => (
            <li
              key={`${difference.kind}/${difference.binId ?? difference.vehicleId ?? index}`}
              class={`is-${difference.kind}`}
            >
              {difference[language]}
            </li>
          ))}
        </ul>
      )}
      {diff.differences.length > shown.length && (
        <p class="quiet">{w.moreDifferences(f.count(diff.differences.length - shown.length))}</p>
      )}
    </div>
  );
};
