import { operationsApi } from '../../../functions/operations-api/app.ts';
import type { OperationsParts } from '../../../functions/operations-api/parts.ts';
import { httpEvent, lambdaContext, type TestRequest } from '../../support/api-gateway.ts';

/** A call with a token’s claims, as the gateway hands them over. */
export const asked = async (
  { parts }: { readonly parts: OperationsParts },
  request: TestRequest & { readonly bytes?: Buffer },
  groups: string,
  email = 'to-1@tdm.vn',
) => {
  const event = httpEvent(request);
  const claims = { email, 'cognito:groups': groups };
  const authorizer = { jwt: { claims, scopes: [] }, principalId: '', integrationLatency: 0 };
  const withToken = {
    ...event,
    ...(request.bytes && { body: request.bytes.toString('base64'), isBase64Encoded: true }),
    requestContext: { ...event.requestContext, authorizer },
  };
  return operationsApi(parts)(withToken, lambdaContext());
};
