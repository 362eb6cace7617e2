import { createHmac, randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Who asks: the viewer, as the last proxy before the gateway saw it, and who really stood at the gateway. */
export type Callers = { readonly viewer: string; readonly connection: string };

/**
 * The addresses behind a request. API Gateway adds the connection's address to X-Forwarded-For; what stands before it was said by
 * the connection, which is CloudFront or whoever goes around it. So the viewer may be made up, the connection not.
 */
export const callersOf = ({ headers, requestContext }: APIGatewayProxyEventV2): Callers => {
  const connection = requestContext.http.sourceIp;
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  if (hops.at(-1) === connection) hops.pop();
  const viewer = hops.at(-1);
  return { viewer: viewer === undefined || viewer === '' ? connection : viewer, connection };
};

/** Of an IPv6 address its network: a household has 2^64 addresses. */
const network = (address: string): string => {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = ''] = address.split('::');
  return head.split(':').slice(0, 4).join(':');
};

const DAY_MS = 86_400_000;

/**
 * Names addresses without keeping them: a keyed hash whose key is drawn anew every day (UTC), lives in this process's memory and is
 * told nobody. Neither the process after midnight nor anybody else can say which address it was.
 */
export const addressNames = (): ((address: string, at: number) => string) => {
  let day = Number.NaN;
  let key = Buffer.alloc(0);
  return (address, at) => {
    const today = Math.floor(at / DAY_MS);
    if (today !== day) {
      day = today;
      key = randomBytes(32);
    }
    return createHmac('sha256', key).update(network(address)).digest('base64url').slice(0, 22);
  };
};
