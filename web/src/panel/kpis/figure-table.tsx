import { sourceOf } from '../../../../shared/waste/kpis/sources.ts';
import type { KpiDivision, KpiName, KpiRow } from '../../api/wire.ts';
import { type KpiWords, useKpiWords } from '../../i18n/kpi-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { shownFigure } from './show-figure.ts';

/** Sensors see bins and plans see trucks: each division has the figures that mean something in it. */
const columnsOf: Readonly<Record<KpiDivision, readonly KpiName[]>> = {
  day: ['collections', 'distanceKm', 'workingHours', 'overflows', 'meanFillAtPickUp', 'serviceLevel', 'planAdherence'],
  truck: ['distanceKm', 'workingHours', 'fuelLitres', 'co2Kg', 'costVnd', 'planAdherence', 'onTime'],
  ward: [
    'collections',
    'collectionsAvoided',
    'overflows',
    'overflowHours',
    'meanFillAtPickUp',
    'serviceLevel',
    'sensorUptime',
  ],
};

const nameOf = (by: KpiDivision, { key, name }: KpiRow, w: KpiWords, day: (date: string) => string): string => {
  if (by === 'day') return day(key);
  return by === 'ward' && key === '' ? w.noWard : name;
};

type FigureTableProps = { readonly by: KpiDivision; readonly rows: readonly KpiRow[] };

export const FigureTable = ({ by, rows }: FigureTableProps) => {
  const { f, language } = useLocale();
  const w = useKpiWords();
  if (rows.length === 0) return <p class="quiet">{w.nothing}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (axe: scrollable-region-focusable).
    <section class="kpi-table" aria-label={w.division[by]} tabIndex={0}>
      <table>
        <caption class="visually-hidden">
          {w.heading}, {w.division[by]}
        </caption>
        <thead>
          <tr>
            <th scope="col">{w.division[by]}</th>
            {columnsOf[by].map((name) => (
              <th key={name} scope="col">
                {w.name[name]}
                {sourceOf[name] !== 'measured' && <small> ({w.sourceShort[sourceOf[name]]})</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{nameOf(by, row, w, f.day)}</th>
              {columnsOf[by].map((name) => {
                const shown = shownFigure(name, row.figures[name], f);
                const reason = row.figures[name].reason?.[language];
                return (
                  <td key={name}>
                    {shown ?? (
                      <span class="quiet" title={reason}>
                        {w.unknown}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
