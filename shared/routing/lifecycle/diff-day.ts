import type { Plan, PlanRoute } from '../plan.ts';
import type { PlanDifference } from './diff-plans.ts';
import { loadWords, strandedWords } from './load-words.ts';
import type { NoteWords } from './plan-life.ts';

const joined = (first: string, then: string | undefined, between = '; '): string =>
  then === undefined ? first : `${first}${between}${then}`;

/** A truck that stopped: why, and what it holds that nobody has emptied. */
const wentOut = ({ vehicleName, bins, outOfService }: PlanRoute): NoteWords => {
  const { reason = '', reasonVi = reason, onBoard } = outOfService ?? {};
  const stranded = strandedWords(onBoard);
  return {
    en: joined(`${vehicleName}: out of service after ${bins} bins: ${reason}`, stranded?.en),
    vi: joined(`${vehicleName}: ngừng sau ${bins} thùng: ${reasonVi}`, stranded?.vi),
  };
};

const isOpen = ({ kind, done }: PlanRoute['stops'][number]): boolean => kind === 'bin' && done === undefined;

/** A truck that came back: with what on board, and what it is to do. */
const cameBack = ({ vehicleName, stops, stood = [] }: PlanRoute): NoteWords => {
  const load = loadWords(stood.at(-1)?.onBoard ?? { litres: 0, kg: 0 });
  const ahead = stops.filter(isOpen).length;
  return {
    en: joined(`${vehicleName}: back in service, ${ahead} bins ahead of it`, load && `${load.en} on board`),
    vi: joined(`${vehicleName}: chạy lại, còn ${ahead} thùng phía trước`, load && `đang chở ${load.vi}`),
  };
};

const went = (route: PlanRoute, known: PlanRoute | undefined): PlanDifference[] => {
  const { vehicleId, vehicleName, bins, outOfService } = route;
  const was = known?.outOfService;
  const isNewlyOut = outOfService !== undefined && (was === undefined || was.at !== outOfService.at);
  if (isNewlyOut) return [{ kind: 'truck-out', vehicleId, ...wentOut(route) }];
  if (outOfService === undefined && was !== undefined) return [{ kind: 'truck-back', vehicleId, ...cameBack(route) }];
  if (known !== undefined) return moreOnBoard(route, known);
  const words = { en: `${vehicleName}: goes out too (${bins} bins)`, vi: `${vehicleName}: thêm vào (${bins} thùng)` };
  return [{ kind: 'truck-added', vehicleId, ...words }];
};

/** Its crew told late of bins that it had served: there is more to fetch. */
const moreOnBoard = ({ vehicleId, vehicleName, outOfService }: PlanRoute, known: PlanRoute): PlanDifference[] => {
  const [now, before] = [outOfService?.onBoard, known.outOfService?.onBoard];
  const stranded = strandedWords(now);
  if (stranded === undefined || Math.round(now?.litres ?? 0) === Math.round(before?.litres ?? 0)) return [];
  return [{ kind: 'truck-out', vehicleId, en: `${vehicleName}: ${stranded.en}`, vi: `${vehicleName}: ${stranded.vi}` }];
};

/** Trucks that stopped, came back, joined or stay at home. */
export const truckDifferences = (before: Plan, after: Plan): PlanDifference[] => {
  const old = new Map(before.routes.map((route) => [route.vehicleId, route]));
  const now = new Map(after.routes.map((route) => [route.vehicleId, route]));
  const home = before.routes.flatMap(({ vehicleId, vehicleName }): PlanDifference[] =>
    now.has(vehicleId)
      ? []
      : [{ kind: 'truck-home', vehicleId, en: `${vehicleName}: stays at home`, vi: `${vehicleName}: không chạy` }],
  );
  return [...after.routes.flatMap((route) => went(route, old.get(route.vehicleId))), ...home];
};

type Closure = NonNullable<Plan['closures']>[number];

const keyOf = ({ area, reason }: Closure): string => JSON.stringify([area, reason]);

/** Areas that were closed, or are open again: because their time is over, or because somebody said so. */
export const areaDifferences = (before: Plan, after: Plan): PlanDifference[] => {
  const old = new Map((before.closures ?? []).map((closure) => [keyOf(closure), closure]));
  const now = new Map((after.closures ?? []).map((closure) => [keyOf(closure), closure]));
  const closed = [...now].flatMap(([key, { reason, until }]): PlanDifference[] => {
    const known = old.get(key);
    if (known === undefined)
      return [{ kind: 'area-closed', en: `Area closed: ${reason}`, vi: `Chặn khu vực: ${reason}` }];
    if (until === undefined || known.until === until) return [];
    const sooner = until < (known.until ?? Number.POSITIVE_INFINITY);
    return sooner
      ? [
          {
            kind: 'area-opened',
            en: `Area opens earlier than said: ${reason}`,
            vi: `Khu vực mở lại sớm hơn: ${reason}`,
          },
        ]
      : [];
  });
  const opened = [...old].flatMap(([key, { reason }]): PlanDifference[] =>
    now.has(key) ? [] : [{ kind: 'area-opened', en: `Area open again: ${reason}`, vi: `Khu vực đã mở lại: ${reason}` }],
  );
  return [...closed, ...opened];
};
