import { useState } from 'preact/hooks';
import { getExceedances } from '../../api/client.ts';
import type { StationWithLatest, WireExceedance } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { placeHref } from '../../state/place.ts';
import { useResource } from '../../state/resource.ts';
import { WEEK_MS } from '../bins/fill-history.tsx';
import { ProblemNotice } from '../trouble-notice.tsx';
import { quantityLabel } from './quantity-label.ts';

/** The newest few; the rest on demand, so that the stations below stay within reach. */
const SHOWN_AT_FIRST = 5;

const REFRESH_MS = 5 * 60_000;

type ExceedanceItemProps = { readonly exceedance: WireExceedance; readonly hasStation: boolean };

const ExceedanceItem = ({ exceedance, hasStation }: ExceedanceItemProps) => {
  const { t, f, language } = useLocale();
  const { stationId, stationName, quantity, averagingPeriod, value, limit, unit } = exceedance;
  const periodLabels = {
    single: t.singleValue,
    '1h': t.meanOneHour,
    '8h': t.meanEightHours,
    '24h': t.meanDay,
    month: t.meanMonth,
    year: t.meanYear,
  } as const;
  return (
    <li class="exceedance">
      <p class="exceedance-head">
        <strong>{quantityLabel(quantity, language)}</strong>{' '}
        {hasStation ? <a href={placeHref({ tab: 'environment', stationId })}>{stationName}</a> : stationName}
      </p>
      <p>
        <strong class="exceedance-value">
          {f.number(value)} {unit}
        </strong>{' '}
        {t.timesLimit(f.number(value / limit, 2), f.number(limit))}
      </p>
      <p class="quiet">
        {periodLabels[averagingPeriod]}, {t.periodEnds(f.dateTime(exceedance.periodEndsAt))} ·{' '}
        {t.completeness(f.percent(exceedance.completeness), f.count(exceedance.observed), f.count(exceedance.expected))}{' '}
        · {exceedance.standard}
      </p>
    </li>
  );
};

type ExceedancesProps = { readonly now: number; readonly stations: readonly StationWithLatest[] };

export const Exceedances = ({ now, stations }: ExceedancesProps) => {
  const { t, f } = useLocale();
  const [isComplete, setComplete] = useState(false);
  const { data, problem, reload } = useResource(
    'exceedances',
    (signal) => getExceedances({ from: now - WEEK_MS, to: now }, signal),
    REFRESH_MS,
  );
  const shown = isComplete ? data : data?.slice(0, SHOWN_AT_FIRST);
  const hidden = (data?.length ?? 0) - (shown?.length ?? 0);
  return (
    <section class="exceedances">
      <h2>
        {t.exceedancesHeading}
        {data !== undefined && data.length > 0 && (
          <span class="quiet"> {t.exceedancesCount(f.count(data.length))}</span>
        )}
      </h2>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {data === undefined && !problem && <p class="quiet">{t.loading}</p>}
      {data?.length === 0 && <p class="notice is-good">{t.noExceedances}</p>}
      {shown !== undefined && shown.length > 0 && (
        <ul class="plain-list">
          {shown.map((exceedance) => (
            <ExceedanceItem
              key={exceedance.exceedanceId}
              exceedance={exceedance}
              hasStation={stations.some(({ id }) => id === exceedance.stationId)}
            />
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <button type="button" class="button is-small" onClick={() => setComplete(true)}>
          {t.moreExceedances(f.count(hidden))}
        </button>
      )}
    </section>
  );
};
