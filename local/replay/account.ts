import { parseJson } from '../../events/parse-json.ts';
import type { ReadingStore } from '../../shared/telemetry/reading-store.ts';
import { type DeadLetter, type HeldMessage, rawPayload, readDeadLetter } from '../redrive/dead-letter.ts';
import { indexOf, type Series } from './ledger.ts';

/** A reading that was published and is not in the store: which, until a refused message explains it. */
type Missing = Series & { readonly explained: Uint8Array };

/** Where all published readings are. `stored + refused + unaccounted` is what was published, each reading counted once. */
export type Account = {
  /** Published readings, those that the file holds twice counted once. */
  readonly distinct: number;
  readonly stored: number;
  /** By refusal code, with the first reason met. */
  readonly refused: ReadonlyMap<string, { readonly readings: number; readonly example: string }>;
  /** In neither place: lost, or still on the way. */
  readonly unaccounted: number;
};

const PAGE = 10_000;

/** Looks for every reading of a series in the store; answers the instants that are not there. */
const missingFrom = async (store: ReadingStore, { sensorId, quantity, instants }: Series): Promise<Float64Array> => {
  const from = instants[0];
  const last = instants.at(-1);
  if (from === undefined || last === undefined) return instants;
  const found = new Uint8Array(instants.length);
  let cursor: string | undefined;
  do {
    const page = await store.series({
      sensorId,
      quantity,
      from,
      to: last + 1,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    for (const { measuredAt } of page.readings) {
      const index = indexOf(instants, measuredAt);
      if (index >= 0) found[index] = 1;
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return instants.filter((_instant, index) => found[index] === 0);
};

type Entry = { readonly measuredAt: number; readonly values: object };

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' &&
  value !== null &&
  'measuredAt' in value &&
  typeof value.measuredAt === 'number' &&
  'values' in value &&
  typeof value.values === 'object' &&
  value.values !== null;

const entriesOf = (letter: DeadLetter): readonly Entry[] => {
  const payload = parseJson(rawPayload(letter).toString());
  return (Array.isArray(payload) ? payload : [payload]).filter(isEntry);
};

/** Explains missing readings by a refused message, and answers how many of them it explains for the first time. */
const explain = (missing: ReadonlyMap<string, Missing>, letter: DeadLetter): number => {
  let explained = 0;
  for (const { measuredAt, values } of entriesOf(letter)) {
    for (const quantity of Object.keys(values)) {
      const series = missing.get(`${letter.uplink?.sensorId}|${quantity}`);
      const index = series === undefined ? -1 : indexOf(series.instants, measuredAt);
      if (series === undefined || index < 0 || series.explained[index] === 1) continue;
      series.explained[index] = 1;
      explained += 1;
    }
  }
  return explained;
};

/**
 * Finds every published reading in the store or in a refused message.
 * @param deadLetters the messages in the dead-letter queue; read only when something is missing
 */
export const settleAccount = async (
  series: readonly Series[],
  store: ReadingStore,
  deadLetters: () => AsyncIterable<HeldMessage>,
): Promise<Account> => {
  const missing = new Map<string, Missing>();
  let distinct = 0;
  let absent = 0;
  for (const each of series) {
    const instants = await missingFrom(store, each);
    distinct += each.instants.length;
    absent += instants.length;
    if (instants.length === 0) continue;
    missing.set(`${each.sensorId}|${each.quantity}`, { ...each, instants, explained: new Uint8Array(instants.length) });
  }
  const refused = new Map<string, { readings: number; readonly example: string }>();
  let unaccounted = absent;
  if (absent > 0) {
    for await (const held of deadLetters()) {
      const letter = readDeadLetter(held);
      const readings = explain(missing, letter);
      if (readings === 0) continue;
      const known = refused.get(letter.code) ?? { readings: 0, example: letter.reason };
      refused.set(letter.code, { ...known, readings: known.readings + readings });
      unaccounted -= readings;
    }
  }
  return { distinct, stored: distinct - absent, refused, unaccounted };
};
