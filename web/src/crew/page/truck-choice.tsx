import type { TrucksAnswer } from '../state/city.ts';
import { useCrewWords } from '../words.ts';

type TruckChoiceProps = { readonly trucks: TrucksAnswer; readonly onChoose: (vehicleId: string) => void };

/** Which truck this phone rides in; asked once. */
export const TruckChoice = ({ trucks, onChoose }: TruckChoiceProps) => {
  const { w, f } = useCrewWords();
  return (
    <section>
      <h2>{w.chooseTruck}</h2>
      <p class="quiet">{w.planOf(f.day(trucks.serviceDate))}</p>
      <ul class="truck-list">
        {trucks.routes.map(({ vehicleId, vehicleName, startsAt, endsAt, bins }) => (
          <li key={vehicleId}>
            <button type="button" class="button is-large" onClick={() => onChoose(vehicleId)}>
              <strong>{vehicleName}</strong>
              <span>{w.truckLine(`${f.time(startsAt)}–${f.time(endsAt)}`, f.count(bins))}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
