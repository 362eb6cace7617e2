import type { Plan, PlanRoute, PlanStop } from '../plan.ts';
import { areaDifferences, truckDifferences } from './diff-day.ts';
import type { NoteWords } from './plan-life.ts';

/** One difference that a dispatcher or a crew has to know of. */
export type PlanDifference = NoteWords & {
  readonly kind:
    | 'moved'
    | 'added'
    | 'left-out'
    | 'excluded'
    | 'reordered'
    | 'later'
    | 'earlier'
    | 'truck-out'
    | 'truck-added'
    | 'truck-home'
    | 'truck-back'
    | 'area-closed'
    | 'area-opened';
  readonly binId?: string;
  readonly vehicleId?: string;
  readonly fromVehicleId?: string;
  /** How much later (or earlier) the bin is reached. */
  readonly minutes?: number;
};

export type PlanDiff = {
  /** After minus before. */
  readonly totals: {
    readonly bins: number;
    readonly vehicles: number;
    readonly distanceMetres: number;
    readonly workingSeconds: number;
    readonly costVnd: number;
    readonly unserved: number;
  };
  readonly differences: readonly PlanDifference[];
  /** The whole in one sentence. */
  readonly summary: NoteWords;
};

/** A few minutes are a traffic light. */
const NOTEWORTHY_MS = 10 * 60_000;

type Served = { readonly stop: PlanStop; readonly route: PlanRoute };

const servedIn = ({ routes }: Plan): ReadonlyMap<string, Served> =>
  new Map(
    routes.flatMap((route) =>
      route.stops.flatMap((stop): [string, Served][] =>
        stop.kind === 'bin' && stop.id !== undefined ? [[stop.id, { stop, route }]] : [],
      ),
    ),
  );

const moves = (before: ReadonlyMap<string, Served>, after: ReadonlyMap<string, Served>): PlanDifference[] =>
  [...after].flatMap(([binId, { stop, route }]): PlanDifference[] => {
    const known = before.get(binId);
    const { vehicleId, vehicleName } = route;
    if (known === undefined) {
      const en = `${stop.name}: new, on ${vehicleName}`;
      return [{ kind: 'added', binId, vehicleId, en, vi: `${stop.name}: mới, do ${vehicleName} thu gom` }];
    }
    if (known.route.vehicleId === vehicleId) return [];
    const from = known.route.vehicleName;
    const en = `${stop.name}: moved from ${from} to ${vehicleName}`;
    const vi = `${stop.name}: chuyển từ ${from} sang ${vehicleName}`;
    return [{ kind: 'moved', binId, vehicleId, fromVehicleId: known.route.vehicleId, en, vi }];
  });

const leftOut = (
  before: ReadonlyMap<string, Served>,
  after: ReadonlyMap<string, Served>,
  plan: Plan,
): PlanDifference[] => {
  const unserved = new Map(plan.unserved.map((entry) => [entry.binId, entry]));
  const excluded = new Map((plan.excluded ?? []).map((entry) => [entry.binId, entry]));
  return [...before].flatMap(([binId, { stop, route }]): PlanDifference[] => {
    if (after.has(binId)) return [];
    const out = excluded.get(binId);
    const about = { binId, fromVehicleId: route.vehicleId };
    if (out !== undefined) {
      const en = `${stop.name}: taken out by ${out.by}: ${out.reason}`;
      return [{ ...about, kind: 'excluded', en, vi: `${stop.name}: ${out.by} loại ra: ${out.reasonVi ?? out.reason}` }];
    }
    const why = unserved.get(binId);
    const en = `${stop.name}: left out: ${why?.reason ?? 'it can wait'}`;
    const vi = `${stop.name}: bỏ lại: ${why?.reasonVi ?? why?.reason ?? 'có thể chờ'}`;
    return [{ ...about, kind: 'left-out', en, vi }];
  });
};

const newlyUnserved = (before: ReadonlyMap<string, Served>, old: Plan, plan: Plan): PlanDifference[] => {
  const known = new Set(old.unserved.map(({ binId }) => binId));
  return plan.unserved
    .filter(({ binId }) => !known.has(binId) && !before.has(binId))
    .map(({ binId, name, reason, reasonVi }) => ({
      kind: 'left-out',
      binId,
      en: `${name}: asked for, but left out: ${reason}`,
      vi: `${name}: được yêu cầu nhưng bỏ lại: ${reasonVi ?? reason}`,
    }));
};

