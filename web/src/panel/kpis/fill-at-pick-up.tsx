import { useKpiWords } from '../../i18n/kpi-words.ts';
import { useLocale } from '../../i18n/language.ts';

/** Collections by how full the bin was, in tenths: bars with their numbers, so that a screen reader reads what an eye sees. */
export const FillAtPickUp = ({ tenths }: { readonly tenths: readonly number[] }) => {
  const { f } = useLocale();
  const w = useKpiWords();
  const most = Math.max(1, ...tenths);
  if (tenths.every((count) => count === 0)) return null;
  return (
    <section>
      <h3>{w.fillHeading}</h3>
      <ol class="kpi-bars">
        {tenths.map((count, index) => (
          <li key={index}>
            <span class="kpi-bar-label">{w.fillClass(f.percent(index / 10), f.percent((index + 1) / 10))}</span>
            <span class="kpi-bar" aria-hidden="true" style={{ inlineSize: `${(100 * count) / most}%` }} />
            <span class="kpi-bar-count">{w.collections(f.count(count))}</span>
          </li>
        ))}
      </ol>
    </section>
  );
};
