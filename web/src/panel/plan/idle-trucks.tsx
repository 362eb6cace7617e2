import type { WirePlan } from '../../api/wire.ts';
import { useFleetWords } from '../../i18n/fleet-words.ts';
import { reasonIn, useLocale } from '../../i18n/language.ts';
import { placeHref } from '../../state/place.ts';

/** Trucks that stayed in their depots, and why: what a dispatcher mends under fleet and rules. */
export const IdleTrucks = ({ plan: { idleTrucks = [], planId } }: { readonly plan: WirePlan }) => {
  const w = useFleetWords();
  const { f, language } = useLocale();
  if (idleTrucks.length === 0) return null;
  return (
    <section class="plan-section">
      <h3>{w.idleTrucks(f.count(idleTrucks.length))}</h3>
      <ul class="plain-list">
        {idleTrucks.map(({ vehicleId, name, ...reasons }) => (
          <li key={vehicleId}>
            <a href={placeHref({ tab: 'fleet', planId })}>{name}</a>
            <span>{reasonIn(language, reasons)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
