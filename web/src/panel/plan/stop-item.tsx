import type { WirePlanStop } from '../../api/wire.ts';
import { reasonIn, useLocale } from '../../i18n/language.ts';
import { usePlanLifeWords } from '../../i18n/plan-life-words.ts';
import { MarkerIcon } from '../../map/marker-icon.tsx';
import { placeMarkers } from '../../map/marker-shapes.ts';
import { placeHref } from '../../state/place.ts';
import { StopMenu } from './life/stop-menu.tsx';

type StopItemProps = { readonly stop: WirePlanStop; readonly label: string | undefined; readonly planId: string };

/** Waiting shorter than this is not worth a word. */
const NOTEWORTHY_WAIT_SECONDS = 60;

const StopMark = ({ stop, label }: Pick<StopItemProps, 'stop' | 'label'>) => {
  if (label !== undefined) return <span class="badge">{label}</span>;
  if (stop.kind === 'depot') return <MarkerIcon shape={placeMarkers.depot} size={24} />;
  if (stop.kind === 'disposal') return <MarkerIcon shape={placeMarkers.disposal} size={24} />;
  return <span class="stop-break" aria-hidden="true" />;
};

const useStopFacts = (stop: WirePlanStop): string => {
  const { t, f } = useLocale();
  const w = usePlanLifeWords();
  const kindWords = {
    bin: undefined,
    depot: t.stopDepot,
    disposal: t.stopDisposal,
    break: undefined,
    stand: w.standing,
  }[stop.kind];
  const facts = [
    kindWords,
    stop.expectedFillFraction === undefined ? undefined : t.stopExpected(f.percent(stop.expectedFillFraction)),
    stop.kind === 'break' ? undefined : t.stopLoad(f.litres(stop.loadLitres)),
    stop.legMetres > 0 ? t.stopLeg(f.kilometres(stop.legMetres)) : undefined,
    stop.waitingSeconds >= NOTEWORTHY_WAIT_SECONDS ? t.stopWaits(f.minutes(stop.waitingSeconds)) : undefined,
  ];
  return facts.filter((fact) => fact !== undefined).join(' · ');
};

export const StopItem = ({ stop, label, planId }: StopItemProps) => {
  const { t, f, language } = useLocale();
  const reason = reasonIn(language, stop);
  const facts = useStopFacts(stop);
  const w = usePlanLifeWords();
  return (
    <li class={`stop is-${stop.kind}`}>
      <StopMark stop={stop} label={label} />
      <time dateTime={stop.arrivesAt}>{f.time(stop.arrivesAt)}</time>
      <div class="stop-words">
        {stop.kind === 'bin' && stop.id !== undefined ? (
          <a href={placeHref({ tab: 'bins', binId: stop.id, planId })}>{stop.name}</a>
        ) : (
          <strong>{stop.kind === 'break' ? t.stopBreak : stop.name}</strong>
        )}
        {facts !== '' && <span>{facts}</span>}
        {reason !== undefined && <span class="stop-reason">{reason}</span>}
        {stop.kind === 'bin' && stop.done !== undefined && (
          <span class="stop-mark">{stop.done === 'reported' ? w.doneReported : w.doneAssumed}</span>
        )}
        {stop.locked && <span class="stop-mark">{w.locked}</span>}
        <StopMenu stop={stop} />
      </div>
    </li>
  );
};
