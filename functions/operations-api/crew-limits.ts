import type { Operation } from '../../shared/lambda/operation.ts';
import { ProblemError } from '../../shared/lambda/problem.ts';
import { tokenGroups } from './identity.ts';

/** Who may report from a truck: its crew, and whoever takes the crew's word on the telephone. */
export const REPORTING_GROUPS = ['crew', 'dispatcher', 'officer', 'admin'];

/** What a crew's phone needs; everything else under `/api/v1` is not for it. */
const forCrews: ReadonlySet<string> = new Set([
  'getCity',
  'listBinPlaces',
  'listPlans',
  'getLatestPlan',
  'getLatestPlanGeoJson',
  'getPlan',
  'getPlanGeoJson',
  'listPlanRoutes',
  'getPlanRoute',
  'sendCrewReports',
  'listCrewReports',
  'putCrewPhoto',
  'getCrewPhoto',
  'getDriverSheet',
  'getDriverSheets',
]);

/** Whether the token is a crew's and nothing more: phones are left lying about. */
export const isOnlyCrew = (groups: readonly string[] | undefined): boolean =>
  (groups?.includes('crew') ?? false) && groups?.every((group) => group === 'crew') === true;

/** The same operation, refused (403) to tokens whose only group is `crew` unless a phone needs it. */
export const keepCrewsToTheirs = (operation: Operation): Operation =>
  forCrews.has(operation.operationId)
    ? operation
    : {
        ...operation,
        answer: async (event) => {
          if (!isOnlyCrew(tokenGroups(event))) return operation.answer(event);
          throw new ProblemError({ status: 403, detail: 'Crews’ tokens are for plans and reports only' });
        },
      };
