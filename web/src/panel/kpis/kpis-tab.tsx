import { useState } from 'preact/hooks';
import { getKpis, kpisUrl } from '../../api/client.ts';
import type { KpiDivision, KpisAnswer } from '../../api/wire.ts';
import { lastDays } from '../../format/local-day.ts';
import { useKpiWords } from '../../i18n/kpi-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { ApiLink } from '../../sign-in/api-link.tsx';
import { useResource } from '../../state/resource.ts';
import { ProblemNotice } from '../trouble-notice.tsx';
import { FigureTable } from './figure-table.tsx';
import { FigureTiles } from './figure-tiles.tsx';
import { FillAtPickUp } from './fill-at-pick-up.tsx';

const REFRESH_MS = 5 * 60_000;
const periods = [7, 28, 91, 364] as const;
const divisions: readonly KpiDivision[] = ['day', 'truck', 'ward'];

/** What the figures rest on: a council that is shown savings must be able to ask against what. */
const Grounds = ({ answer }: { readonly answer: KpisAnswer }) => {
  const { f } = useLocale();
  const w = useKpiWords();
  const { baseline, co2, missingDays, adherenceTold } = answer;
  return (
    <ul class="kpi-grounds quiet">
      <li>{baseline === null ? w.noBaseline : w.baseline(baseline.name, f.number(baseline.perBinPerWeek))}</li>
      <li>{w.co2(f.number(co2.kgPerLitre, 2))}</li>
      {adherenceTold.stops > 0 && (
        <li>{w.adherenceTold(f.count(adherenceTold.stops), f.count(adherenceTold.byCrews))}</li>
      )}
      {missingDays.length > 0 && <li>{w.missingDays(f.count(missingDays.length))}</li>}
    </ul>
  );
};

export const KpisTab = () => {
  const { t, f } = useLocale();
  const w = useKpiWords();
  const [days, setDays] = useState<number>(periods[0]);
  const [by, setBy] = useState<KpiDivision>('day');
  const asked = { ...lastDays(f.timeZone, Date.now(), days), by };
  const url = kpisUrl(asked);
  const { data: answer, problem, reload } = useResource(url, (signal) => getKpis(asked, signal), REFRESH_MS);
  return (
    <div class="kpis-tab">
      <h2>{w.heading}</h2>
      <div class="filters">
        <label class="field">
          <span>{w.period}</span>
          <select value={days} onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}>
            {periods.map((count) => (
              <option key={count} value={count}>
                {w.days(count)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{w.by}</span>
          <select value={by} onChange={({ currentTarget }) => setBy(currentTarget.value as KpiDivision)}>
            {divisions.map((division) => (
              <option key={division} value={division}>
                {w.division[division]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {answer === undefined && !problem && <p class="quiet">{t.loading}</p>}
      {answer && (
        <>
          <FigureTiles figures={answer.total} />
          <Grounds answer={answer} />
          <FillAtPickUp tenths={answer.fillAtPickUp} />
          <FigureTable by={by} rows={answer.rows} />
          <p>
            <ApiLink
              class="button is-small"
              href={`${url}&format=csv`}
              fileName={`kpis-${asked.from}-${asked.to}-${by}.csv`}
            >
              {w.download}
            </ApiLink>
          </p>
        </>
      )}
    </div>
  );
};
