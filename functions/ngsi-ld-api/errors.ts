import { ProblemError } from '../../shared/lambda/problem.ts';
import type { DescribeProblem } from '../../shared/lambda/problem-details.ts';
import { QueryFault } from '../../shared/open-data/ngsi-ld/query/query-fault.ts';

const ERRORS = 'https://uri.etsi.org/ngsi-ld/errors/';
const BAD_REQUEST_DATA = 'bad-request-data';

/** ETSI GS CIM 009 V1.8.1, 5.5.2: the operation is understood, and what was sent with it does not meet its demands. */
export const badRequestData = (parameter: string, message: string): ProblemError =>
  new ProblemError({
    status: 400,
    kind: BAD_REQUEST_DATA,
    detail: `${parameter}: ${message}`,
    errors: [{ in: 'query', field: parameter, message }],
  });

/** What `read` answers. @throws ProblemError 400 where a query cannot be understood. */
export const understood = <Result>(read: () => Result): Result => {
  try {
    return read();
  } catch (error) {
    if (error instanceof QueryFault) throw badRequestData(error.parameter, error.message);
    throw error;
  }
};

/** 5.5.2 and 6.3.2: the URIs by which a client knows an error. 405 and 406 have none of their own. */
export const describeNgsiError: DescribeProblem = ({ status, type }) => {
  if (status === 400)
    return { type: `${ERRORS}${type.endsWith(BAD_REQUEST_DATA) ? 'BadRequestData' : 'InvalidRequest'}` };
  if (status === 404) return { type: `${ERRORS}ResourceNotFound` };
  if (status >= 500) return { type: `${ERRORS}InternalError` };
  return {};
};
