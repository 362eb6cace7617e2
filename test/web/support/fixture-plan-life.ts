import type { PlanDiff, PlanEdit, WirePlanLife, WireVersion } from '../../../web/src/api/plan-life.ts';
import type { WirePlan } from '../../../web/src/api/wire.ts';
import { iso, NOW } from './fixture-city.ts';

type Answer = { readonly status: number; readonly body: unknown };
type Body = {
  readonly expectedVersion?: number;
  readonly edit?: PlanEdit;
  readonly why?: string;
  readonly events?: readonly object[];
};

const nothing = { bins: 0, vehicles: 0, distanceMetres: 1_200, workingSeconds: 300, costVnd: 18_000, unserved: 0 };

const diffOf = (en: string, vi: string): PlanDiff => ({
  totals: nothing,
  differences: [{ kind: 'moved', en, vi }],
  summary: { en: '1 moved to another truck; +1.2 km, +18,000 VND', vi: '1 chuyển xe; +1,2 km, +18.000 đồng' },
});

const late = {
  code: 'site-late',
  en: 'Truck would arrive at the landfill 14 minutes after it closes',
  vi: 'Xe sẽ đến bãi chôn lấp trễ 14 phút so với giờ đóng cửa',
};

/** How many bins stand in a route up to one of them; all of them without one. */
const upTo = ({ stops, bins }: WirePlan['routes'][number], binId: string | undefined): number => {
  const ids = stops.flatMap(({ kind, id }) => (kind === 'bin' && id !== undefined ? id : []));
  return binId === undefined ? bins : ids.indexOf(binId) + 1;
};

const notInProblem = {
  code: 'not-in-problem',
  en: 'The plan was made without truck truck-9: re-plan with it joining',
  vi: 'Kế hoạch được lập khi không có xe truck-9: hãy lập lại với xe này bổ sung',
};

const marked = (plan: WirePlan, edit: PlanEdit): WirePlan => {
  if (edit.kind === 'lock-order')
    return {
      ...plan,
      routes: plan.routes.map((route) =>
        route.vehicleId === edit.vehicleId ? { ...route, lockedOrder: upTo(route, edit.upTo) } : route,
      ),
    };
  if (edit.kind !== 'lock-stop' && edit.kind !== 'exclude') return plan;
  const { binId } = edit;
  const name = plan.routes.flatMap(({ stops }) => stops).find(({ id }) => id === binId)?.name ?? binId;
  return {
    ...plan,
    routes: plan.routes.map((route) => ({
      ...route,
      stops: route.stops.flatMap((stop) => {
        if (stop.id !== binId) return [stop];
        return edit.kind === 'exclude' ? [] : [{ ...stop, locked: true as const }];
      }),
    })),
    ...(edit.kind === 'exclude' && {
      excluded: [{ binId, name, reason: edit.reason, by: 'officer@local', at: iso(NOW) }],
    }),
  };
};

/** The life of one plan as the operations API has it: a truck's third place is too late for the landfill, everything else can be done. */
export const planLifeApi = (first: WirePlan) => {
  const asked: object[] = [];
  const bodies: WirePlan[] = [first];
  let life: WirePlanLife = { planId: first.planId, state: 'draft', version: 1, log: [], replans: [] };
  const version = (number: number, change: WireVersion['change'], why?: string): WireVersion => ({
    version: number,
    at: iso(NOW),
    by: 'officer@local',
    ...(why !== undefined && { why }),
    change,
    totals: first.totals,
    unservedCount: 0,
    content: number,
    redo: [],
    canUndo: number > 1,
    canRedo: false,
  });
  let versions: WireVersion[] = [version(1, { kind: 'planned' })];
  const add = (plan: WirePlan, change: WireVersion['change'], why?: string): void => {
    bodies.push(plan);
    life = { ...life, version: bodies.length };
    versions = [version(bodies.length, change, why), ...versions];
  };
  const current = (): WirePlan => {
    const { state, version: number, publishedVersion } = life;
    return { ...(bodies.at(-1) ?? first), state, version: number, ...(publishedVersion && { publishedVersion }) };
  };
  const states = { publish: 'published', start: 'in-progress', close: 'closed', discard: 'discarded' } as const;
  const acts = { publish: 'published', start: 'started', close: 'closed', discard: 'discarded' } as const;
  const ok = (body: unknown): Answer => ({ status: 200, body });
  const conflict: Answer = {
    status: 409,
    body: { type: 'about:blank', status: 409, title: 'Conflict', detail: `Somebody changed the plan meanwhile` },
  };

  const edited = ({ edit, why }: Body, isDry: boolean): Answer => {
    if (edit === undefined) return { status: 400, body: { title: 'Bad Request', status: 400 } };
    if (edit.kind === 'add-vehicle')
      return ok({ feasible: false, dryRun: isDry, code: notInProblem.code, breaches: [notInProblem] });
    if ((edit.kind === 'move' || edit.kind === 'include') && edit.position === 3)
      return ok({ feasible: false, dryRun: isDry, code: 'infeasible', breaches: [late] });
    const diff = diffOf('Bin moved from truck 1 to truck 2', 'Thùng chuyển từ xe 1 sang xe 2');
    if (!isDry) add(marked(bodies.at(-1) ?? first, edit), { kind: 'edit', edit }, why);
    return ok({ feasible: true, dryRun: isDry, breaches: [], diff, ...(!isDry && { life }) });
  };
  const replanned = ({ why, events }: Body): Answer => {
    asked.push(...(events ?? []));
    const record = { replanId: 'replan-1', requestedAt: iso(NOW), by: 'officer@local' };
    life = { ...life, replans: [{ ...record, status: 'requested' }] };
    const answer = { status: 202, body: structuredClone(life) };
    add(
      bodies.at(-1) ?? first,
      { kind: 'replan', notes: [{ en: '3 bins are taken as done', vi: '3 thùng coi như đã xong' }] },
      why,
    );
    life = { ...life, replans: [{ ...record, status: 'done', version: bodies.length }] };
    return answer;
  };
  const acted = (part: string, body: Body, isDry: boolean): Answer | undefined => {
    if (body.expectedVersion !== life.version) return conflict;
    if (part === 'edits') return edited(body, isDry);
    if (part === 'replan') return replanned(body);
    if (part === 'undo') {
      add(bodies.at(-2) ?? first, { kind: 'undo', of: Math.max(1, bodies.length - 1) });
      return ok({ feasible: true, dryRun: false, breaches: [], diff: diffOf('Back again', 'Như cũ'), life });
    }
    const move = Object.keys(states).find((each): each is keyof typeof states => each === part);
    if (move === undefined) return undefined;
    const { version: number } = life;
    life = {
      ...life,
      state: states[move],
      ...(move === 'publish' && { publishedVersion: number }),
      log: [...life.log, { at: iso(NOW), by: 'officer@local', act: acts[move], version: number }],
    };
    return ok(life);
  };
  return {
    /** Every event that a re-plan was asked for with. */
    asked,
    plan: current,
    answer: (method: string, part: string | undefined, body: unknown, query: URLSearchParams): Answer | undefined => {
      if (part === 'versions') return ok({ life, versions });
      if (part === 'diff') return ok(diffOf('Bin moved from truck 1 to truck 2', 'Thùng chuyển từ xe 1 sang xe 2'));
      if (method !== 'POST' || part === undefined) return undefined;
      return acted(part, (body ?? {}) as Body, query.get('dryRun') === 'true');
    },
  };
};
