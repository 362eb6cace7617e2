import { useLocale } from '../../i18n/language.ts';
import { useMarkWords } from '../../i18n/mark-words.ts';
import type { BinFilter } from '../../state/bin-list.ts';
import { streamName, streams } from './stream-name.ts';

type BinFiltersProps = {
  readonly filter: BinFilter;
  /** So many bins are reported as overflowing. */
  readonly reported: number;
  readonly onChange: (next: BinFilter) => void;
};

const states = ['reported', 'over', 'under', 'silent', 'no-data'] as const;

export const BinFilters = ({ filter, reported, onChange }: BinFiltersProps) => {
  const { t, f } = useLocale();
  const w = useMarkWords();
  const stateNames = {
    reported: w.reportedCount(f.count(reported)),
    over: t.stateOver,
    under: t.stateUnder,
    silent: w.silent,
    'no-data': t.stateNoData,
  };
  return (
    <search class="filters">
      <label class="field is-wide">
        <span>{t.searchBins}</span>
        <input
          type="search"
          autocomplete="off"
          placeholder={t.searchBinsHint}
          value={filter.text}
          onInput={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{t.filterState}</span>
        <select
          value={filter.state}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...filter, state: states.find((state) => state === value) ?? 'all' })
          }
        >
          <option value="all">{t.all}</option>
          {states.map((state) => (
            <option key={state} value={state}>
              {stateNames[state]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t.filterStream}</span>
        <select
          value={filter.stream}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...filter, stream: streams.find((stream) => stream === value) ?? 'all' })
          }
        >
          <option value="all">{t.all}</option>
          {streams.map((stream) => (
            <option key={stream} value={stream}>
              {streamName(stream, t)}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
};
