import { isDeepStrictEqual } from 'node:util';
import { isQuantity } from '../telemetry/quantity.ts';
import type { ReadingStore } from '../telemetry/reading-store.ts';
import type { Exceedance, ExceedanceStore } from './exceedance.ts';
import type { AveragingPeriod } from './limit.ts';
import type { Window } from './periods.ts';

const PAGE = 500;

type Reconciliation = {
  readonly exceedances: ExceedanceStore;
  readonly readings: Pick<ReadingStore, 'series'>;
  /** The periods that were evaluated. */
  readonly window: Window;
  /** Sensors that were evaluated; records of others, long gone from the registry, are history. */
  readonly sensorIds: ReadonlySet<string>;
  readonly found: readonly Exceedance[];
  /** Averaging periods that were evaluated; records of others are not looked at. */
  readonly periods: ReadonlySet<AveragingPeriod>;
};

const listKnown = async ({
  exceedances,
  window,
  sensorIds,
  periods,
}: Reconciliation): Promise<readonly Exceedance[]> => {
  const known: Exceedance[] = [];
  let cursor: string | undefined;
  do {
    const page = await exceedances.list({
      from: window.from + 1,
      to: window.to + 1,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    known.push(
      ...page.exceedances.filter(
        ({ sensorId, averagingPeriod }) => sensorIds.has(sensorId) && periods.has(averagingPeriod),
      ),
    );
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return known;
};

/** When it was evaluated is no difference: a run that finds the same writes nothing. */
const saysTheSame = (a: Exceedance, b: Exceedance | undefined): boolean =>
  isDeepStrictEqual({ ...a, evaluatedAt: 0 }, { ...b, evaluatedAt: 0 });

/** Whether the period still has readings, of whatever quality. Where retention took them all, the record is what is left. */
const hasReadings = async ({ readings }: Reconciliation, record: Exceedance): Promise<boolean> => {
  const { sensorId, quantity, periodStartsAt, periodEndsAt } = record;
  if (!isQuantity(quantity)) return false;
  const page = await readings.series({ sensorId, quantity, from: periodStartsAt + 1, to: periodEndsAt + 1, limit: 1 });
  return page.readings.length > 0;
};

/** Makes the records of a window say what was found: writes what is new or changed, withdraws what the data no longer shows. */
export const reconcile = async (
  reconciliation: Reconciliation,
): Promise<{ readonly written: number; readonly withdrawn: number }> => {
  const { exceedances, found } = reconciliation;
  const known = await listKnown(reconciliation);
  const knownById = new Map(known.map((record) => [record.exceedanceId, record]));
  const foundIds = new Set(found.map(({ exceedanceId }) => exceedanceId));

  const changed = found.filter((record) => !saysTheSame(record, knownById.get(record.exceedanceId)));
  const disproved: Exceedance[] = [];
  for (const record of known) {
    if (!foundIds.has(record.exceedanceId) && (await hasReadings(reconciliation, record))) disproved.push(record);
  }
  if (changed.length > 0) await exceedances.put(changed);
  if (disproved.length > 0) await exceedances.withdraw(disproved);
  return { written: changed.length, withdrawn: disproved.length };
};
