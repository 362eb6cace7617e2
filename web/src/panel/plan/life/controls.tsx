import { useId } from 'preact/hooks';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';

export type Named = { readonly id: string; readonly name: string };

type ChoiceProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Named[];
  /** What stands for no choice. */
  readonly none?: string;
  readonly onChoose: (id: string) => void;
};

/** One of several by name. */
export const Choice = ({ label, value, options, none, onChoose }: ChoiceProps) => {
  const w = usePlanLifeWords();
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{none ?? w.choose}</option>
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

export const Text = ({ label, type, value, onType }: TextProps) => {
  const id = useId();
  const typed = {
    id,
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => onType(currentTarget.value),
  };
  return (
    <label class="field" for={id}>
      <span>{label}</span>
      {type === 'number' && <input type="number" min={1} {...typed} />}
      {type === 'time' && <input type="time" {...typed} />}
      {type === 'text' && <input type="text" maxLength={500} {...typed} />}
    </label>
  );
};
