import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BinWithFill } from '../../api/wire.ts';
import { useCircumstanceWords } from '../../i18n/circumstance-words.ts';
import { type Locale, reasonIn, useLocale } from '../../i18n/language.ts';
import type { OverflowMark } from '../../state/overflow-marks.ts';
import { type Place, placeHref } from '../../state/place.ts';
import { type PlannedStop, routeLetter } from '../../state/route-look.ts';
import { BinMarksInFull } from './bin-marks.tsx';
import { FillCell } from './fill-cell.tsx';
import { FillHistory } from './fill-history.tsx';
import { noDataReason } from './fill-words.ts';
import { streamName } from './stream-name.ts';
import { PeopleSay } from './word/people-say.tsx';

type BinDetailsProps = {
  readonly bin: BinWithFill | undefined;
  readonly place: Place;
  readonly planned: PlannedStop | undefined;
  readonly mark: OverflowMark | undefined;
  /** Something was reported or withdrawn here. */
  readonly onReported: () => void;
  readonly now: number;
};

const factsOf = (
  bin: BinWithFill,
  planned: PlannedStop | undefined,
  { t, f, language }: Locale,
  why: string,
): [string, string][] => [
  [t.binId, bin.id],
  ...(bin.ward === undefined ? [] : [[t.ward, bin.ward] as [string, string]]),
  [t.stream, streamName(bin.stream, t)],
  [t.capacity, f.litres(bin.container.capacityLitres)],
  [t.serviceLevel, f.percent(bin.serviceLevel)],
  [t.sensors, bin.sensorIds.join(', ') || t.noSensor],
  [
    t.inPlan,
    planned === undefined
      ? t.notInPlan
      : t.stopOfRoute(f.count(planned.number), routeLetter(planned.routeIndex), f.time(planned.stop.arrivesAt)),
  ],
  ...(planned?.stop.reason === undefined
    ? []
    : [[why, reasonIn(language, planned.stop) ?? planned.stop.reason] as [string, string]]),
];

const FillNow = ({ bin, now }: { bin: BinWithFill; now: number }) => {
  const { t, f, language } = useLocale();
  const { fill } = bin;
  return (
    <p class="fill-now">
      <FillCell bin={bin} />
      <span class="quiet">
        {fill.status === 'known'
          ? f.ago(fill.measuredAt, now)
          : `${noDataReason(fill.reason, t)} · ${
              fill.lastHeardAt === null ? t.neverHeard : t.lastHeard(f.ago(fill.lastHeardAt, now))
            }`}
      </span>
      {fill.status === 'known' && fill.doubt && <span class="quiet">({reasonIn(language, fill.doubt)})</span>}
    </p>
  );
};

export const BinDetails = ({ bin, place, planned, mark, onReported, now }: BinDetailsProps) => {
  const locale = useLocale();
  const { t } = locale;
  const { whyInPlan } = useCircumstanceWords();
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the next paint: the focus must never fall back to the page's beginning.
  useLayoutEffect(() => heading.current?.focus(), []);
  const plan = place.planId === undefined ? {} : { planId: place.planId };
  return (
    <article class="bin-details">
      <a class="back-link" href={placeHref({ tab: 'bins', ...plan })}>
        ← {t.backToBins}
      </a>
      {bin === undefined ? (
        <p class="notice is-problem" role="alert">
          {t.binNotFound}
        </p>
      ) : (
        <>
          <h2 ref={heading} tabIndex={-1}>
            {bin.name}
          </h2>
          {bin.positionApproximate && <p class="approximate">≈ {t.approximate}</p>}
          <FillNow bin={bin} now={now} />
          <BinMarksInFull bin={bin} mark={mark} now={now} />
          <PeopleSay binId={bin.id} openReports={mark?.count ?? 0} onChanged={onReported} />
          <FillHistory bin={bin} now={now} />
          <dl class="facts">
            {factsOf(bin, planned, locale, whyInPlan).map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </article>
  );
};
