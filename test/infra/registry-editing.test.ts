import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf, statementsOf, templateWith } from './city-template.ts';

let template: Template;
beforeAll(() => {
  template = templateWith({ readingStore: 'dynamodb' });
});

describe('editing the registry on AWS', () => {
  it('writes entities and their changes in the city’s table, and nothing else', () => {
    const writing = statementsOf(template, 'registry-api').filter(({ Action }) =>
      [Action].flat().some((action) => /Put|Delete|Update|Write|Send/.test(action) && !action.startsWith('xray:')),
    );
    expect(writing).toHaveLength(1);
    expect(writing[0]).toMatchObject({
      Action: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['registry#*', 'registry-changes#*'] } },
    });
  });

  it('asks for an operator’s token on every route', () => {
    const routes = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route')).filter(({ Properties }) =>
      String(Properties.RouteKey).includes('/api/v1/registry/'),
    );
    expect(routes.map(({ Properties }) => String(Properties.RouteKey).split(' ')[0]).toSorted()).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'POST',
      'PUT',
    ]);
    for (const { Properties } of routes) expect(Properties.AuthorizationType).toBe('JWT');
  });
});
