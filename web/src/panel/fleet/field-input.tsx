import type { RegistryKind, WireEntity } from '../../api/registry.ts';
import { type FleetWords, useFleetWords } from '../../i18n/fleet-words.ts';
import { OutlineTools } from '../outline/outline-tools.tsx';
import type { Field } from './fields.ts';

export type Known = Readonly<Partial<Record<RegistryKind, readonly WireEntity[]>>>;

type Leaf = Exclude<Field, { readonly kind: 'items' }>;

type FieldInputProps = {
  readonly id: string;
  readonly field: Leaf;
  /** Its name in the dictionary: with the list's in front where it is part of one. */
  readonly dictionaryName: string;
  readonly text: string;
  readonly error: string | undefined;
  /** The id of what is there already never changes. */
  readonly isFixed?: boolean;
  readonly known: Known;
  readonly onChange: (text: string) => void;
};

type Option = { readonly value: string; readonly label: string };

/** All pairs, each in one order. */
const pairsOf = (options: readonly string[], w: FleetWords): readonly Option[] =>
  options.flatMap((one, index) =>
    options.slice(index + 1).map((other) => ({
      value: [one, other].toSorted().join('+'),
      label: `${w.option[one] ?? one} + ${w.option[other] ?? other}`,
    })),
  );

const optionsOf = (
  { options }: { readonly options: readonly string[] | RegistryKind },
  known: Known,
  w: FleetWords,
): readonly Option[] =>
  typeof options === 'string'
    ? (known[options] ?? []).map(({ id, name }) => ({ value: id, label: typeof name === 'string' ? name : id }))
    : options.map((value) => ({ value, label: w.option[value] ?? value }));

type Described = {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
};

const manyLines: readonly Leaf['kind'][] = ['breaks', 'queue', 'spans', 'area'];

type ControlProps = Omit<FieldInputProps, 'dictionaryName' | 'error'> & { readonly described: Described };

const Select = ({ field, text, known, described, onChange }: ControlProps) => {
  const w = useFleetWords();
  if (field.kind !== 'select') return null;
  const options = optionsOf(field, known, w);
  const isStrange = text !== '' && !options.some(({ value }) => value === text);
  return (
    <select
      {...described}
      value={text}
      required={field.required}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      <option value="">{w.unset}</option>
      {isStrange && <option value={text}>{text}</option>}
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
};

const Control = (props: ControlProps) => {
  const { field, text, isFixed, described, onChange } = props;
  if (field.kind === 'select') return <Select {...props} />;
  if (manyLines.includes(field.kind)) {
    return (
      <textarea
        {...described}
        rows={field.kind === 'area' ? 6 : 3}
        spellcheck={false}
        required={field.required}
        value={text}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
  const typed = {
    ...described,
    autocomplete: 'off',
    required: field.required,
    readOnly: isFixed,
    value: text,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => onChange(currentTarget.value),
  };
  if (field.kind === 'date') return <input {...typed} type="date" />;
  return (
    <input {...typed} type="text" inputMode={field.kind === 'number' || field.kind === 'amount' ? 'decimal' : 'text'} />
  );
};

/** Boxes to tick: one, or one for each choice. */
const Boxes = ({ field, text, known, described, label, onChange }: ControlProps & { readonly label: string }) => {
  const w = useFleetWords();
  if (field.kind === 'flag') {
    return (
      <label class="check">
        <input
          {...described}
          type="checkbox"
          checked={text === 'true'}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? 'true' : '')}
        />
        <span>{label}</span>
      </label>
    );
  }
  if (field.kind !== 'choices' && field.kind !== 'pairs') return null;
  const chosen = text.split(' ').filter((word) => word !== '');
  const toggle = (value: string, isOn: boolean): void =>
    onChange((isOn ? [...chosen, value] : chosen.filter((each) => each !== value)).join(' '));
  const options = field.kind === 'pairs' ? pairsOf(field.options, w) : optionsOf(field, known, w);
  return (
    <fieldset class="choices" {...described}>
      <legend>{label}</legend>
      {options.length === 0 && <p class="quiet">{w.nothing}</p>}
      {options.map(({ value, label: name }) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ currentTarget }) => toggle(value, currentTarget.checked)}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
};

/** One field with its label, its hint, and what is wrong with it. */
export const FieldInput = ({ dictionaryName, error, ...props }: FieldInputProps) => {
  const w = useFleetWords();
  const { id, field } = props;
  const label = w.field[dictionaryName] ?? dictionaryName;
  const hint = w.hint[dictionaryName];
  const describing = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const described = {
    id,
    'aria-invalid': error !== undefined,
    'aria-describedby': describing === '' ? undefined : describing,
  };
  const isBoxes = ['flag', 'choices', 'pairs'].includes(field.kind);
  return (
    <div class={`fleet-field is-${field.kind}`}>
      {!isBoxes && <label for={id}>{label}</label>}
      {isBoxes ? (
        <Boxes {...props} described={described} label={label} />
      ) : (
        <Control {...props} described={described} />
      )}
      {field.kind === 'area' && <OutlineTools text={props.text} onChange={props.onChange} />}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="quiet">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
