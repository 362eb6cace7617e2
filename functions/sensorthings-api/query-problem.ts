import { ProblemError } from '../../shared/lambda/problem.ts';
import type { QueryError, QueryErrorCode } from '../../shared/open-data/sensorthings/query/query-error.ts';

const statuses: Readonly<Record<QueryErrorCode, number>> = {
  syntax: 400,
  type: 400,
  path: 404,
  unsupported: 501,
  'too-long': 414,
  'too-deep': 400,
  'too-costly': 400,
};

/** What is wrong with a request, with the option, the position and what was expected there. */
export const problemOfQuery = ({ code, option, reason, expected, message }: QueryError): ProblemError =>
  new ProblemError({
    status: statuses[code],
    kind: code === 'path' ? 'not-found' : `query-${code}`,
    detail: message,
    errors: [
      {
        in: option === 'path' ? 'path' : 'query',
        field: option,
        message: expected === undefined ? reason : `${reason}; expected ${expected}`,
      },
    ],
  });
