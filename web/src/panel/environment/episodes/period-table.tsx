import { breaks } from '../../../../../shared/environment/limit.ts';
import type { WireEpisodeDetail, WirePeriod } from '../../../api/episodes.ts';
import { useEpisodeWords } from '../../../i18n/episode-words.ts';
import { useLocale } from '../../../i18n/language.ts';

type RowProps = { readonly period: WirePeriod; readonly episode: WireEpisodeDetail };

/** A mean on too little data is no mean; no mean is neither zero nor fine. */
const Row = ({ period, episode }: RowProps) => {
  const w = useEpisodeWords();
  const { f } = useLocale();
  const { value, isValid, observed, expected } = period;
  const isBroken = value !== null && isValid && breaks(value, episode.limit);
  return (
    <tr>
      <th scope="row">{f.dateTime(period.endsAt)}</th>
      <td class={isBroken ? 'value exceedance-value' : 'value'}>
        {value === null ? w.noMean : `${isBroken ? '⚠ ' : ''}${f.number(value)}`}
        {value !== null && !isValid && <span class="flag">{w.tooLittle}</span>}
      </td>
      <td>{expected === null ? f.count(observed) : `${f.count(observed)}/${f.count(expected)}`}</td>
    </tr>
  );
};

export const PeriodTable = ({ episode }: { readonly episode: WireEpisodeDetail }) => {
  const w = useEpisodeWords();
  return (
    <section>
      <h3>{w.periods}</h3>
      <table class="latest-table">
        <caption class="visually-hidden">{w.periods}</caption>
        <thead>
          <tr>
            <th scope="col">{w.columnPeriod}</th>
            <th scope="col">
              {w.columnMean} ({episode.unit})
            </th>
            <th scope="col">{w.columnData}</th>
          </tr>
        </thead>
        <tbody>
          {episode.periods.map((period) => (
            <Row key={period.endsAt} period={period} episode={episode} />
          ))}
        </tbody>
      </table>
    </section>
  );
};
