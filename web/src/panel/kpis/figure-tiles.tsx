import { type KpiSource, sourceOf } from '../../../../shared/waste/kpis/sources.ts';
import type { KpiFigures, KpiName } from '../../api/wire.ts';
import { useKpiWords } from '../../i18n/kpi-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { shownFigure } from './show-figure.ts';

const order: readonly KpiName[] = [
  'collections',
  'collectionsAvoided',
  'overflows',
  'overflowHours',
  'serviceLevel',
  'meanFillAtPickUp',
  'shareBelowHalf',
  'sensorUptime',
  'distanceKm',
  'workingHours',
  'costVnd',
  'fuelLitres',
  'co2Kg',
  'planAdherence',
  'onTime',
];
const groups: readonly KpiSource[] = ['measured', 'reported', 'planned'];

const Tile = ({ name, figures }: { readonly name: KpiName; readonly figures: KpiFigures }) => {
  const { f, language } = useLocale();
  const w = useKpiWords();
  const shown = shownFigure(name, figures[name], f);
  return (
    <div class="kpi-tile">
      <dt>{w.name[name]}</dt>
      {shown === undefined ? (
        <dd class="quiet">{figures[name].reason?.[language] ?? w.unknown}</dd>
      ) : (
        <dd class="kpi-value">{shown}</dd>
      )}
    </div>
  );
};

/** The period's figures in all, by who tells of them; where nobody knows one, the reason stands in its place. */
export const FigureTiles = ({ figures }: { readonly figures: KpiFigures }) => {
  const w = useKpiWords();
  return (
    <>
      {groups.map((source) => (
        <section key={source} class="kpi-source">
          <h3>{w.source[source]}</h3>
          <dl class="kpi-tiles">
            {order
              .filter((name) => sourceOf[name] === source)
              .map((name) => (
                <Tile key={name} name={name} figures={figures} />
              ))}
          </dl>
        </section>
      ))}
    </>
  );
};
