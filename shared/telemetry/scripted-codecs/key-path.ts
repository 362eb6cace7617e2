/** One step into a decoded object: a key, an element, or every element of a list. */
export type Step = { readonly key: string } | { readonly index: number } | { readonly each: true };

const stepPattern = /^(?:\.?([^.[\]"*]+)|\[(\d{1,4})\]|\[(\*)\]|\["([^"]+)"\])/;

/**
 * Reads a place in a decoded object: `distance`, `air.pm25`, `probes[0].value`, `history[*].level`, `["Temp.(C)"]` for a key with
 * a dot or a bracket in it. `undefined` when it is none.
 */
export const parseKeyPath = (path: string): readonly Step[] | undefined => {
  const steps: Step[] = [];
  for (let rest = path; rest !== ''; ) {
    const match = stepPattern.exec(rest);
    if (match === null || (steps.length === 0 && rest.startsWith('.'))) return undefined;
    const [text, name, index, each, quoted] = match;
    // `a[0]b` is none: a name stands first or behind a dot.
    if (name !== undefined && steps.length > 0 && !text.startsWith('.')) return undefined;
    const key = name ?? quoted;
    if (each !== undefined) steps.push({ each: true });
    else steps.push(key === undefined ? { index: Number(index) } : { key });
    rest = rest.slice(text.length);
  }
  return steps.length === 0 ? undefined : steps;
};

const plainKey = /^[^.[\]"*]+$/;

/** The path as a person writes it in a mapping; the elements that were met on the way are numbers. */
export const showPlace = (place: readonly (string | number)[]): string =>
  place.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!plainKey.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
