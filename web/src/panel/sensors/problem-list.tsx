import { useState } from 'preact/hooks';
import type { SensorHealthEntry } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { placeHref } from '../../state/place.ts';

export type IllSensor = {
  readonly sensor: SensorHealthEntry;
  readonly problem: SensorHealthEntry['problems'][number];
};

/** A power cut silences hundreds: the other kinds below must stay within reach. */
const SHOWN_AT_FIRST = 20;

type ItemProps = { readonly ill: IllSensor; readonly siteName: string | undefined; readonly now: number };

const ProblemItem = ({ ill: { sensor, problem }, siteName, now }: ItemProps) => {
  const { t, f, language } = useLocale();
  const { sensorId, kind, siteId } = sensor;
  const href =
    siteId === null || siteName === undefined
      ? undefined
      : placeHref(kind === 'bin' ? { tab: 'bins', binId: siteId } : { tab: 'environment', stationId: siteId });
  return (
    <li class="sensor-problem">
      <p class="sensor-problem-head">
        {href === undefined ? <strong>{sensorId}</strong> : <a href={href}>{siteName}</a>}
        {href !== undefined && <span class="quiet"> {sensorId}</span>}
      </p>
      <p>{problem.reason[language]}</p>
      <p class="quiet">
        {t.sensorsSince(f.dateTime(problem.since), f.ago(problem.since, now))}
        {problem.wellSince !== null && ` · ${t.sensorsWellSince(f.dateTime(problem.wellSince))}`}
      </p>
    </li>
  );
};

type ListProps = {
  readonly ill: readonly IllSensor[];
  /** Names of bins and stations by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: number;
};

export const ProblemList = ({ ill, names, now }: ListProps) => {
  const { t, f } = useLocale();
  const [isComplete, setComplete] = useState(false);
  const shown = isComplete ? ill : ill.slice(0, SHOWN_AT_FIRST);
  const hidden = ill.length - shown.length;
  return (
    <>
      <ul class="plain-list">
        {shown.map((one) => (
          <ProblemItem
            key={one.sensor.sensorId}
            ill={one}
            siteName={one.sensor.siteId === null ? undefined : names.get(one.sensor.siteId)}
            now={now}
          />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" class="button is-small" onClick={() => setComplete(true)}>
          {t.moreSensors(f.count(hidden))}
        </button>
      )}
    </>
  );
};
