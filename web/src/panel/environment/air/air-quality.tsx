import { localDate } from '../../../../../shared/city/calendar.ts';
import { getAirQuality, type WireAirIndex, type WireAirPeriod, type WireAirQuality } from '../../../api/air-quality.ts';
import { useAirWords } from '../../../i18n/air-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { useResource } from '../../../state/resource.ts';
import { useSeen } from '../../../state/seen.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { quantityLabel } from '../quantity-label.ts';
import { Advice } from './advice.tsx';
import { Concentrations } from './concentrations.tsx';
import { IndexBadge } from './index-badge.tsx';
import { SubIndices } from './sub-indices.tsx';

const REFRESH_MS = 5 * 60_000;
const VN = 'VN_AQI';
const US = 'US AQI';

/** An index in one line, or why there is none. */
const IndexLine = ({ name, result }: { readonly name: string; readonly result: WireAirIndex }) => {
  const w = useAirWords();
  const { language } = useLocale();
  if (result.status === 'computed') return <IndexBadge name={name} result={result} />;
  return <span>{w.notComputable(name, language === 'vi' ? result.reasonVi : result.reasonEn)}</span>;
};

/** The decision's index of the hour first, with what to do; the day's and EPA's beside it. */
const Indices = ({ hour, day }: { readonly hour: WireAirPeriod; readonly day: WireAirPeriod }) => {
  const w = useAirWords();
  const { f, language } = useLocale();
  const { vnAqi } = hour;
  const ofHour = w.ofHour(f.time(hour.startsAt), f.time(hour.endsAt));
  const ofDay = w.ofDay(f.day(localDate(f.timeZone, Date.parse(day.endsAt) - 1)));
  return (
    <>
      <p class="air-now">
        <IndexLine name={VN} result={vnAqi} /> <span class="quiet">{ofHour}</span>
      </p>
      {vnAqi.status === 'computed' && (
        <>
          <p>{w.dominant(quantityLabel(vnAqi.dominant, language))}</p>
          <Advice category={vnAqi.category} />
          <SubIndices name={VN} result={vnAqi} />
        </>
      )}
      <ul class="air-others">
        <li>
          <span class="quiet">{ofHour}</span> <IndexLine name={US} result={hour.usAqi} />
        </li>
        <li>
          <span class="quiet">{ofDay}</span> <IndexLine name={VN} result={day.vnAqi} />{' '}
          <IndexLine name={US} result={day.usAqi} />
        </li>
      </ul>
    </>
  );
};

/** One sentence where no index has anything else to say. */
const sharedReason = ({ hour, day }: WireAirQuality): WireAirIndex | undefined => {
  const { vnAqi } = hour;
  if (vnAqi.status === 'computed') return undefined;
  const others = [hour.usAqi, day.vnAqi, day.usAqi];
  const isShared = others.every((one) => one.status === 'not-computable' && one.reason === vnAqi.reason);
  return isShared ? vnAqi : undefined;
};

const Quality = ({ quality }: { readonly quality: WireAirQuality }) => {
  const w = useAirWords();
  const reason = sharedReason(quality);
  return (
    <>
      {!quality.mayPublishIndex && <p class="air-reference">{w.referenceStation}</p>}
      {reason === undefined ? (
        <Indices hour={quality.hour} day={quality.day} />
      ) : (
        <p class="notice">
          <IndexLine name={VN} result={reason} />
        </p>
      )}
      {quality.concentrations.length > 0 &&
        (quality.mayPublishIndex ? (
          <details>
            <summary>{w.concentrations}</summary>
            <Concentrations concentrations={quality.concentrations} />
          </details>
        ) : (
          <Concentrations concentrations={quality.concentrations} />
        ))}
    </>
  );
};

/** The air at a station: indices with colour, words and advice, or why there are none. Asked for once the card comes into view. */
export const AirQuality = ({ stationId }: { readonly stationId: string }) => {
  const w = useAirWords();
  const { t } = useLocale();
  const { ref, isSeen } = useSeen();
  const key = isSeen ? `air-quality/${stationId}` : undefined;
  const { data, problem, reload } = useResource(key, (signal) => getAirQuality(stationId, signal), REFRESH_MS);
  return (
    <section class="air" ref={ref}>
      <h4>{w.heading}</h4>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {data === undefined && !problem && <p class="quiet">{t.loading}</p>}
      {data && <Quality quality={data} />}
    </section>
  );
};
