import type { LatestValue, StationWithLatest } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { MarkerIcon } from '../../map/marker-icon.tsx';
import { placeMarkers } from '../../map/marker-shapes.ts';
import { AirQuality } from './air/air-quality.tsx';
import { flagWords } from './flag-words.ts';
import { WaterQuality } from './laboratory/water-quality.tsx';
import { quantityLabel } from './quantity-label.ts';

type StationCardProps = { readonly station: StationWithLatest; readonly now: number; readonly isChosen: boolean };

/** Dimensionless quantities have no unit worth printing. */
const unitSuffix = (unit: string): string => (unit === '1' || unit === 'pH' ? '' : ` ${unit}`);

const LatestRow = ({ latest, now }: { latest: LatestValue; now: number }) => {
  const { t, f, language } = useLocale();
  const { value, unit, measuredAt, flag, test } = latest;
  return (
    <tr class={flag > 2 ? `is-flag-${flag}` : undefined}>
      <th scope="row">{quantityLabel(latest.quantity, language, latest)}</th>
      <td class="value">
        {value === null ? t.flagMissing : `${f.number(value)}${unitSuffix(unit)}`}
        {flag > 2 && value !== null && (
          <span class="flag">⚠ {test === 'none' ? flagWords(flag, t) : t.flagWithTest(flagWords(flag, t), test)}</span>
        )}
      </td>
      <td>{f.ago(measuredAt, now)}</td>
    </tr>
  );
};

export const StationCard = ({ station, now, isChosen }: StationCardProps) => {
  const { t, f } = useLocale();
  const tags = [
    station.kind === 'air' ? t.kindAir : t.kindWater,
    station.referenceStation ? t.referenceStation : undefined,
    station.ward,
    station.positionApproximate ? `≈ ${t.approximateShort}` : undefined,
  ];
  return (
    <article class={isChosen ? 'station is-chosen' : 'station'}>
      <h3 id={`station-${station.id}`} tabIndex={-1}>
        <MarkerIcon shape={placeMarkers[station.kind]} size={24} />
        {station.name}
      </h3>
      <p class="quiet">{tags.filter((tag) => tag !== undefined).join(' · ')}</p>
      <p class="quiet">{station.lastHeardAt === null ? t.neverHeard : t.lastHeard(f.ago(station.lastHeardAt, now))}</p>
      {station.latest.length === 0 ? (
        <p class="notice">{t.noLatest}</p>
      ) : (
        <table class="latest-table">
          <caption class="visually-hidden">{t.latestCaption(station.name)}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columnQuantity}</th>
              <th scope="col">{t.columnValue}</th>
              <th scope="col">{t.columnTime}</th>
            </tr>
          </thead>
          <tbody>
            {station.latest.map((latest) => (
              <LatestRow key={`${latest.sensorId}/${latest.quantity}`} latest={latest} now={now} />
            ))}
          </tbody>
        </table>
      )}
      {station.kind === 'air' && <AirQuality stationId={station.id} />}
      {station.kind === 'water' && <WaterQuality stationId={station.id} />}
    </article>
  );
};
