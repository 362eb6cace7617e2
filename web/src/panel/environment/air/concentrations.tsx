import type { WireConcentration, WireMean } from '../../../api/air-quality.ts';
import { useAirWords } from '../../../i18n/air-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { quantityLabel } from '../quantity-label.ts';

/** Means of the hour and of the day; too little data is told as such, with its share, and never as a number. */
export const Concentrations = ({ concentrations }: { readonly concentrations: readonly WireConcentration[] }) => {
  const w = useAirWords();
  const { f, language } = useLocale();
  const words = (mean: WireMean, unit: string): string => {
    if (mean === null) return w.notMeasured;
    return mean.value === null ? w.tooLittle(f.percent(mean.completeness)) : `${f.number(mean.value)} ${unit}`;
  };
  return (
    <div class="air-table">
      <table class="latest-table">
        <caption class="visually-hidden">{w.concentrations}</caption>
        <thead>
          <tr>
            <th scope="col">{w.quantity}</th>
            <th scope="col">{w.hourMean}</th>
            <th scope="col">{w.dayMean}</th>
          </tr>
        </thead>
        <tbody>
          {concentrations.map(({ quantity, unit, hour, day, ...names }) => (
            <tr key={quantity}>
              <th scope="row">{quantityLabel(quantity, language, names)}</th>
              <td class="value">{words(hour, unit)}</td>
              <td class="value">{words(day, unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
