import { useFleetWords } from '../../i18n/fleet-words.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { FieldInput, type Known } from './field-input.tsx';
import type { Field } from './fields.ts';

type DraftFieldsProps = {
  readonly fields: readonly Field[];
  readonly draft: Draft;
  /** Before the ids of its inputs. */
  readonly formId: string;
  /** Where the draft stands in the entity, `bans.0.`, and in the dictionary, `bans.`. */
  readonly path?: string;
  readonly dictionaryPath?: string;
  readonly errorAt: (path: string) => string | undefined;
  readonly known: Known;
  readonly isNew: boolean;
  readonly onChange: (draft: Draft) => void;
};

/** A list of parts: a set of fields for each, one more, one less. */
const ItemList = ({ field, ...props }: DraftFieldsProps & { readonly field: Field & { kind: 'items' } }) => {
  const w = useFleetWords();
  const { draft, path = '', onChange } = props;
  const parts = draft.items[field.name] ?? [];
  const setParts = (next: readonly Draft[]): void =>
    onChange({ ...draft, items: { ...draft.items, [field.name]: next } });
  const label = w.field[field.name] ?? field.name;
  return (
    <fieldset class="fleet-items">
      <legend>{label}</legend>
      {parts.map((part, index) => (
        <div key={index} class="fleet-item">
          <DraftFields
            {...props}
            fields={field.fields}
            draft={part}
            path={`${path}${field.name}.${index}.`}
            dictionaryPath={`${field.name}.`}
            onChange={(next) => setParts(parts.map((each, at) => (at === index ? next : each)))}
          />
          <button type="button" class="button is-small" onClick={() => setParts(parts.filter((_, at) => at !== index))}>
            {w.removeItem(label, String(index + 1))}
          </button>
        </div>
      ))}
      <button type="button" class="button is-small" onClick={() => setParts([...parts, emptyDraft(field.fields)])}>
        {w.addItem}
      </button>
    </fieldset>
  );
};

/** All fields of a draft. */
export const DraftFields = (props: DraftFieldsProps) => {
  const { fields, draft, formId, path = '', dictionaryPath = '', errorAt, known, isNew, onChange } = props;
  return (
    <>
      {fields.map((field) =>
        field.kind === 'items' ? (
          <ItemList key={field.name} {...props} field={field} />
        ) : (
          <FieldInput
            key={field.name}
            id={`${formId}-${path}${field.name}`}
            field={field}
            dictionaryName={`${dictionaryPath}${field.name}`}
            text={draft.texts[field.name] ?? ''}
            error={errorAt(`${path}${field.name}`)}
            isFixed={field.name === 'id' && path === '' && !isNew}
            known={known}
            onChange={(text) => onChange({ ...draft, texts: { ...draft.texts, [field.name]: text } })}
          />
        ),
      )}
    </>
  );
};
