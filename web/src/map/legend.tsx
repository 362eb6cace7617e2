import type { ComponentChildren } from 'preact';
import { useLocale } from '../i18n/language.ts';
import { useMarkWords } from '../i18n/mark-words.ts';
import { fillSteps } from '../state/fill-look.ts';
import { routeColours } from '../state/route-look.ts';
import { MarkerIcon } from './marker-icon.tsx';
import { binMarker, placeMarkers, reportMarker } from './marker-shapes.ts';

type LegendProps = {
  readonly approximateCount: number;
  readonly isPlanShown: boolean;
  readonly isOpen: boolean;
  /** What can be switched on beside. */
  readonly children: ComponentChildren;
};

/** The five steps in a row, as on a ruler. */
const FillRuler = () => {
  const { f } = useLocale();
  return (
    <ul class="legend-ruler">
      {fillSteps.map(({ upTo }) => (
        <li key={upTo}>
          <MarkerIcon shape={binMarker(upTo === 1 ? 1 : upTo - 0.1)} size={26} />
          {f.count(Math.round((upTo - 0.2) * 100))}–{f.count(upTo * 100)}
        </li>
      ))}
    </ul>
  );
};

const RouteSample = ({ label, dashes }: { readonly label: string; readonly dashes?: string }) => (
  <li class="is-wide">
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M1 17L9 8l12 4" fill="none" stroke={routeColours[0]} stroke-width="3" stroke-dasharray={dashes} />
    </svg>
    {label}
  </li>
);

export const Legend = ({ approximateCount, isPlanShown, isOpen, children }: LegendProps) => {
  const { t, f } = useLocale();
  const w = useMarkWords();
  const places = [
    ['air', t.legendAir],
    ['water', t.legendWater],
    ['depot', t.legendDepot],
    ['disposal', t.legendDisposal],
  ] as const;
  return (
    <details class="legend" open={isOpen}>
      <summary>{t.legend}</summary>
      <div class="legend-body">
        <h2>{t.legendFill}</h2>
        <FillRuler />
        <ul class="legend-places">
          <li class="is-wide">
            <MarkerIcon shape={binMarker(undefined)} size={22} />
            {t.legendNoData}
          </li>
          <li class="is-wide">
            <MarkerIcon shape={binMarker(0.3, true)} size={22} />
            {w.legendSilent}
          </li>
          <li class="is-wide">
            <MarkerIcon shape={reportMarker} size={22} />
            {w.legendReported}
          </li>
          {places.map(([kind, label]) => (
            <li key={kind} class={kind === 'air' ? 'is-wide' : undefined}>
              <MarkerIcon shape={placeMarkers[kind]} size={22} />
              {label}
            </li>
          ))}
          {isPlanShown && (
            <>
              <RouteSample label={t.legendRoute} />
              <RouteSample label={t.legendStraight} dashes="5 3" />
            </>
          )}
        </ul>
        {children}
        {approximateCount > 0 && <p class="legend-note">{t.approximateCount(f.count(approximateCount))}</p>}
      </div>
    </details>
  );
};
