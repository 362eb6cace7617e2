import type { KpiFigures, KpiName } from '../../api/wire.ts';
import { useKpiWords } from '../../i18n/kpi-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { shownFigure } from './show-figure.ts';

const order: readonly KpiName[] = [
  'collections',
  'collectionsAvoided',
  'distanceKm',
  'workingHours',
  'costVnd',
  'fuelLitres',
  'co2Kg',
  'overflows',
  'overflowHours',
  'serviceLevel',
  'meanFillAtPickUp',
  'shareBelowHalf',
  'planAdherence',
  'sensorUptime',
];

/** The period's figures in all; where nobody knows one, the reason stands in its place. */
export const FigureTiles = ({ figures }: { readonly figures: KpiFigures }) => {
  const { f, language } = useLocale();
  const w = useKpiWords();
  return (
    <dl class="kpi-tiles">
      {order.map((name) => {
        const figure = figures[name];
        const shown = shownFigure(name, figure, f);
        return (
          <div key={name} class="kpi-tile">
            <dt>{w.name[name]}</dt>
            {shown === undefined ? (
              <dd class="quiet">{figure.reason?.[language] ?? w.unknown}</dd>
            ) : (
              <dd class="kpi-value">{shown}</dd>
            )}
          </div>
        );
      })}
    </dl>
  );
};
