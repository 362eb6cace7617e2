import type { Parameter, Schema } from './document.ts';
import type { Random } from './random.ts';

/** Values for parameters: what the schema allows, what stands on its edges, and what somebody hostile would send. */

const HOSTILE = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  'NaN',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  "'",
  '"',
  "' or 1 eq 1",
  "'; DROP TABLE readings; --",
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '%00',
  '\u0000',
  '%',
  '%zz',
  '\ud83d\ude97',
  'Phố Sạch',
  'ẤỐỂ'.repeat(40),
  '\u202egnp.exe',
  '9'.repeat(30),
  '-9007199254740993',
  '2026-02-30T00:00:00Z',
  '9999999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-11-22T10:00:00+07:00',
  '..',
  '/',
  '//',
  '\\',
  '__proto__',
  'constructor',
  'toString',
  'a'.repeat(1_000),
  '('.repeat(300),
  '*',
  ';',
  ',',
  'a,b,c',
  '\r\nx-injected: 1',
] as const;

const instants = (random: Random): string => {
  const at = Date.UTC(2026, 10, 1) + random.below(30 * 86_400_000);
  return new Date(at).toISOString();
};

const texts = (schema: Schema, random: Random): string => {
  if (schema.format === 'date-time') return instants(random);
  const { minLength = 1, maxLength = 12 } = schema as { minLength?: number; maxLength?: number };
  const length = Math.min(maxLength, Math.max(minLength, 1 + random.below(12)));
  return Array.from({ length }, () => random.pick([...'abcxyz019-._'])).join('');
};

const integers = (schema: Schema, random: Random): number => {
  const { minimum = -1_000, maximum = 1_000 } = schema as { minimum?: number; maximum?: number };
  return minimum + random.below(Math.min(maximum, minimum + 10_000) - minimum + 1);
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Something that the schema allows, as far as it says what that is. */
const allowedValue = (schema: Schema, random: Random): string => {
  if (isList(schema.enum) && schema.enum.length > 0) return String(random.pick(schema.enum));
  if (schema.const !== undefined) return String(schema.const);
  const choice = schema.anyOf ?? schema.oneOf;
  if (isList(choice) && choice.length > 0) return allowedValue(random.pick(choice) as Schema, random);
  switch (isList(schema.type) ? schema.type[0] : schema.type) {
    case 'integer':
    case 'number':
      return String(integers(schema, random));
    case 'boolean':
      return String(random.chance(0.5));
    default:
      return texts(schema, random);
  }
};

const edges = (schema: Schema): readonly string[] => {
  const { minimum, maximum, minLength, maxLength } = schema as Record<string, number | undefined>;
  return [
    ...(minimum === undefined ? [] : [minimum - 1, minimum].map(String)),
    ...(maximum === undefined ? [] : [maximum, maximum + 1].map(String)),
    ...(minLength === undefined ? [] : ['a'.repeat(minLength)]),
    ...(maxLength === undefined ? [] : ['a'.repeat(maxLength), 'a'.repeat(maxLength + 1)]),
  ];
};

export type Known = {
  /** Values seen in answers under names that a parameter of this name takes. */
  readonly seen: (name: string) => readonly string[];
  /** What a document cannot say: expressions of a grammar, for example. */
  readonly hints: Readonly<Record<string, readonly string[]>>;
};

/** A value for a parameter: mostly one that may be answered, sometimes one on the edge or beyond it. */
export const parameterValue = ({ name, schema, examples }: Parameter, random: Random, known: Known): string => {
  const roll = random.next();
  if (roll > 0.86) return random.pick(HOSTILE);
  const bounds = edges(schema);
  if (roll > 0.78 && bounds.length > 0) return random.pick(bounds);
  const likely = [...known.seen(name), ...(known.hints[name] ?? []), ...examples.map(String)];
  if (likely.length > 0 && random.chance(0.8)) return random.pick(likely);
  return allowedValue(schema, random);
};

export const hostileText = (random: Random): string => random.pick(HOSTILE);
