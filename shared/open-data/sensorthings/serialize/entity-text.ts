import type { Entity, Overlay } from '../city/entity.ts';
import type { SelectItem } from '../query/ast.ts';
import { entityJson, isSelected, type Json } from './entity-json.ts';

/** JSON that is written already. A whole city is ten megabytes, most of which was the same a second ago. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** For whoever takes it for a value. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/**
 * Texts one behind the other, by adding: V8 then keeps the parts and copies them once, when all are there. `join` would copy ten megabytes
 * at each level of an answer.
 */
const listed = (texts: Iterable<string>): string => {
  let text = '';
  for (const each of texts) text += text === '' ? each : `,${each}`;
  return text;
};

const valueText = (value: unknown): string => {
  if (value instanceof JsonText) return value.text;
  if (Array.isArray(value) && value[0] instanceof JsonText) return `[${listed(value.map(valueText))}]`;
  return JSON.stringify(value);
};

/** An object whose members may be written already; members without a value are left out. */
export const objectText = (json: Json): string => `{${membersText(json)}}`;

const membersText = (json: Json): string =>
  listed(
    Object.keys(json).flatMap((name) => {
      const value = json[name];
      return value === undefined ? [] : `${JSON.stringify(name)}:${valueText(value)}`;
    }),
  );

/** Forms in which one entity is kept: two kinds of questions are usual, and a stranger's hundred must not fill the memory. */
const FORMS_KEPT = 2;
const kept = new WeakMap<Entity, Map<string, string>>();

const keptText = (entity: Entity, form: string, write: () => string): string => {
  const forms = kept.get(entity) ?? new Map<string, string>();
  const known = forms.get(form);
  if (known !== undefined) return known;
  if (forms.size >= FORMS_KEPT) forms.clear();
  const text = write();
  forms.set(form, text);
  kept.set(entity, forms);
  return text;
};

const NOTHING: Json = {};

/**
 * Writes entities as `entityJson` makes them, what is worked out for a request and what is expanded behind the rest. The rest is
 * written once for as long as the entity is in memory; observations, which are made for every request, each time.
 * @param relations the names of those that are expanded
 */
export const entityTexts = (
  root: string,
  select: readonly SelectItem[],
  { overlay, relations }: { readonly overlay: Overlay; readonly relations: readonly string[] },
): ((entity: Entity, expanded: ReadonlyMap<string, Json>) => JsonText) => {
  const unexpanded = new Map(relations.map((name) => [name, NOTHING]));
  const form = JSON.stringify([root, select, relations]);
  const hasPaths = select.some((item) => item.kind === 'property' && item.subPath.length > 0);
  return (entity, expanded) => {
    if (entity.type === 'Observation' && relations.length === 0) {
      return new JsonText(JSON.stringify(entityJson(root, entity, select, { overlay, expanded })));
    }
    const extra = Object.entries(overlay.get(entity) ?? {});
    const isPlain = entity.type !== 'Observation' && !hasPaths && extra.every(([name]) => !(name in entity.values));
    if (!isPlain) return new JsonText(objectText(entityJson(root, entity, select, { overlay, expanded })));
    const fixed = keptText(entity, form, () => {
      const json = entityJson(root, entity, select, { overlay: new Map(), expanded: unexpanded });
      return JSON.stringify(json).slice(0, -1);
    });
    const more = [
      Object.fromEntries(extra.filter(([name]) => isSelected(select, name))),
      ...relations.map((name) => expanded.get(name) ?? NOTHING),
    ].map(membersText);
    const members = listed(more.filter((part) => part !== ''));
    return new JsonText(`${fixed}${fixed === '{' || members === '' ? '' : ','}${members}}`);
  };
};
