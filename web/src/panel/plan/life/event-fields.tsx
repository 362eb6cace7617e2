import { useState } from 'preact/hooks';
import type { DayEventBody } from '../../../api/plan-life.ts';
import type { BinWithFill } from '../../../api/wire.ts';
import { useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { AreaFields } from './area-fields.tsx';
import { Choice, type Named, Text } from './controls.tsx';
import { type EventDraft, emptyEvent, eventKinds, eventOf } from './event-draft.ts';

export type LabelledEvent = { readonly event: DayEventBody; readonly label: string };

type FieldsProps = {
  /** Trucks that drive by the plan. */
  readonly trucks: readonly Named[];
  /** Trucks that could join it. */
  readonly others: readonly Named[];
  /** Trucks that are out of service. */
  readonly stopped: readonly Named[];
  /** What is closed, by its reason. */
  readonly closures: readonly Named[];
  readonly bins: readonly BinWithFill[];
  readonly onAdd: (event: LabelledEvent) => void;
};

type PartProps = Omit<FieldsProps, 'onAdd'> & {
  readonly draft: EventDraft;
  readonly set: (more: Partial<EventDraft>) => void;
};

/** Which truck drives again, since when, from where, and whether somebody took its load. */
const TruckBack = ({ draft, set, stopped }: PartProps) => {
  const w = usePlanLifeWords();
  if (stopped.length === 0) return <p class="quiet">{w.noStoppedTrucks}</p>;
  return (
    <>
      <Choice label={w.truck} value={draft.vehicleId} options={stopped} onChoose={(id) => set({ vehicleId: id })} />
      <Text label={w.backSince} type="time" value={draft.at} onType={(at) => set({ at })} />
      <label class="field">
        <span>{w.backFrom}</span>
        <select
          value={draft.from}
          onChange={({ currentTarget }) => set({ from: currentTarget.value === 'depot' ? 'depot' : 'last-place' })}
        >
          <option value="depot">{w.backFromDepot}</option>
          <option value="last-place">{w.backFromLastPlace}</option>
        </select>
      </label>
      <label class="check is-wide">
        <input
          type="checkbox"
          checked={draft.isEmptied}
          onChange={({ currentTarget }) => set({ isEmptied: currentTarget.checked })}
        />
        <span>{w.backEmptied}</span>
      </label>
    </>
  );
};

/** Which of the closed areas is open, and since when. */
const AreaOpened = ({ draft, set, closures }: PartProps) => {
  const w = usePlanLifeWords();
  if (closures.length === 0) return <p class="quiet">{w.nothingClosed}</p>;
  return (
    <>
      <Choice
        label={w.closedArea}
        value={draft.closureId}
        options={closures}
        onChoose={(closureId) => set({ closureId })}
      />
      <Text label={w.openSince} type="time" value={draft.at} onType={(at) => set({ at })} />
    </>
  );
};

/** What each kind of event asks for. */
const EventPart = (props: PartProps) => {
  const { draft, set, trucks, others, bins } = props;
  const w = usePlanLifeWords();
  const { kind, vehicleId } = draft;
  const truckOf = (options: readonly Named[]) => (
    <Choice label={w.truck} value={vehicleId} options={options} onChoose={(id) => set({ vehicleId: id })} />
  );
  const reason = <Text label={w.reason} type="text" value={draft.reason} onType={(text) => set({ reason: text })} />;
  switch (kind) {
    case 'truck-out':
      return (
        <>
          {truckOf(trucks)}
          <Text label={w.since} type="time" value={draft.at} onType={(at) => set({ at })} />
          {reason}
        </>
      );
    case 'crew-late':
      return (
        <>
          {truckOf(trucks)}
          <Text label={w.minutesLate} type="number" value={draft.minutes} onType={(minutes) => set({ minutes })} />
        </>
      );
    case 'truck-joins':
      return others.length === 0 ? <p class="quiet">{w.noOtherTrucks}</p> : truckOf(others);
    case 'truck-back':
      return <TruckBack {...props} />;
    case 'area-opened':
      return <AreaOpened {...props} />;
    case 'overflow':
      return <Choice label={w.bin} value={draft.binId} options={bins} onChoose={(binId) => set({ binId })} />;
    case 'area-closed':
      return (
        <>
          <AreaFields draft={draft} bins={bins} set={set} />
          <Text label={w.until} type="time" value={draft.until} onType={(until) => set({ until })} />
          {reason}
        </>
      );
  }
};

/** One event of the day, field by field. */
export const EventFields = ({ onAdd, ...known }: FieldsProps) => {
  const w = usePlanLifeWords();
  const { f } = useLocale();
  const [draft, setDraft] = useState<EventDraft>(() => emptyEvent('truck-out'));
  const [isAsked, setAsked] = useState(false);
  const set = (more: Partial<EventDraft>): void => setDraft({ ...draft, ...more });
  const { kind, areaBy, vehicleId, binId, reason, closureId } = draft;
  const add = (): void => {
    const event = eventOf(draft, known.bins, { timeZone: f.timeZone, now: Date.now() });
    setAsked(event === undefined);
    if (event === undefined) return;
    const named = [...known.trucks, ...known.others, ...known.stopped, ...known.closures, ...known.bins].find(
      ({ id }) => id === (vehicleId || closureId || binId),
    );
    const about = kind === 'area-closed' && areaBy === 'outline' ? reason.trim() : (named?.name ?? '');
    onAdd({ event, label: `${w.events[kind]}: ${about}` });
    setDraft(emptyEvent(kind));
  };
  const choose = (value: string): void => {
    setAsked(false);
    setDraft(emptyEvent(eventKinds.find((each) => each === value) ?? 'truck-out'));
  };
  return (
    <fieldset class="event-fields">
      <legend>{w.whatHappened}</legend>
      <label class="field is-wide">
        <span>{w.eventKind}</span>
        <select value={kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {eventKinds.map((each) => (
            <option key={each} value={each}>
              {w.events[each]}
            </option>
          ))}
        </select>
      </label>
      <EventPart draft={draft} set={set} {...known} />
      <button type="button" class="button" onClick={add}>
        {w.addEvent}
      </button>
      {isAsked && (
        <p class="field-error" role="alert">
          {w.eventIncomplete}
        </p>
      )}
    </fieldset>
  );
};
