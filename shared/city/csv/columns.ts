import type * as z from 'zod';
import { anyCell, booleanCell, type Cell, listCell, numberCell, textCell, windowCell } from './cells.ts';

/** A column of an entity's table: where its value stands in the entity. */
export type Column = { readonly name: string; readonly path: readonly string[]; readonly cell: Cell };

type Shape = Readonly<Record<string, z.core.$ZodType>>;

/** Without what makes it optional or gives it a default. */
const bare = (schema: z.core.$ZodType): z.core.$ZodType => {
  const { def } = schema._zod;
  const isWrapped = def.type === 'optional' || def.type === 'default' || def.type === 'nullable';
  return isWrapped ? bare((def as unknown as { readonly innerType: z.core.$ZodType }).innerType) : schema;
};

const shapeOf = (schema: z.core.$ZodType): Shape | undefined => {
  const { def } = bare(schema)._zod;
  return def.type === 'object' ? (def as unknown as { readonly shape: Shape }).shape : undefined;
};

const isWindow = (shape: Shape): boolean => Object.keys(shape).sort().join() === 'from,to' && isText(shape.to);

/** A span of dates has an optional end and is no window of the day. */
const isText = (schema: z.core.$ZodType | undefined): boolean => schema?._zod.def.type === 'string';

const scalars: Readonly<Record<string, Cell>> = {
  string: textCell,
  enum: textCell,
  number: numberCell,
  boolean: booleanCell,
};

const cellOf = (schema: z.core.$ZodType): Cell => {
  const { def } = bare(schema)._zod;
  if (def.type !== 'array') return scalars[def.type] ?? anyCell;
  const element = bare((def as unknown as { readonly element: z.core.$ZodType }).element);
  const scalar = scalars[element._zod.def.type];
  if (scalar !== undefined) return listCell(scalar);
  const shape = shapeOf(element);
  return shape !== undefined && isWindow(shape) ? listCell(windowCell) : anyCell;
};

const columnsAt = (shape: Shape, path: readonly string[]): readonly Column[] =>
  Object.entries(shape).flatMap(([name, schema]) => {
    const here = [...path, name];
    const inner = shapeOf(schema);
    if (inner !== undefined && isWindow(inner)) return [{ name: here.join('.'), path: here, cell: windowCell }];
    return inner === undefined ? [{ name: here.join('.'), path: here, cell: cellOf(schema) }] : columnsAt(inner, here);
  });

/**
 * The columns of an entity's table, from the schema that validates it: members of members stand as `position.latitude`, so a field that
 * is added to the schema is a column the same day.
 */
export const columnsOf = (schema: z.core.$ZodType): readonly Column[] => columnsAt(shapeOf(schema) ?? {}, []);
