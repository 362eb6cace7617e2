import { photoKeyOf } from '../../../../shared/routing/crew/photo.ts';
import { type City, CityError } from './city.ts';
import type { CrewDatabase } from './database.ts';
import type { OutboxEntry, OverflowEntry, PhoneReport, Said, SaidOverflow } from './entry.ts';
import type { BinPlace } from './nearest-bins.ts';
import { type PlanSeen, syncPlan, withChanges } from './plan-sync.ts';
import { type Sender, type Sending, startSender } from './sender.ts';
import { stopStatuses } from './stop-status.ts';

export type PlacesSeen = {
  readonly bins: readonly BinPlace[];
  /** UTC epoch milliseconds. */
  readonly seenAt: number;
};

/** Everything that the page shows. */
export type CrewState = {
  readonly isOpen: boolean;
  readonly vehicleId?: string | undefined;
  readonly plan?: PlanSeen | undefined;
  readonly entries: readonly OutboxEntry[];
  /** The city's bins as this phone last saw them; absent before the first time. */
  readonly places?: PlacesSeen | undefined;
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
  /** @throws Error when the phone could not keep it. */
  readonly sayOverflow: (said: SaidOverflow & { readonly stopName: string }, photo: Blob | undefined) => Promise<void>;
  /** @throws Error when the phone could not keep it. */
  readonly takeBackOverflow: (entry: OverflowEntry) => Promise<void>;
  readonly seeRefused: (entry: OutboxEntry) => Promise<void>;
  readonly seeChanges: () => Promise<void>;
  readonly sendNow: () => void;
};

const TRUCK = 'truck';
const PLAN = 'plan';
const PLACES = 'places';
/** Bins are put up and moved, but not within a shift. */
const PLACES_MS = 12 * 3_600_000;
const KEPT_MS = 3 * 86_400_000;

type KeptReport = Parameters<CrewDatabase['outbox']['add']>[0]['report'];

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
  /** Without them a crew may still choose among the bins of its route. */
  const refreshPlaces = async (): Promise<void> => {
    if (state.vehicleId === undefined || clock() - (state.places?.seenAt ?? 0) < PLACES_MS) return;
    try {
      const places: PlacesSeen = { bins: await city.binPlaces(), seenAt: clock() };
      set({ places });
      await database.kept.put(PLACES, places);
    } catch {
      // Asked again with the next plan.
    }
  };
  /** One after the other: each compares with what the one before kept. */
  let last: Promise<void> = Promise.resolve();
  const refresh = (goOn = false): Promise<void> => {
    last = last.then(() => refreshOnce(goOn)).then(refreshPlaces);
    return last;
  };

  await database.outbox.forget(clock() - KEPT_MS);
  const [vehicleId, plan] = [await database.kept.get<string>(TRUCK), await database.kept.get<PlanSeen>(PLAN)];
  const places = await database.kept.get<PlacesSeen>(PLACES);
  set({ isOpen: true, vehicleId, plan, places, entries: await database.outbox.all() });

  /** Under a name of its own, at the city's time; kept before it is sent. */
  const keep = async (
    stopName: string,
    photo: Blob | undefined,
    reportWith: (made: Pick<PhoneReport, 'reportId' | 'at'> & { readonly photoKey?: string }) => KeptReport,
  ): Promise<void> => {
    const reportId = parts.newId();
    const at = clock() + city.clockAhead();
    const report = reportWith({ reportId, at, ...(photo && { photoKey: photoKeyOf(reportId) }) });
    await database.outbox.add({ report, stopName, serviceDate: state.plan?.route?.serviceDate ?? '' }, photo);
    await readEntries();
    sender.wake();
  };

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
    say: ({ stopName, ...said }, photo) => keep(stopName, photo, (made) => ({ ...said, ...made })),
    sayOverflow: ({ stopName, ...said }, photo) => {
      const { vehicleId, plan } = state;
      const whose = { ...(vehicleId && { vehicleId }), ...(plan?.route && { planId: plan.route.planId }) };
      return keep(stopName, photo, (made) => ({ kind: 'overflow', ...said, ...whose, ...made }));
    },
    takeBackOverflow: ({ report: { reportId: overflowId, binId, at: seenAt }, stopName }) =>
      keep(stopName, undefined, ({ reportId, at }) => ({
        ...{ kind: 'overflow-taken-back', reportId, overflowId, binId },
        // Behind what it takes back, whatever became of the clock meanwhile.
        at: Math.max(at, seenAt),
      })),
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
