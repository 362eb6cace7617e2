import type { WirePlan, WirePlanRoute } from '../../../api/wire.ts';
import { reasonIn, useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';

type OnBoard = { readonly litres: number; readonly kg: number };

/** Whether it is a load that anybody would notice. */
export const holdsAny = (load: OnBoard | undefined): load is OnBoard =>
  load !== undefined && (Math.round(load.litres) > 0 || Math.round(load.kg) > 0);

const holdsStranded = ({ outOfService }: WirePlanRoute): boolean => holdsAny(outOfService?.onBoard);

/** Waste on board of trucks that stopped: nobody is planned to fetch it, so a person has to see to it. */
export const StrandedLoads = ({ plan: { routes } }: { readonly plan: WirePlan }) => {
  const w = usePlanLifeWords();
  const { f, language } = useLocale();
  const stranded = routes.filter(holdsStranded);
  if (stranded.length === 0) return null;
  return (
    <section class="plan-section">
      <h3>{w.strandedHeading(f.count(stranded.length))}</h3>
      <ul class="plain-list is-warning">
        {stranded.map(({ vehicleId, vehicleName, outOfService }) => (
          <li key={vehicleId}>
            <strong>{vehicleName}</strong>
            <span>
              {f.litres(outOfService?.onBoard?.litres ?? 0)}, {f.count(Math.round(outOfService?.onBoard?.kg ?? 0))} kg.{' '}
              {outOfService && w.outOfService(f.time(outOfService.at), reasonIn(language, outOfService) ?? '')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
