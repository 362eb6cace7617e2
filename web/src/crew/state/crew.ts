import { photoKeyOf } from '../../../../shared/routing/crew/photo.ts';
import { type City, CityError } from './city.ts';
import type { CrewDatabase } from './database.ts';
import type { OutboxEntry, Said } from './entry.ts';
import { type PlanSeen, syncPlan, withChanges } from './plan-sync.ts';
import { type Sender, type Sending, startSender } from './sender.ts';
import { stopStatuses } from './stop-status.ts';

/** Everything that the page shows. */
export type CrewState = {
  readonly isOpen: boolean;
  readonly vehicleId?: string | undefined;
  readonly plan?: PlanSeen | undefined;
  readonly entries: readonly OutboxEntry[];
  readonly sending: Sending;
  /** Why the plan could not be asked for the last time; absent when it could. */
  readonly trouble?: { readonly httpStatus?: number | undefined } | undefined;
  readonly clockAheadMs: number;
};

/** What the page can do. */
export type Crew = {
  readonly state: () => CrewState;
  readonly refresh: (goOn?: boolean) => Promise<void>;
  readonly choose: (vehicleId: string | undefined) => Promise<void>;
  /** @throws Error when the phone could not keep it. */
  readonly say: (said: Said & { readonly stopName: string }, photo: Blob | undefined) => Promise<void>;
  readonly seeRefused: (entry: OutboxEntry) => Promise<void>;
  readonly seeChanges: () => Promise<void>;
  readonly sendNow: () => void;
};

const TRUCK = 'truck';
const PLAN = 'plan';
const KEPT_MS = 3 * 86_400_000;

type Parts = {
  readonly database: CrewDatabase;
  readonly city: City;
  readonly onState: (state: CrewState) => void;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  readonly later: (call: () => void, ms: number) => () => void;
};

/** The crew's page without its looks: what is kept, asked and sent. What was shown before is there at once; the city is asked behind it. */
export const openCrew = async (parts: Parts): Promise<Crew> => {
  const { database, city, clock } = parts;
  let state: CrewState = { isOpen: false, entries: [], sending: { status: 'idle' }, clockAheadMs: 0 };
  const set = (more: Partial<CrewState>): void => {
    state = { ...state, ...more, clockAheadMs: city.clockAhead() };
    parts.onState(state);
  };
  const readEntries = async (): Promise<void> => set({ entries: await database.outbox.all() });
  const keepPlan = async (plan: PlanSeen | undefined): Promise<void> => {
    set({ plan });
    await database.kept.put(PLAN, plan);
  };

  const sender: Sender = startSender({
    ...parts,
    outbox: database.outbox,
    onSending: (sending) => set({ sending }),
    onChanged: () => void readEntries(),
  });

  const refreshOnce = async (goOn: boolean): Promise<void> => {
    const { vehicleId, plan, entries } = state;
    try {
      if (vehicleId === undefined) {
        const trucks = await city.trucks();
        await keepPlan({ ...(trucks && { trucks }), reports: [], seenAt: clock() });
      } else {
        const reported = new Set(stopStatuses(plan ?? { reports: [] }, entries).keys());
        const next = await syncPlan(city, plan, { vehicleId, reported, now: clock() + city.clockAhead(), goOn });
        // The crew may have chosen another truck while the city thought about it.
        if (state.vehicleId === vehicleId) await keepPlan(withChanges(state.plan, next, reported));
      }
      set({ trouble: undefined });
    } catch (error) {
      set({ trouble: { httpStatus: error instanceof CityError ? error.status : undefined } });
    }
  };
  /** One after the other: each compares with what the one before kept. */
  let last: Promise<void> = Promise.resolve();
  const refresh = (goOn = false): Promise<void> => {
    last = last.then(() => refreshOnce(goOn));
    return last;
  };

  await database.outbox.forget(clock() - KEPT_MS);
  const [vehicleId, plan] = [await database.kept.get<string>(TRUCK), await database.kept.get<PlanSeen>(PLAN)];
  set({ isOpen: true, vehicleId, plan, entries: await database.outbox.all() });

  return {
    state: () => state,
    refresh,
    choose: async (chosen) => {
      await database.kept.put(TRUCK, chosen);
      const trucks = state.plan?.trucks;
      set({ vehicleId: chosen });
      await keepPlan(state.plan && { ...(trucks && { trucks }), reports: [], seenAt: state.plan.seenAt });
      await refresh();
    },
    say: async ({ stopName, ...said }, photo) => {
      const reportId = parts.newId();
      const at = clock() + city.clockAhead();
      const report = { ...said, reportId, at, ...(photo && { photoKey: photoKeyOf(reportId) }) };
      await database.outbox.add({ report, stopName, serviceDate: state.plan?.route?.serviceDate ?? '' }, photo);
      await readEntries();
      sender.wake();
    },
    seeRefused: async (entry) => {
      await database.outbox.update([{ ...entry, isSeen: true }]);
      await readEntries();
    },
    seeChanges: async () => {
      const { changes: _seen, ...rest } = state.plan ?? { reports: [], seenAt: clock() };
      await keepPlan(rest);
    },
    sendNow: sender.wake,
  };
};
