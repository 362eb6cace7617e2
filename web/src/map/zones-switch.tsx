import type { Zone } from '../../../shared/city/fleet/zone.ts';
import { useLocale } from '../i18n/language.ts';
import { bansOf, useZoneWords } from '../i18n/zone-words.ts';

type ZonesSwitchProps = {
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  /** Absent while they are loaded. */
  readonly zones: readonly Zone[] | undefined;
};

/** A sample of how zones are drawn. */
const ZoneSample = () => (
  <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
    <rect
      x="2"
      y="4"
      width="18"
      height="14"
      fill="#8a2b1222"
      stroke="#8a2b12"
      stroke-width="2"
      stroke-dasharray="3 2"
    />
    <path d="M5 17L17 5M3 12l8-7M11 17l8-7" stroke="#8a2b12" stroke-width="1" />
  </svg>
);

/** Draws zones with bans on the map, and says what the map shows: where, when, for whom. */
export const ZonesSwitch = ({ isOn, onSwitch, zones }: ZonesSwitchProps) => {
  const w = useZoneWords();
  const locale = useLocale();
  return (
    <div class="zones-switch">
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => onSwitch(currentTarget.checked)} />
        <ZoneSample />
        <span>{w.show}</span>
      </label>
      {isOn && zones?.length === 0 && <p class="quiet">{w.none}</p>}
      {isOn && zones !== undefined && zones.length > 0 && (
        <ul class="zone-list">
          {zones.map((zone) => (
            <li key={zone.id}>
              <strong>{zone.name}</strong>
              {zone.area === 'city' && ` (${w.wholeCity})`}
              {bansOf(zone, locale).map((ban) => (
                <span key={ban}>{ban}</span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
