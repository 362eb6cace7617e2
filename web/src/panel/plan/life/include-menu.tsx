import { useState } from 'preact/hooks';
import type { PlanEdit } from '../../../api/plan-life.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { Choice, Text } from './controls.tsx';
import { TriedForm } from './tried-form.tsx';
import { type PlanChange, useChange } from './use-plan-change.ts';

type FormProps = { readonly binId: string; readonly change: PlanChange; readonly onClose: () => void };

const IncludeForm = ({ binId, change, onClose }: FormProps) => {
  const w = usePlanLifeWords();
  const [vehicleId, setVehicleId] = useState('');
  const [place, setPlace] = useState('');
  const position = Number.parseInt(place, 10);
  const edit: PlanEdit = {
    kind: 'include',
    binId,
    ...(vehicleId !== '' && { vehicleId }),
    ...(position > 0 && { position }),
  };
  return (
    <TriedForm change={change} edit={edit} onClose={onClose}>
      <Choice
        label={w.toTruck}
        value={vehicleId}
        options={change.trucks}
        none={w.cheapestTruck}
        onChoose={setVehicleId}
      />
      <Text label={`${w.position} (${w.positionHint})`} type="number" value={place} onType={setPlace} />
    </TriedForm>
  );
};

/** Brings a bin into the plan that nobody serves: tried first, by which truck it can be done and at what cost. */
export const IncludeMenu = ({ binId, name }: { readonly binId: string; readonly name: string }) => {
  const w = usePlanLifeWords();
  const change = useChange();
  const [isOpen, setOpen] = useState(false);
  if (change?.seen === undefined) return null;
  return (
    <>
      <button
        type="button"
        class="button is-small"
        aria-expanded={isOpen}
        aria-label={w.includeBin(name)}
        onClick={() => setOpen(!isOpen)}
      >
        {w.include}
      </button>
      {isOpen && <IncludeForm binId={binId} change={change} onClose={() => setOpen(false)} />}
    </>
  );
};
