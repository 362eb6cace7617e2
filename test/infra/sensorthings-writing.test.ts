import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf, statementsOf, templateWith } from './city-template.ts';

let closed: Template;
let open: Template;
beforeAll(() => {
  closed = templateWith({ readingStore: 'dynamodb' });
  open = templateWith({ readingStore: 'dynamodb', sensorthingsWriting: 'on' });
});

const routesOf = (template: Template) =>
  Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route'))
    .map(({ Properties }) => Properties)
    .filter(({ RouteKey }) => String(RouteKey).includes('/sta/v1.1/'));

const writesOf = (template: Template) =>
  statementsOf(template, 'sensorthings-api').filter(({ Action }) =>
    [Action].flat().some((action) => /^dynamodb:(Put|Update|Delete|BatchWrite)/.test(action)),
  );

describe('Writing into SensorThings', () => {
  it('is not deployed unless the city says so', () => {
    expect(routesOf(closed).map(({ RouteKey }) => RouteKey)).toEqual(['ANY /sta/v1.1/{proxy+}']);
    expect(JSON.stringify(writesOf(closed))).not.toMatch(/DeleteItem|BatchWriteItem/);
    expect(Object.keys(resourcesOf(closed, 'AWS::Cognito::UserPoolResourceServer'))).toEqual([]);
    expect(() => templateWith({ sensorthingsWriting: 'perhaps' })).toThrow(/sensorthingsWriting/);
  });

  it('asks every method that writes for a token with the scope, and reading for none', () => {
    const routes = routesOf(open);
    const guarded = routes.filter(({ AuthorizationType }) => AuthorizationType === 'JWT');
    expect(guarded.map(({ RouteKey }) => String(RouteKey).split(' ')[0]).toSorted()).toEqual([
      'DELETE',
      'PATCH',
      'POST',
      'PUT',
    ]);
    for (const { AuthorizationScopes } of guarded) expect(AuthorizationScopes).toEqual(['sensorthings/write']);
    expect(
      routes.filter(({ AuthorizationType }) => AuthorizationType === 'NONE').map(({ RouteKey }) => RouteKey),
    ).toEqual(['ANY /sta/v1.1/{proxy+}']);
    open.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'sensorthings-api', SENSORTHINGS_WRITE: 'authorized' } },
    });
  });

  it('gives tokens to programs by client id and secret, and to no operator', () => {
    const clients = Object.values(resourcesOf(open, 'AWS::Cognito::UserPoolClient')).map(
      ({ Properties }) => Properties,
    );
    const [program, ...others] = clients.filter(({ AllowedOAuthFlows }) =>
      JSON.stringify(AllowedOAuthFlows)?.includes('client_credentials'),
    );
    expect(others).toEqual([]);
    expect(program).toMatchObject({ GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'] });
    expect(JSON.stringify(program?.AllowedOAuthScopes)).toContain('/write');
  });

  it('reaches SensorThings’ own partitions of the city’s table and nothing else', () => {
    const keys = writesOf(open).map((statement) =>
      JSON.stringify('Condition' in statement ? statement.Condition : undefined),
    );
    expect(keys.length).toBeGreaterThan(0);
    for (const each of keys) expect(each).toMatch(/"dynamodb:LeadingKeys":\["sensorthings-/);
  });
});
