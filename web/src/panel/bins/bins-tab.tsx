import { useMemo, useState } from 'preact/hooks';
import { useLocale } from '../../i18n/language.ts';
import { useMarkWords } from '../../i18n/mark-words.ts';
import { MarkerIcon } from '../../map/marker-icon.tsx';
import { reportMarker } from '../../map/marker-shapes.ts';
import { type BinFilter, type BinSort, listBins } from '../../state/bin-list.ts';
import { readyPlan } from '../../state/city-data.ts';
import { overflowMarks } from '../../state/overflow-marks.ts';
import { plannedStops } from '../../state/route-look.ts';
import { serverNow } from '../../state/server-now.ts';
import type { TabProps } from '../side-panel.tsx';
import { BinDetails } from './bin-details.tsx';
import { BinFilters } from './bin-filters.tsx';
import { BinTable } from './bin-table.tsx';

const EVERYTHING: BinFilter = { text: '', state: 'all', stream: 'all' };
const FULLEST_FIRST: BinSort = { by: 'fill', descending: true };

export const BinsTab = ({ data, place }: TabProps) => {
  const { t, f, language } = useLocale();
  const w = useMarkWords();
  const [filter, setFilter] = useState(EVERYTHING);
  const [sort, setSort] = useState(FULLEST_FIRST);
  const plan = readyPlan(data);
  const planned = useMemo(() => plannedStops(plan), [plan]);
  const bins = data.bins.data?.bins;
  const reports = data.overflowReports.data;
  const marks = useMemo(() => overflowMarks(reports ?? []), [reports]);
  const listed = useMemo(
    () => listBins(bins ?? [], filter, sort, { planned, language, marks }),
    [bins, filter, sort, planned, language, marks],
  );
  const now = serverNow(data.bins);

  if (bins === undefined) return data.bins.problem ? null : <p class="quiet">{t.loading}</p>;
  if (place.binId !== undefined) {
    const bin = bins.find(({ id }) => id === place.binId);
    return (
      <BinDetails
        key={place.binId}
        bin={bin}
        place={place}
        planned={planned.get(place.binId)}
        mark={marks.get(place.binId)}
        onReported={data.overflowReports.reload}
        now={now}
      />
    );
  }
  if (bins.length === 0) return <p class="notice">{t.noBins}</p>;
  return (
    <div class="bins-tab">
      <BinFilters filter={filter} reported={marks.size} onChange={setFilter} />
      <p class="quiet" role="status">
        {listed.length === 0 ? t.noBinMatches : t.binsShown(f.count(listed.length), f.count(bins.length))}
      </p>
      {marks.size > 0 && (
        <button
          type="button"
          class="button is-small"
          aria-pressed={filter.state === 'reported'}
          onClick={() => setFilter({ ...EVERYTHING, state: filter.state === 'reported' ? 'all' : 'reported' })}
        >
          <MarkerIcon shape={reportMarker} size={20} />
          {w.reportedCount(f.count(marks.size))}
        </button>
      )}
      {listed.length > 0 && (
        <BinTable bins={listed} sort={sort} onSort={setSort} planned={planned} marks={marks} place={place} now={now} />
      )}
    </div>
  );
};
