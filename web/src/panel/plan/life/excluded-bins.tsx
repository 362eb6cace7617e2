import type { WirePlan } from '../../../api/wire.ts';
import { useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { IncludeMenu } from './include-menu.tsx';

/** Bins that a person took out of the plan, each with the reason and a way back. */
export const ExcludedBins = ({ plan: { excluded = [] } }: { readonly plan: WirePlan }) => {
  const w = usePlanLifeWords();
  const { f, language } = useLocale();
  if (excluded.length === 0) return null;
  return (
    <section class="plan-section">
      <h3>{w.excludedHeading(f.count(excluded.length))}</h3>
      <ul class="plain-list">
        {excluded.map(({ binId, name, by, reason, reasonVi }) => (
          <li key={binId}>
            <strong>{name}</strong>
            <span>{w.excludedBy(by, language === 'vi' ? (reasonVi ?? reason) : reason)}</span>
            <IncludeMenu binId={binId} name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
};
