import { useState } from 'preact/hooks';
import { instantOf } from '../../../../../shared/city/calendar.ts';
import { laboratoryQuantities } from '../../../../../shared/environment/laboratory/quantities.ts';
import type { Quantity } from '../../../../../shared/telemetry/quantity.ts';
import { enterSample, type WireEntry } from '../../../api/laboratory.ts';
import { type FieldError, type Problem, problemOf } from '../../../api/problem.ts';
import { useLaboratoryWords } from '../../../i18n/laboratory-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { quantityLabel } from '../quantity-label.ts';
import { IndexLine } from './index-line.tsx';
import { ResultRow, type Row } from './result-row.tsx';

/** What most reports hold; together they are enough for VN_WQI. */
const usual: readonly Quantity[] = [
  'waterTemperature',
  'ph',
  'dissolvedOxygen',
  'bod5',
  'cod',
  'ammonium',
  'nitrate',
  'phosphate',
  'totalColiform',
];

/** `<0,01` as it is typed in Vietnam. */
const asNumber = (typed: string): string => typed.trim().replace(',', '.');

/** The error of the result that was sent as the so-manieth. */
const errorOf = (errors: readonly FieldError[], sent: readonly Row[], row: Row): string | undefined => {
  const place = sent.findIndex(({ quantity }) => quantity === row.quantity);
  return place < 0 ? undefined : errors.find(({ field }) => field.startsWith(`results.${place}.`))?.message;
};

type State = {
  readonly isSending: boolean;
  readonly problem?: Problem;
  readonly entry?: WireEntry;
  readonly isEmpty?: boolean;
};

/** What became of the last try. */
const Outcome = ({ state: { problem, isEmpty, entry } }: { readonly state: State }) => {
  const w = useLaboratoryWords();
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {isEmpty && (
        <p class="notice" role="alert">
          {w.nothingTyped}
        </p>
      )}
      {entry && (
        <div class="notice is-good" role="status">
          <p>{w.done(entry.status)}</p>
          <IndexLine result={entry.vnWqi} />
        </div>
      )}
    </>
  );
};

type QuantityChoiceProps = { readonly rows: readonly Row[]; readonly onChoose: (name: string) => void };

/** What has no row yet. */
const QuantityChoice = ({ rows, onChoose }: QuantityChoiceProps) => {
  const w = useLaboratoryWords();
  const { language } = useLocale();
  const others = laboratoryQuantities.filter((name) => !rows.some(({ quantity }) => quantity === name));
  return (
    <label class="field">
      <span>{w.addQuantity}</span>
      <select value="" onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{w.chooseQuantity}</option>
        {others.map((name) => (
          <option key={name} value={name}>
            {quantityLabel(name, language)}
          </option>
        ))}
      </select>
    </label>
  );
};

type SampleFormProps = { readonly stationId: string; readonly onDone: () => void };

/** Sends what was typed once at a time. */
const useSampleForm = ({ stationId, onDone }: SampleFormProps) => {
  const { timeZone } = useLocale().f;
  const [rows, setRows] = useState<readonly Row[]>(usual.map((quantity) => ({ quantity, value: '' })));
  const [head, setHead] = useState({ at: '', laboratory: '', reason: '' });
  const [state, setState] = useState<State>({ isSending: false });
  const typed = rows.filter(({ value }) => value.trim() !== '');
  const send = async (): Promise<void> => {
    const [date = '', time = ''] = head.at.split('T');
    const entry = await enterSample({
      stationId,
      sampledAt: new Date(instantOf(date, time.slice(0, 5), timeZone)).toISOString(),
      laboratory: head.laboratory,
      results: typed.map(({ quantity, value }) => ({ quantity, value: asNumber(value) })),
      ...(head.reason.trim() !== '' && { correctionReason: head.reason }),
    });
    setState({ isSending: false, entry });
    setHead((before) => ({ ...before, reason: '' }));
    onDone();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (state.isSending) return;
    setState({ isSending: typed.length > 0, isEmpty: typed.length === 0 });
    if (typed.length > 0) send().catch((error: unknown) => setState({ isSending: false, problem: problemOf(error) }));
  };
  const setValue = (quantity: Quantity, value: string): void =>
    setRows((before) => before.map((row) => (row.quantity === quantity ? { quantity, value } : row)));
  const add = (name: string): void => {
    const quantity = laboratoryQuantities.find((known) => known === name);
    if (quantity !== undefined) setRows((before) => [...before, { quantity, value: '' }]);
  };
  return { rows, typed, head, setHead, state, submit, setValue, add };
};

/** Results of one sample. What is wrong is told beside its field; what was typed stays. */
export const SampleForm = (props: SampleFormProps) => {
  const w = useLaboratoryWords();
  const { rows, typed, head, setHead, state, submit, setValue, add } = useSampleForm(props);
  const { problem, isSending } = state;
  const errors = problem?.kind === 'refused' ? (problem.errors ?? []) : [];
  const wantsReason = head.reason !== '' || (problem?.kind === 'refused' && problem.status === 409);
  return (
    <form class="laboratory-form" onSubmit={submit}>
      <p class="quiet">{w.formHint}</p>
      <label class="field">
        <span>{w.sampledAt}</span>
        <input
          required
          type="datetime-local"
          value={head.at}
          onInput={({ currentTarget }) => setHead({ ...head, at: currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{w.laboratory}</span>
        <input
          required
          maxLength={200}
          value={head.laboratory}
          onInput={({ currentTarget }) => setHead({ ...head, laboratory: currentTarget.value })}
        />
      </label>
      <fieldset>
        <legend>{w.results}</legend>
        {rows.map((row) => (
          <ResultRow
            key={row.quantity}
            id={`result-${props.stationId}-${row.quantity}`}
            row={row}
            error={errorOf(errors, typed, row)}
            onChange={(value) => setValue(row.quantity, value)}
          />
        ))}
        <QuantityChoice rows={rows} onChoose={add} />
      </fieldset>
      {wantsReason && (
        <label class="field">
          <span>{w.correctionReason}</span>
          <input
            maxLength={2_000}
            value={head.reason}
            onInput={({ currentTarget }) => setHead({ ...head, reason: currentTarget.value })}
          />
        </label>
      )}
      <Outcome state={state} />
      <button type="submit" class="button is-primary" aria-disabled={isSending}>
        {isSending ? w.sending : w.send}
      </button>
    </form>
  );
};
