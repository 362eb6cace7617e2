import { useState } from 'preact/hooks';
import { listRegistered } from '../../../api/registry.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { useResource } from '../../../state/resource.ts';
import { Choice, type Named } from './controls.tsx';
import { TriedForm } from './tried-form.tsx';
import { type PlanChange, useChange } from './use-plan-change.ts';

const RARELY_MS = 5 * 60_000;

/** Registered trucks that have no route in the plan, by name; none while they are loaded. */
export const useOtherTrucks = ({ planned }: PlanChange): readonly Named[] => {
  const { data = [] } = useResource('registry/vehicles', (signal) => listRegistered('vehicles', signal), RARELY_MS);
  return data
    .filter(({ id }) => !planned.has(id))
    .map(({ id, name }) => ({ id, name: typeof name === 'string' ? name : id }));
};

const AddForm = ({ change, onClose }: { readonly change: PlanChange; readonly onClose: () => void }) => {
  const w = usePlanLifeWords();
  const [vehicleId, setVehicleId] = useState('');
  const others = useOtherTrucks(change);
  return (
    <TriedForm
      change={change}
      edit={vehicleId === '' ? undefined : { kind: 'add-vehicle', vehicleId }}
      onClose={onClose}
    >
      <Choice label={w.truck} value={vehicleId} options={others} onChoose={setVehicleId} />
    </TriedForm>
  );
};

/** Takes a withdrawn truck back; of one that the plan was made without the answer says how it can join. */
export const AddTruck = () => {
  const w = usePlanLifeWords();
  const change = useChange();
  const [isOpen, setOpen] = useState(false);
  if (change?.seen === undefined) return null;
  return (
    <div class="add-truck">
      <button type="button" class="button is-small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {w.addTruck}
      </button>
      {isOpen && <AddForm change={change} onClose={() => setOpen(false)} />}
    </div>
  );
};
