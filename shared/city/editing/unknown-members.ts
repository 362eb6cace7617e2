type Path = readonly (string | number)[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Members of what was given that a schema dropped when it made `parsed` of it: misspelt, or of another version. To drop them
 * in silence would lose what somebody meant to say.
 */
export const unknownMembers = (given: unknown, parsed: unknown, path: Path = []): readonly Path[] => {
  if (!isObject(given) || !isObject(parsed)) return [];
  if (Array.isArray(given) !== Array.isArray(parsed)) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const here = [...path, Array.isArray(given) ? Number(name) : name];
    if (value === undefined) return [];
    return name in parsed ? unknownMembers(value, parsed[name], here) : [here];
  });
};
