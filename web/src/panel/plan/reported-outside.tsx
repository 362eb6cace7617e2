import type { BinWithFill, WirePlan } from '../../api/wire.ts';
import { useCircumstanceWords } from '../../i18n/circumstance-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { useMarkWords } from '../../i18n/mark-words.ts';
import { MarkerIcon } from '../../map/marker-icon.tsx';
import { reportMarker } from '../../map/marker-shapes.ts';
import type { OverflowMarks } from '../../state/overflow-marks.ts';
import { placeHref } from '../../state/place.ts';
import { plannedStops } from '../../state/route-look.ts';

type ReportedOutsideProps = {
  readonly plan: WirePlan;
  readonly bins: readonly BinWithFill[];
  readonly marks: OverflowMarks;
};

const OVER: readonly WirePlan['state'][] = ['closed', 'superseded', 'discarded'];

/** Bins that people report as overflowing and that no truck of this plan goes to. */
export const ReportedOutside = ({ plan, bins, marks }: ReportedOutsideProps) => {
  const { f } = useLocale();
  const w = useMarkWords();
  const { channels } = useCircumstanceWords();
  if (OVER.includes(plan.state)) return null;
  const planned = plannedStops(plan);
  const outside = [...marks].filter(([binId]) => !planned.has(binId));
  if (outside.length === 0) return null;
  return (
    <section class="plan-section">
      <h3>
        <MarkerIcon shape={reportMarker} size={20} /> {w.outsidePlan(f.count(outside.length))}
      </h3>
      <p class="quiet">{w.outsidePlanAdvice}</p>
      <ul class="plain-list is-warning">
        {outside.map(([binId, mark]) => (
          <li key={binId}>
            <a href={placeHref({ tab: 'bins', binId, planId: plan.planId })}>
              {bins.find(({ id }) => id === binId)?.name ?? binId}
            </a>
            <span>
              {mark.channels.map((channel) => channels[channel]).join(', ')} · {f.dateTime(mark.firstSeenAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
