import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { ProblemError } from '../../shared/lambda/problem.ts';

const claimsSchema = z.object({
  email: z.string().min(1).optional(),
  username: z.string().min(1).optional(),
  sub: z.string().min(1).optional(),
  /** The gateway writes a list as `[officer admin]`. */
  'cognito:groups': z.union([z.string(), z.array(z.string())]).optional(),
});

/** The gateway's JWT authorizer has checked the token before it hands its claims over. */
const contextSchema = z.object({
  requestContext: z.object({ authorizer: z.object({ jwt: z.object({ claims: claimsSchema }) }) }),
});

const groupsOf = (given: string | readonly string[] | undefined): readonly string[] =>
  typeof given === 'string' ? given.replace(/^\[|\]$/g, '').split(/[\s,]+/) : (given ?? []);

const ACTING_GROUPS = ['officer', 'admin'];

/** The groups of the token that the gateway checked; `undefined` where nobody shows one. */
export const tokenGroups = (event: APIGatewayProxyEventV2): readonly string[] | undefined => {
  const parsed = contextSchema.safeParse(event);
  return parsed.success ? groupsOf(parsed.data.requestContext.authorizer.jwt.claims['cognito:groups']) : undefined;
};

/**
 * Who acts: the name in the token that the gateway checked, or the officer configured for a machine that asks for no token.
 * @throws ProblemError 401 without either, 403 where the token's groups may not.
 */
export const actingOfficer = (
  event: APIGatewayProxyEventV2,
  officerWithoutToken: string | undefined,
  what = 'act on episodes',
  allowed: readonly string[] = ACTING_GROUPS,
): string => {
  const parsed = contextSchema.safeParse(event);
  if (!parsed.success) {
    if (officerWithoutToken !== undefined) return officerWithoutToken;
    throw new ProblemError({ status: 401, detail: `Who wants to ${what} must show a token` });
  }
  const { email, username, sub, 'cognito:groups': groups } = parsed.data.requestContext.authorizer.jwt.claims;
  const name = email ?? username ?? sub;
  if (name === undefined) throw new ProblemError({ status: 401, detail: 'The token names nobody' });
  if (!groupsOf(groups).some((group) => allowed.includes(group))) {
    throw new ProblemError({ status: 403, detail: `Only ${allowed.join(' and ')} may ${what}` });
  }
  return name;
};
