import type { WireComputedIndex } from '../../../api/air-quality.ts';
import { useAirWords } from '../../../i18n/air-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { quantityLabel } from '../quantity-label.ts';

type SubIndicesProps = { readonly name: string; readonly result: WireComputedIndex };

/** All that an index rests on: each sub-index with its input and how much data there was, what it lacks, and its method. */
export const SubIndices = ({ name, result }: SubIndicesProps) => {
  const w = useAirWords();
  const { f, language } = useLocale();
  const { subIndices, inputs, missing, methodVersion, notes } = result;
  return (
    <details>
      <summary>{w.details(name)}</summary>
      <div class="air-table">
        <table class="latest-table">
          <caption class="visually-hidden">{w.details(name)}</caption>
          <thead>
            <tr>
              <th scope="col">{w.quantity}</th>
              <th scope="col">{w.subIndex}</th>
              <th scope="col">{w.madeOf}</th>
              <th scope="col">{w.completeness}</th>
            </tr>
          </thead>
          <tbody>
            {subIndices.map(({ quantity, value, isDominant, beyondScale, verified }, place) => {
              const input = inputs[place];
              const marks = [isDominant && w.isDominant, beyondScale && w.beyondScale, !verified && w.unverified];
              return (
                <tr key={quantity}>
                  <th scope="row">{quantityLabel(quantity, language)}</th>
                  <td class="value">
                    {f.count(value)}
                    <span class="quiet"> {marks.filter((mark) => mark !== false).join(', ')}</span>
                  </td>
                  <td>
                    {input && `${f.number(input.value)} ${input.unit}, ${w.periods[input.period] ?? input.period}`}
                  </td>
                  <td>{input && f.percent(input.completeness)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {missing.length > 0 && (
        <p class="quiet">{w.missing(missing.map((quantity) => quantityLabel(quantity, language)).join(', '))}</p>
      )}
      {notes.length > 0 && <p class="quiet">{notes.map((note) => note[language]).join(' · ')}</p>}
      <p class="quiet">{w.method(methodVersion)}</p>
    </details>
  );
};
