import type { WireEntity } from '../../api/registry.ts';
import { useZoneWords } from '../../i18n/zone-words.ts';

/** Whom a zone's bans do not hold: that is kept with each truck, and looked for here. */
export const ZonePermits = ({
  zoneId,
  trucks,
}: {
  readonly zoneId: string;
  readonly trucks: readonly WireEntity[];
}) => {
  const w = useZoneWords();
  const permitted = trucks.filter(({ permits }) => Array.isArray(permits) && permits.includes(zoneId));
  const names = permitted.map(({ id, name }) => (typeof name === 'string' ? name : id)).join(', ');
  return (
    <p class="quiet">
      {permitted.length === 0 ? w.nobodyPermitted : w.permitted(names)} {w.permitsAreOfTrucks}
    </p>
  );
};
