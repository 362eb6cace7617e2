import type { FaultCode } from '../../../shared/city/editing/fault-code.ts';
import type { FieldError, Problem } from '../api/problem.ts';
import { faultDictionaries } from './fault-words.ts';
import type { Language } from './language.ts';

type Refused = Extract<Problem, { readonly kind: 'refused' }>;

type Told = Pick<FieldError, 'message' | 'messageVi' | 'code' | 'values'>;

/** One fault in the reader's language; the server's English only where nothing else is known of it. */
export const faultText = (language: Language, { message, messageVi, code, values = {} }: Told): string => {
  const words = faultDictionaries[language];
  if (language === 'vi' && messageVi !== undefined) return messageVi;
  const known = Object.hasOwn(words.fault, code ?? '') ? words.fault[code as FaultCode] : undefined;
  return known?.(values) ?? words.unknown(message);
};

/** A field by its name in the forms: its own, or that of what it is part of. */
const fieldText = (language: Language, field: string): string => {
  const { field: names } = faultDictionaries[language];
  const parts = field.split('.').filter((part) => !/^\d+$/.test(part));
  const wholes = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
  const known = [...wholes, parts.at(-1) ?? ''].find((name) => Object.hasOwn(names, name));
  return names[known ?? ''] ?? field;
};

/** Faults one after the other, each with its field. */
export const listed = (language: Language, errors: readonly FieldError[]): string =>
  errors
    .map((error) => [error.field && fieldText(language, error.field), faultText(language, error)])
    .map((parts) => parts.filter((part) => part !== '').join(': '))
    .join('; ');

/** What a refusal is, in a few words; nothing where only the server has words for it. */
export const refusalTitle = (language: Language, { status }: Refused): string | undefined =>
  faultDictionaries[language].status[status];

const saysItself: readonly number[] = [401, 403, 404, 412, 429, 500, 502, 503, 504];

/** The rest of what is known of a refusal; nothing where its title says it all. */
export const refusalDetail = (language: Language, refused: Refused): string | undefined => {
  const { detail, detailVi, code = '', errors = [], status } = refused;
  const words = faultDictionaries[language];
  if (language === 'vi' && detailVi !== undefined) return detailVi;
  const known = words.detail[code];
  if (known !== undefined) return known;
  const isCoded = errors.length > 0 && errors.every((error) => error.code !== undefined);
  if (code === 'in-use' && isCoded) return words.inUse(errors.map((error) => faultText(language, error)).join(', '));
  if (isCoded) return listed(language, errors);
  if (language === 'en') return detail;
  if (saysItself.includes(status)) return undefined;
  return detail === undefined ? undefined : words.unknown(detail);
};
