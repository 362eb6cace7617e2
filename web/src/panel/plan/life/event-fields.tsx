import { useState } from 'preact/hooks';
import type { DayEventBody } from '../../../api/plan-life.ts';
import type { BinWithFill } from '../../../api/wire.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';

export type EventKind = DayEventBody['kind'];
export type Named = { readonly event: DayEventBody; readonly label: string };

type FieldsProps = {
  readonly trucks: readonly { readonly id: string; readonly name: string }[];
  readonly bins: readonly BinWithFill[];
  readonly onAdd: (named: Named) => void;
};

type Draft = {
  readonly kind: EventKind;
  readonly vehicleId: string;
  readonly binId: string;
  readonly reason: string;
  readonly minutes: string;
  readonly radius: string;
  readonly until: string;
};

const EMPTY = { vehicleId: '', binId: '', reason: '', minutes: '30', radius: '300', until: '' };
const KINDS = ['truck-out', 'overflow', 'area-closed', 'crew-late'] as const;

/** A local `HH:MM` of today by the reader's clock, as an instant; the next such time where it has passed. */
const instantOf = (time: string): string => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = new Date();
  at.setHours(hours, minutes, 0, 0);
  if (at.getTime() < Date.now()) at.setDate(at.getDate() + 1);
  return at.toISOString();
};

/** The event that a draft means; `undefined` while something is missing. */
const eventOf = (draft: Draft, bins: readonly BinWithFill[]): DayEventBody | undefined => {
  const { kind, vehicleId, binId, until } = draft;
  const [reason, minutes, radiusMetres] = [draft.reason.trim(), Number(draft.minutes), Number(draft.radius)];
  const bin = bins.find(({ id }) => id === binId);
  if (kind === 'truck-out') return vehicleId && reason ? { kind, vehicleId, reason } : undefined;
  if (kind === 'crew-late') return vehicleId && minutes > 0 ? { kind, vehicleId, minutes } : undefined;
  if (bin === undefined) return undefined;
  if (kind === 'overflow') return { kind, binId };
  if (!(radiusMetres > 0) || !reason) return undefined;
  const { latitude, longitude } = bin.position;
  const area = { centre: { latitude, longitude }, radiusMetres };
  return { kind, area, reason, ...(until !== '' && { until: instantOf(until) }) };
};

type ChoiceProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly onChoose: (id: string) => void;
};

const Choice = ({ label, value, options, onChoose }: ChoiceProps) => {
  const w = usePlanLifeWords();
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{w.choose}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
};

type TextProps = {
  readonly label: string;
  readonly type: 'text' | 'number' | 'time';
  readonly value: string;
  readonly onType: (value: string) => void;
};

const Text = ({ label, type, value, onType }: TextProps) => {
  const shared = {
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => onType(currentTarget.value),
  };
  if (type === 'number')
    return (
      <label class="field">
        <span>{label}</span>
        <input type="number" min={1} {...shared} />
      </label>
    );
  if (type === 'time')
    return (
      <label class="field">
        <span>{label}</span>
        <input type="time" {...shared} />
      </label>
    );
  return (
    <label class="field">
      <span>{label}</span>
      <input type="text" maxLength={500} {...shared} />
    </label>
  );
};

/** One event of the day, field by field. */
export const EventFields = ({ trucks, bins, onAdd }: FieldsProps) => {
  const w = usePlanLifeWords();
  const [draft, setDraft] = useState<Draft>({ kind: 'truck-out', ...EMPTY });
  const set = (more: Partial<Draft>): void => setDraft({ ...draft, ...more });
  const { kind } = draft;
  const event = eventOf(draft, bins);
  const add = (): void => {
    if (event === undefined) return;
    const about = [...trucks, ...bins].find(
      ({ id }) => id === (kind === 'truck-out' || kind === 'crew-late' ? draft.vehicleId : draft.binId),
    );
    onAdd({ event, label: `${w.events[kind]}: ${about?.name ?? ''}` });
    setDraft({ kind, ...EMPTY });
  };
  const isAboutTruck = kind === 'truck-out' || kind === 'crew-late';
  return (
    <fieldset class="event-fields">
      <legend>{w.whatHappened}</legend>
      <label class="field">
        <span>{w.whatHappened}</span>
        <select
          value={kind}
          onChange={({ currentTarget }) =>
            set({ kind: KINDS.find((each) => each === currentTarget.value) ?? 'truck-out' })
          }
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {w.events[each]}
            </option>
          ))}
        </select>
      </label>
      {isAboutTruck ? (
        <Choice label={w.truck} value={draft.vehicleId} options={trucks} onChoose={(vehicleId) => set({ vehicleId })} />
      ) : (
        <Choice
          label={kind === 'overflow' ? w.bin : w.areaCentre}
          value={draft.binId}
          options={bins}
          onChoose={(binId) => set({ binId })}
        />
      )}
      {kind === 'crew-late' && (
        <Text label={w.minutesLate} type="number" value={draft.minutes} onType={(minutes) => set({ minutes })} />
      )}
      {kind === 'area-closed' && (
        <>
          <Text label={w.radius} type="number" value={draft.radius} onType={(radius) => set({ radius })} />
          <Text label={w.until} type="time" value={draft.until} onType={(until) => set({ until })} />
        </>
      )}
      {(kind === 'truck-out' || kind === 'area-closed') && (
        <Text label={w.reason} type="text" value={draft.reason} onType={(reason) => set({ reason })} />
      )}
      <button type="button" class="button" aria-disabled={event === undefined} onClick={add}>
        {w.addEvent}
      </button>
    </fieldset>
  );
};
