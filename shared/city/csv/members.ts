const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What stands in a member of a member; `undefined` where one of them is not there. */
export const valueAt = (entity: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), entity);

/** The object with a value put in, or taken out where it is `undefined`; what is left without members goes too. */
export const withValue = (
  entity: Readonly<Record<string, unknown>>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> => {
  const { [name]: before, ...others } = entity;
  if (rest.length === 0) return value === undefined ? others : { ...entity, [name]: value };
  const inner = withValue(isObject(before) ? before : {}, rest, value);
  return Object.keys(inner).length === 0 ? others : { ...entity, [name]: inner };
};
