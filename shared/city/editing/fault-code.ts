import type * as z from 'zod';

/**
 * What is wrong with something that a person gave, by code: so that whoever shows it can say so in the reader's language. The English
 * `message` beside it is for logs and for those who know no codes.
 */
export const faultCodes = [
  'missing',
  'wrong-type',
  'too-small',
  'too-big',
  'wrong-format',
  'not-one-of',
  'not-a-multiple',
  'fits-none',
  'not-known',
  'must-close',
  'crosses-itself',
  'must-limit',
  'ends-before-start',
  'must-end-later',
  'too-long',
  'needs-weekdays',
  'names-no-bins',
  'against-a-rule',
  'other-id',
  'no-such',
  'named-by',
  'changed-meanwhile',
  'not-utf-8',
  'no-csv',
  'nothing-in-file',
  'not-a-column',
  'column-twice',
  'column-missing',
  'too-many-cells',
  'row-twice',
  'not-json',
  'not-a-number',
  'not-yes-or-no',
  'not-a-window',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** What the code is about: a limit, a choice, the kind and id of something that is not there. */
export type FaultValues = Readonly<Record<string, string | number>>;

export type Coded = { readonly code: FaultCode; readonly values?: FaultValues };

const isCode = (value: unknown): value is FaultCode => faultCodes.some((code) => code === value);

const isAbsent = ({ message }: z.core.$ZodIssue): boolean => message.endsWith('received undefined');

/** Schemas that explain a pattern do so in their own words, which name the format. */
const formatOf = ({ format, message }: z.core.$ZodIssueInvalidStringFormat): string =>
  format === 'regex' && !message.startsWith('Invalid') ? message : format;

/** The code of a schema's issue; a refinement names its own as `params: { code }`. */
export const codedIssue = (issue: z.core.$ZodIssue): Coded => {
  switch (issue.code) {
    case 'invalid_type':
      return isAbsent(issue) ? { code: 'missing' } : { code: 'wrong-type', values: { expected: issue.expected } };
    case 'too_small': {
      const { origin, minimum, inclusive = true } = issue;
      return { code: 'too-small', values: { of: origin, limit: Number(minimum), inclusive: String(inclusive) } };
    }
    case 'too_big': {
      const { origin, maximum, inclusive = true } = issue;
      return { code: 'too-big', values: { of: origin, limit: Number(maximum), inclusive: String(inclusive) } };
    }
    case 'invalid_format':
      return { code: 'wrong-format', values: { format: formatOf(issue) } };
    case 'invalid_value':
      return { code: 'not-one-of', values: { options: issue.values.map(String).join(' ') } };
    case 'not_multiple_of':
      return { code: 'not-a-multiple', values: { of: issue.divisor } };
    case 'unrecognized_keys':
      return { code: 'not-known' };
    case 'custom': {
      const { code, values }: { code?: unknown; values?: FaultValues } = issue.params ?? {};
      return { code: isCode(code) ? code : 'against-a-rule', ...(values && { values }) };
    }
    default:
      return { code: 'fits-none' };
  }
};
