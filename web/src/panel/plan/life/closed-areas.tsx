import { useEffect } from 'preact/hooks';
import type { WirePlan } from '../../../api/wire.ts';
import { useClosureWords } from '../../../i18n/closure-words.ts';
import { useLocale } from '../../../i18n/language.ts';

type PlanProps = { readonly plan: WirePlan };

/** What is closed on the plan's day, and whether its ways keep to it. */
export const ClosedAreas = ({ plan: { closures = [] } }: PlanProps) => {
  const w = useClosureWords();
  const { f } = useLocale();
  if (closures.length === 0) return null;
  return (
    <section class="plan-section">
      <h3>{w.heading(f.count(closures.length))}</h3>
      <ul class="plain-list is-warning">
        {closures.map(({ area, reason, until, held }) => (
          <li key={JSON.stringify(area)}>
            <strong>{reason}</strong>
            <span>
              {until === undefined ? w.allDay : w.until(f.time(until))}: {held ? w.held : w.notHeld}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const LOOK_AGAIN_MS = 2_000;

/** Says that lines are being drawn, and looks for them until they are there. */
export const LinesToFollow = ({
  plan: { linesToFollow },
  onLook,
}: PlanProps & {
  readonly onLook: () => void;
}) => {
  const w = useClosureWords();
  const { f } = useLocale();
  const isWaiting = linesToFollow !== undefined;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(onLook, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return (
    <p class="quiet" role="status">
      {linesToFollow === undefined ? '' : w.linesToFollow(f.count(linesToFollow))}
    </p>
  );
};
