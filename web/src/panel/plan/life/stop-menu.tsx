import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PlanEdit } from '../../../api/plan-life.ts';
import type { WirePlanStop } from '../../../api/wire.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { ReasonForm, TriedForm } from './tried-form.tsx';
import { type PlanChange, useChange } from './use-plan-change.ts';

type MoveFormProps = { readonly binId: string; readonly change: PlanChange; readonly onClose: () => void };

const MoveForm = ({ binId, change, onClose }: MoveFormProps) => {
  const w = usePlanLifeWords();
  const [vehicleId, setVehicleId] = useState(change.trucks[0]?.id ?? '');
  const [place, setPlace] = useState('');
  const position = Number.parseInt(place, 10);
  const edit: PlanEdit = { kind: 'move', binId, vehicleId, ...(position > 0 && { position }) };
  return (
    <TriedForm change={change} edit={vehicleId === '' ? undefined : edit} onClose={onClose}>
      <label class="field">
        <span>{w.toTruck}</span>
        <select value={vehicleId} onChange={({ currentTarget }) => setVehicleId(currentTarget.value)}>
          {change.trucks.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>
          {w.position} ({w.positionHint})
        </span>
        <input
          type="number"
          min={1}
          inputMode="numeric"
          value={place}
          onInput={({ currentTarget }) => setPlace(currentTarget.value)}
        />
      </label>
    </TriedForm>
  );
};

/** What a dispatcher can do about one bin of a route that is not done yet. */
export const StopMenu = ({ stop }: { readonly stop: WirePlanStop }) => {
  const change = useChange();
  const { id: binId } = stop;
  if (change?.seen === undefined || binId === undefined || stop.kind !== 'bin' || stop.done !== undefined) return null;
  return <BinMenu stop={stop} binId={binId} change={change} />;
};

type BinMenuProps = { readonly stop: WirePlanStop; readonly binId: string; readonly change: PlanChange };

/** A button that opens what there is to do, closed by Escape. */
const BinMenu = ({ stop, binId, change }: BinMenuProps) => {
  const w = usePlanLifeWords();
  const [open, setOpen] = useState<'closed' | 'menu' | 'move' | 'exclude'>('closed');
  const opener = useRef<HTMLButtonElement>(null);
  const { name } = stop;
  const close = (): void => {
    setOpen('closed');
    opener.current?.focus();
  };
  // At once: whoever is quick presses Escape before the page is painted.
  useLayoutEffect(() => {
    if (open === 'closed') return undefined;
    const closeOnEscape = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') close();
    };
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [open]);
  const lock = (): void => {
    void change.edit({ kind: stop.locked ? 'unlock-stop' : 'lock-stop', binId }).then(close);
  };
  const vehicleId = change.truckOf(binId);
  const lockUpToHere = (): void => {
    if (vehicleId !== undefined) void change.edit({ kind: 'lock-order', vehicleId, upTo: binId }).then(close);
  };
  return (
    <div class="stop-menu">
      <button
        ref={opener}
        type="button"
        class="button is-small"
        aria-expanded={open !== 'closed'}
        aria-label={w.change(name)}
        onClick={() => setOpen(open === 'closed' ? 'menu' : 'closed')}
      >
        {w.changeShort}
      </button>
      {open === 'menu' && (
        <fieldset class="stop-buttons" aria-label={w.change(name)}>
          <button type="button" class="button is-small" aria-disabled={change.isSending} onClick={lock}>
            {stop.locked ? w.unlock : w.lock}
          </button>
          <button type="button" class="button is-small" onClick={() => setOpen('move')}>
            {w.move}
          </button>
          <button type="button" class="button is-small" onClick={() => setOpen('exclude')}>
            {w.exclude}
          </button>
          <button type="button" class="button is-small" aria-disabled={change.isSending} onClick={lockUpToHere}>
            {w.lockUpToHere}
          </button>
        </fieldset>
      )}
      {open === 'move' && <MoveForm binId={binId} change={change} onClose={close} />}
      {open === 'exclude' && (
        <ReasonForm change={change} editFor={(reason) => ({ kind: 'exclude', binId, reason })} onClose={close} />
      )}
    </div>
  );
};