const shifted = (before: ReadonlyMap<string, Served>, after: ReadonlyMap<string, Served>): PlanDifference[] =>
  [...after].flatMap(([binId, { stop, route }]): PlanDifference[] => {
    const known = before.get(binId);
    if (known === undefined || known.route.vehicleId !== route.vehicleId || stop.done !== undefined) return [];
    const late = stop.arrivesAt - known.stop.arrivesAt;
    if (Math.abs(late) < NOTEWORTHY_MS) return [];
    const minutes = Math.round(Math.abs(late) / 60_000);
    const about = { binId, vehicleId: route.vehicleId, minutes };
    return late > 0
      ? [
          {
            ...about,
            kind: 'later',
            en: `${stop.name}: ${minutes} min later`,
            vi: `${stop.name}: trễ hơn ${minutes} phút`,
          },
        ]
      : [
          {
            ...about,
            kind: 'earlier',
            en: `${stop.name}: ${minutes} min earlier`,
            vi: `${stop.name}: sớm hơn ${minutes} phút`,
          },
        ];
  });

const binsOf = ({ stops }: PlanRoute): readonly string[] =>
  stops.flatMap(({ kind, id, done }) => (kind === 'bin' && id !== undefined && done === undefined ? [id] : []));

/** Routes that serve bins they had already in another order. */
const reordered = (before: Plan, after: Plan): PlanDifference[] =>
  after.routes.flatMap((route): PlanDifference[] => {
    const known = before.routes.find(({ vehicleId }) => vehicleId === route.vehicleId);
    if (known === undefined) return [];
    const [was, is] = [binsOf(known), binsOf(route)];
    const [old, now] = [new Set(was), new Set(is)];
    const same = was.filter((id) => now.has(id)).join('\n') === is.filter((id) => old.has(id)).join('\n');
    const { vehicleId, vehicleName } = route;
    const words = { en: `${vehicleName}: bins in another order`, vi: `${vehicleName}: đổi thứ tự thùng` };
    return same ? [] : [{ kind: 'reordered', vehicleId, ...words }];
  });

const signed = (value: number, digits: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

const summaryOf = (differences: readonly PlanDifference[], totals: PlanDiff['totals']): NoteWords => {
  const count = (kind: PlanDifference['kind']): number => differences.filter((each) => each.kind === kind).length;
  const parts: readonly (readonly [number, string, string])[] = [
    [count('moved'), 'moved to another truck', 'chuyển xe'],
    [count('added'), 'new', 'mới'],
    [count('left-out') + count('excluded'), 'left out', 'bỏ lại'],
    [count('later'), 'later', 'trễ hơn'],
    [count('earlier'), 'earlier', 'sớm hơn'],
  ];
  const said = parts.filter(([number]) => number > 0);
  const km = signed(totals.distanceMetres / 1_000, 1);
  const [sign, cost] = [totals.costVnd < 0 ? '−' : '+', Math.abs(totals.costVnd)];
  const bins = (words: readonly string[]): string => (words.length === 0 ? '' : `${words.join(', ')}; `);
  return {
    en: `${bins(said.map(([number, en]) => `${number} ${en}`))}${km} km, ${sign}${cost.toLocaleString('en-US')} VND`,
    vi: `${bins(said.map(([number, , vi]) => `${number} ${vi}`))}${km.replace('.', ',')} km, ${sign}${cost.toLocaleString('vi-VN')} đồng`,
  };
};

/** What changes for bins and crews from one version of a plan to another, in words, with what it costs. */
export const diffPlans = (before: Plan, after: Plan): PlanDiff => {
  const [old, now] = [servedIn(before), servedIn(after)];
  const differences = [
    ...truckDifferences(before, after),
    ...areaDifferences(before, after),
    ...moves(old, now),
    ...leftOut(old, now, after),
    ...newlyUnserved(old, before, after),
    ...reordered(before, after),
    ...shifted(old, now),
  ];
  const totals = {
    bins: after.totals.bins - before.totals.bins,
    vehicles: after.totals.vehicles - before.totals.vehicles,
    distanceMetres: after.totals.distanceMetres - before.totals.distanceMetres,
    workingSeconds: after.totals.workingSeconds - before.totals.workingSeconds,
    costVnd: after.totals.costVnd - before.totals.costVnd,
    unserved: after.unserved.length - before.unserved.length,
  };
  return { totals, differences, summary: summaryOf(differences, totals) };
};
