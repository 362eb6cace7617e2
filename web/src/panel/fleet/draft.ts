import { valueAt, withValue } from '../../../../shared/city/csv/members.ts';
import type { FieldError } from '../../api/problem.ts';
import { readField, TypedError, writeField } from './field-text.ts';
import type { Field } from './fields.ts';

type Members = Readonly<Record<string, unknown>>;

/** What stands in a form's fields, by their names; of lists of parts, a draft for each. */
export type Draft = {
  /** As registered: members that no field shows stay. */
  readonly base: Members;
  readonly texts: Readonly<Record<string, string>>;
  readonly items: Readonly<Record<string, readonly Draft[]>>;
};

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

export const draftOf = (fields: readonly Field[], entity: Members): Draft => {
  const texts: Record<string, string> = {};
  const items: Record<string, readonly Draft[]> = {};
  for (const field of fields) {
    const value = valueAt(entity, field.name.split('.'));
    if (field.kind === 'items') {
      const { fields: own } = field;
      items[field.name] = (Array.isArray(value) ? value : []).filter(isObject).map((part) => draftOf(own, part));
    } else texts[field.name] = writeField(field.kind, value);
  }
  return { base: entity, texts, items };
};

export const emptyDraft = (fields: readonly Field[]): Draft => draftOf(fields, {});

/** Something typed that is no value: the path of its field, and a key of the dictionary. */
export type TypedFault = { readonly field: string; readonly words: TypedError['words'] };

export type ReadDraft = { readonly entity: Members; readonly faults: readonly TypedFault[] };

/** The draft laid over what is registered. */
export const readDraft = (fields: readonly Field[], draft: Draft, path = ''): ReadDraft => {
  const faults: TypedFault[] = [];
  let entity = draft.base;
  for (const field of fields) {
    const members = field.name.split('.');
    if (field.kind === 'items') {
      const parts = (draft.items[field.name] ?? []).map((part, index) =>
        readDraft(field.fields, part, `${path}${field.name}.${index}.`),
      );
      faults.push(...parts.flatMap((part) => part.faults));
      entity = withValue(
        entity,
        members,
        parts.map((part) => part.entity),
      );
      continue;
    }
    try {
      entity = withValue(entity, members, readField(field.kind, draft.texts[field.name] ?? ''));
    } catch (error) {
      if (!(error instanceof TypedError)) throw error;
      faults.push({ field: `${path}${field.name}`, words: error.words });
    }
  }
  return { entity, faults };
};

/** The field that a fault of the server's belongs to, among those whose names begin with `path`; none knows all of them. */
export const errorOf = (errors: readonly FieldError[], path: string): FieldError | undefined =>
  errors.find(({ field }) => field === path || field.startsWith(`${path}.`) || path.startsWith(`${field}.`));
