import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { SENSORTHINGS_WRITE_SCOPE } from '../../events/sensorthings-scope.ts';
import type { HttpAnswer } from '../../shared/lambda/answer.ts';
import { type Fault, ProblemError } from '../../shared/lambda/problem.ts';
import { QueryError } from '../../shared/open-data/sensorthings/query/query-error.ts';
import {
  answerWrite,
  MethodError,
  type WriteAnswer,
  type WriteMethod,
} from '../../shared/open-data/sensorthings/writing/answer-write.ts';
import type { WritableSource } from '../../shared/open-data/sensorthings/writing/writable-source.ts';
import {
  type MemberFault,
  WriteError,
  type WriteFaultKind,
} from '../../shared/open-data/sensorthings/writing/write-fault.ts';
import { problemOfQuery } from './query-problem.ts';

export type Writing = {
  readonly source: WritableSource;
  /**
   * Only with a token that the gateway has checked, and that carries the scope. Where nobody shows one, the city is on one machine and
   * what is its own may be hidden.
   */
  readonly needsToken: boolean;
};

export const WRITE_METHODS: readonly WriteMethod[] = ['POST', 'PATCH', 'PUT', 'DELETE'];

export const isWriteMethod = (method: string): method is WriteMethod => WRITE_METHODS.some((each) => each === method);

/** Longer bodies are many requests in one. */
const MOST_BYTES = 4 * 1024 * 1024;
const JSON_PATCH = 'application/json-patch+json';

/** The gateway's authorizer has checked the token before it hands its claims over. */
const tokenSchema = z.object({
  requestContext: z.object({ authorizer: z.object({ jwt: z.object({ claims: z.object({ scope: z.string() }) }) }) }),
});

const mustMayWrite = (event: APIGatewayProxyEventV2): void => {
  const parsed = tokenSchema.safeParse(event);
  if (!parsed.success) throw new ProblemError({ status: 401, detail: 'Who wants to write must show a token' });
  const { scope } = parsed.data.requestContext.authorizer.jwt.claims;
  if (scope.split(' ').includes(SENSORTHINGS_WRITE_SCOPE)) return;
  throw new ProblemError({ status: 403, detail: `The token lacks the scope ${SENSORTHINGS_WRITE_SCOPE}` });
};

const bodyFault = (message: string, status = 400): ProblemError =>
  new ProblemError({ status, kind: 'invalid-request', detail: message, errors: [{ in: 'body', field: '', message }] });

const readJson = ({ body, isBase64Encoded }: APIGatewayProxyEventV2): unknown => {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MOST_BYTES) throw bodyFault(`the body has more than ${MOST_BYTES} bytes`, 413);
  if (bytes.length === 0) throw bodyFault('the body is empty; it must be JSON');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw bodyFault(`the body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const statuses: Readonly<Record<WriteFaultKind, number>> = { invalid: 400, conflict: 409, missing: 404 };
const kinds: Readonly<Record<WriteFaultKind, string>> = {
  invalid: 'invalid-request',
  conflict: 'conflict',
  missing: 'not-found',
};

const escaped = (part: string | number): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

const faultOf = ({ path, message }: MemberFault): Fault => ({
  in: 'body',
  field: path.join('.'),
  pointer: path.map((part) => `/${escaped(part)}`).join(''),
  message,
});

const problemOf = (error: unknown): unknown => {
  if (error instanceof QueryError) return problemOfQuery(error);
  if (error instanceof MethodError) {
    const allow = error.allowed.join(', ');
    return new ProblemError({ status: 405, detail: `This is not possible here; ${allow} are`, headers: { allow } });
  }
  if (!(error instanceof WriteError)) return error;
  const { kind, message, faults } = error;
  const errors = kind === 'invalid' ? faults.map(faultOf) : undefined;
  return new ProblemError({ status: statuses[kind], kind: kinds[kind], detail: message, ...(errors && { errors }) });
};

const httpAnswer = (answer: WriteAnswer): HttpAnswer => {
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' };
  switch (answer.kind) {
    case 'created':
      return {
        statusCode: 201,
        headers: { ...headers, location: answer.location },
        body: JSON.stringify(answer.body),
      };
    case 'changed':
      return { statusCode: 200, headers, body: JSON.stringify(answer.body) };
    case 'removed':
      return { statusCode: 200, headers: { 'cache-control': 'no-store' }, body: '' };
  }
};

/** Answers a request to write, where the writable profile is on. */
export const write = async (
  { source, needsToken, clock }: Writing & { readonly clock: () => number },
  event: APIGatewayProxyEventV2,
  { rawPath, root }: { readonly rawPath: string; readonly root: string },
): Promise<HttpAnswer> => {
  if (needsToken) mustMayWrite(event);
  const method = event.requestContext.http.method;
  if (!isWriteMethod(method)) throw new Error(`${method} writes nothing`);
  const body = method === 'DELETE' ? undefined : readJson(event);
  const isJsonPatch = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === JSON_PATCH;
  try {
    return httpAnswer(
      await answerWrite({ source, clock, mayHideCity: !needsToken }, { method, rawPath, root, body, isJsonPatch }),
    );
  } catch (error) {
    throw problemOf(error);
  }
};
