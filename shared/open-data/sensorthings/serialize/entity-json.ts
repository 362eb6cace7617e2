import { type Entity, type Overlay, readProperty } from '../city/entity.ts';
import { entityTypes } from '../model/entity-model.ts';
import type { SelectItem } from '../query/ast.ts';
import { inside } from '../query/values.ts';

export type Json = Record<string, unknown>;

const quotedId = (id: number | string): string =>
  typeof id === 'number' || /^\d+$/.test(id) ? String(id) : `'${encodeURIComponent(id.replaceAll("'", "''"))}'`;

/** `https://…/sta/v1.1/Things(1)`. */
export const selfLink = (root: string, { type, id }: Entity): string =>
  `${root}/${entityTypes[type].setName}(${quotedId(id)})`;

const nested = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

/** Joins what several paths select of one JSON property. */
const joined = (a: unknown, b: unknown): unknown => {
  const areObjects = typeof a === 'object' && a !== null && typeof b === 'object' && b !== null;
  if (!areObjects) return b;
  const all = new Map<string, unknown>(Object.entries(a));
  for (const [key, value] of Object.entries(b)) all.set(key, all.has(key) ? joined(all.get(key), value) : value);
  return Object.fromEntries(all);
};

const selectedValue = (whole: unknown, name: string, select: readonly SelectItem[]): unknown => {
  if (select.length === 0) return whole;
  const paths = select.flatMap((item) => (item.kind === 'property' && item.property === name ? [item.subPath] : []));
  if (paths.length === 0) return undefined;
  if (paths.some((path) => path.length === 0)) return whole;
  const parts = paths.flatMap((path) => {
    const value = inside(whole, path);
    return value === undefined ? [] : [nested(path, value)];
  });
  return parts.length === 0 ? undefined : parts.reduce(joined);
};

/** Whether `$select` wants a property or relation; without one, everything is wanted. */
export const isSelected = (select: readonly SelectItem[], name: string): boolean =>
  select.length === 0 ||
  select.some((item) => (item.kind === 'property' ? item.property === name : item.relation === name));

/**
 * An entity as SensorThings writes it (18-088, 8.1): control information, properties, and for each relation that is not expanded
 * its navigation link. What has no value is left out; a result that is null stays.
 */
export const entityJson = (
  root: string,
  entity: Entity,
  select: readonly SelectItem[],
  { overlay, expanded }: { readonly overlay: Overlay; readonly expanded: ReadonlyMap<string, Json> },
): Json => {
  const { properties, relations } = entityTypes[entity.type];
  const link = selfLink(root, entity);
  const json: Json = isSelected(select, 'id') ? { '@iot.selfLink': link, '@iot.id': entity.id } : {};
  for (const { name } of properties) {
    if (name === 'id') continue;
    const value = selectedValue(readProperty(entity, name, overlay), name, select);
    if (value !== undefined) json[name] = value;
  }
  for (const { name } of relations) {
    const fragment = expanded.get(name);
    if (fragment !== undefined) Object.assign(json, fragment);
    else if (isSelected(select, name)) json[`${name}@iot.navigationLink`] = `${link}/${name}`;
  }
  return json;
};
