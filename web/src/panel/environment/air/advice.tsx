import type { WireComputedIndex } from '../../../api/air-quality.ts';
import { useAirWords } from '../../../i18n/air-words.ts';
import { useLocale } from '../../../i18n/language.ts';

/** What the decision advises everybody, and sensitive groups, in a category; nothing where an index brings no advice. */
export const Advice = ({ category }: Pick<WireComputedIndex, 'category'>) => {
  const w = useAirWords();
  const { language } = useLocale();
  const isVietnamese = language === 'vi';
  const lines = [
    [w.health, isVietnamese ? category.healthVi : category.healthEn],
    [w.everybody, isVietnamese ? category.adviceVi : category.adviceEn],
    [w.sensitive, isVietnamese ? category.sensitiveAdviceVi : category.sensitiveAdviceEn],
  ].filter(([, text]) => text !== undefined);
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{w.advice}</summary>
      <dl class="air-advice">
        {lines.map(([who, text]) => (
          <div key={who}>
            <dt>{who}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
};
