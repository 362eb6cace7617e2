import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * The origin that absolute addresses in an answer begin with, without a slash at its end: what the deployment says, or where the
 * request says it was sent. Behind API Gateway that is always HTTPS; a city on one machine has none and says nothing.
 */
export const publicOrigin = (event: APIGatewayProxyEventV2, publicUrl: string | undefined): string => {
  const { headers, requestContext } = event;
  const own = `${headers['x-forwarded-proto'] ?? 'http'}://${headers.host ?? requestContext.domainName}`;
  return (publicUrl ?? own).replace(/\/$/, '');
};
