import { useState } from 'preact/hooks';
import { reportUrl } from '../../api/client.ts';
import type { StationWithLatest } from '../../api/wire.ts';
import { DEFAULT_TIME_ZONE } from '../../format/default-time-zone.ts';
import { monthsBefore } from '../../format/months.ts';
import { useLocale } from '../../i18n/language.ts';
import { ApiLink } from '../../sign-in/api-link.tsx';

type ReportsProps = {
  readonly now: number;
  readonly timeZone: string | undefined;
  readonly stations: readonly StationWithLatest[];
};

const FORMATS = ['html', 'pdf', 'csv'] as const;
const MONTHS = 24;

/** Choose a station (or all) and a month, and open its report; links, so that the browser opens, saves and prints them. */
export const Reports = ({ now, timeZone = DEFAULT_TIME_ZONE, stations }: ReportsProps) => {
  const { t } = useLocale();
  const months = monthsBefore(now, timeZone, MONTHS);
  const [stationId, setStationId] = useState('');
  const [chosen, setChosen] = useState<string | undefined>();
  // The last month that is over: the one that an officer hands in.
  const month = chosen ?? months[1] ?? months[0] ?? '';
  return (
    <section class="reports">
      <h2>{t.reportsHeading}</h2>
      <div class="filters">
        <label class="field">
          <span>{t.reportStation}</span>
          <select value={stationId} onChange={({ currentTarget }) => setStationId(currentTarget.value)}>
            <option value="">{t.reportWholeCity}</option>
            {stations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t.reportMonth}</span>
          <select value={month} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {months.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="report-links">
        {FORMATS.map((format) => (
          <ApiLink
            key={format}
            class="button is-small"
            href={reportUrl({ month, format, ...(stationId !== '' && { stationId }) })}
            fileName={`${month}${stationId === '' ? '' : `-${stationId}`}.${format}`}
            opens
          >
            {t.openReport(format.toUpperCase())}
          </ApiLink>
        ))}
      </p>
    </section>
  );
};
