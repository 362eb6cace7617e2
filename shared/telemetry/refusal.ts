import type { RefusalCode, RefusedMessage } from '../../events/refused-message.ts';

/** Why something that a device sent cannot become readings; the reason names the place at fault, for the person who mends it. */
export type Refusal = { readonly ok: false; readonly code: RefusalCode; readonly reason: string };

export type Result<T> = { readonly ok: true; readonly value: T } | Refusal;

export const accept = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (code: RefusalCode, reason: string): Refusal => ({ ok: false, code, reason });

const QUOTE_CHARACTERS = 60;

/** A stranger's text as it may stand in a reason: quoted, control characters escaped, cut short. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > QUOTE_CHARACTERS ? `${text.slice(0, QUOTE_CHARACTERS)}…` : text);

/** The ends of what Date can hold; a stranger's instant may lie outside. */
const DATE_RANGE_MS = 8.64e15;

/** UTC epoch milliseconds as ISO 8601, for reasons. */
export const showInstant = (at: number): string =>
  new Date(Math.min(Math.max(at, -DATE_RANGE_MS), DATE_RANGE_MS)).toISOString();

/** A refused message, by its index in the call, that the queue could not take now, and why. */
export type NotTaken = { readonly index: number; readonly error: unknown };

/** Where refused messages go so that a person can read them and send them again. A port. */
export type RefusedQueue = {
  /** Answers those that it could not take; the others are safe in the queue. */
  readonly send: (messages: readonly RefusedMessage[]) => Promise<readonly NotTaken[]>;
};
