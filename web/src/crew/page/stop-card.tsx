import { useEffect, useRef, useState } from 'preact/hooks';
import { appleMapsLink, googleMapsLinks, navigationStops } from '../../../../shared/routing/exports/navigation.ts';
import type { WirePlanStop } from '../../api/wire.ts';
import { reasonIn } from '../../i18n/language.ts';
import type { StopStatus } from '../state/stop-status.ts';
import { useCrewWords } from '../words.ts';
import { ReportForm, type Spoken } from './report-form.tsx';

type StopCardProps = {
  readonly stop: WirePlanStop;
  readonly number: number | undefined;
  readonly status: StopStatus | undefined;
  readonly isNext: boolean;
  readonly onSpoken: (spoken: Spoken) => void;
  readonly onUndo: () => void;
};

const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent);

/** Opens the phone's own navigation; a link that any phone understands where it is not Apple's. */
const Directions = ({ stop }: { readonly stop: WirePlanStop }) => {
  const { w } = useCrewWords();
  const { name, position } = stop;
  if (position === undefined || stop.kind === 'break') return null;
  const [link] = googleMapsLinks([{ name, position }]);
  return (
    <a
      class="button"
      href={isApple ? appleMapsLink({ position }) : (link?.url ?? '')}
      target="_blank"
      rel="noreferrer"
      aria-label={w.directionsTo(name)}
    >
      {w.directionsHere}
    </a>
  );
};

const saidOf = ({ report, way, hasPhoto }: StopStatus, words: ReturnType<typeof useCrewWords>): string => {
  const { w, f } = words;
  const { outcome, fractionLeft, note } = report;
  const left = outcome === 'partly' && fractionLeft !== undefined ? w.left(f.percent(fractionLeft)) : undefined;
  const parts = [w.outcomes[outcome], left, f.time(report.at), note, hasPhoto ? w.withPhoto : undefined, w.ways[way]];
  return parts.filter((part) => part !== undefined).join(' · ');
};

const useFacts = (stop: WirePlanStop): string => {
  const { w, f, language } = useCrewWords();
  const { kind, expectedFillFraction } = stop;
  const facts = [
    kind === 'bin' || kind === 'break' ? undefined : w.kinds[kind],
    expectedFillFraction === undefined ? undefined : w.expected(f.percent(expectedFillFraction)),
    reasonIn(language, stop),
  ];
  return facts.filter((fact) => fact !== undefined).join(' · ');
};

/** One stop: open for a report when it is the next one, or when asked for; else what was said of it, which can be mended. */
export const StopCard = ({ stop, number, status, isNext, onSpoken, onUndo }: StopCardProps) => {
  const words = useCrewWords();
  const { w, f } = words;
  const [isOpened, setOpened] = useState(false);
  const [wasSpoken, setSpoken] = useState(false);
  const undo = useRef<HTMLButtonElement>(null);
  const facts = useFacts(stop);
  const isBin = stop.kind === 'bin';
  const isAsking = isBin && (isOpened || (isNext && status === undefined));
  // The button that was pressed is gone: whoever uses the keyboard goes on from what takes it back.
  useEffect(() => {
    if (!wasSpoken || status === undefined || isAsking) return;
    undo.current?.focus({ preventScroll: true });
    setSpoken(false);
  }, [wasSpoken, status, isAsking]);
  const speak = (spoken: Spoken): void => {
    setOpened(false);
    setSpoken(true);
    onSpoken(spoken);
  };
  return (
    <li
      class={`stop is-${stop.kind}${isNext ? ' is-next' : ''}${status ? ` has-word is-${status.report.outcome}` : ''}`}
    >
      <div class="stop-head">
        <span class="stop-number" aria-hidden="true">
          {status ? '✓' : (number ?? '')}
        </span>
        <div class="stop-words">
          <h3>{stop.kind === 'break' ? w.kinds.break : stop.name}</h3>
          <p class="quiet">
            <time dateTime={stop.arrivesAt}>{f.time(stop.arrivesAt)}</time>
            {facts !== '' && ` · ${facts}`}
          </p>
          {status && <p class="said">{saidOf(status, words)}</p>}
        </div>
        {status === undefined && <Directions stop={stop} />}
      </div>
      {isAsking && <ReportForm key={status?.report.reportId ?? 'first'} stopName={stop.name} onSpoken={speak} />}
      {isBin && !isAsking && (
        <div class="stop-acts">
          {status && (
            <button ref={undo} type="button" class="button" aria-label={w.undoOf(stop.name)} onClick={onUndo}>
              {w.undo}
            </button>
          )}
          <button
            type="button"
            class="button"
            aria-label={status ? w.correctOf(stop.name) : w.reportOf(stop.name)}
            onClick={() => setOpened(true)}
          >
            {status ? w.correct : w.report}
          </button>
        </div>
      )}
      {isOpened && (
        <button type="button" class="button" onClick={() => setOpened(false)}>
          {w.cancel}
        </button>
      )}
    </li>
  );
};

/** What still lies ahead, for a link that a phone's browser takes. */
export const stopsAhead = (stops: readonly WirePlanStop[], done: ReadonlySet<string>) => {
  const first = stops.findIndex(({ kind, id }) => kind === 'bin' && id !== undefined && !done.has(id));
  if (first < 0) return [];
  const open = stops.slice(first).filter(({ kind, id }) => kind !== 'bin' || id === undefined || !done.has(id));
  return navigationStops(open.map(({ kind, name, position }) => ({ kind, name, ...(position && { position }) })));
};
