import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { actionsOf, resourcesOf, statementsOf, templateWith } from './city-template.ts';

const environmentOf = (template: Template): Record<string, unknown> => {
  const planner = Object.values(resourcesOf(template, 'AWS::Lambda::Function')).find(({ Properties }) =>
    JSON.stringify(Properties.Environment).includes('"POWERTOOLS_SERVICE_NAME":"plan-collections"'),
  );
  return (planner?.Properties.Environment as { Variables: Record<string, unknown> } | undefined)?.Variables ?? {};
};

describe('travel times on AWS', () => {
  let template: Template;
  beforeAll(() => {
    template = templateWith({ readingStore: 'dynamodb' });
  });

  it('lets planning read roads, be told that there are none, and change nothing there', () => {
    const s3 = statementsOf(template, 'plan-collections').filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('s3:')),
    );
    expect(s3.map(({ Action }) => Action)).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(JSON.stringify(s3[0])).toContain('/roads/*');
    expect(JSON.stringify(environmentOf(template).ROADS_BUCKET)).toContain('RoadsBucket');
  });

  it('has planning draw the lines of edits: the operations API may order them, and reads no roads', () => {
    const statements = statementsOf(template, 'operations-api');
    const sends = statements.filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'));
    expect(JSON.stringify(sends.map(({ Resource }) => Resource))).toContain('PlansRequestsQueue');
    expect(JSON.stringify(statements)).not.toContain('RoadsBucket');
    expect(actionsOf(template, 'operations-api').filter((action) => action.startsWith('geo'))).toEqual([]);
  });

  it('asks no routing service unless the deployment names one', () => {
    expect(environmentOf(template)).toMatchObject({ AMAZON_LOCATION: 'off' });
    expect(environmentOf(template)).not.toHaveProperty('OSRM_URL');
    expect(actionsOf(template, 'plan-collections').filter((action) => action.startsWith('geo'))).toEqual([]);
  });

  it('asks those that it names, Amazon Location with two rights', () => {
    const travel = { travelSource: 'osrm', osrmUrl: 'https://osrm.city.example', amazonLocation: 'on' };
    const chosen = templateWith({ readingStore: 'dynamodb', ...travel });
    expect(environmentOf(chosen)).toMatchObject({
      TRAVEL_SOURCE: 'osrm',
      OSRM_URL: 'https://osrm.city.example',
      AMAZON_LOCATION: 'on',
    });
    const [statement] = statementsOf(chosen, 'plan-collections').filter(({ Action }) =>
      JSON.stringify(Action).includes('geo-routes'),
    );
    expect(statement?.Action).toEqual(['geo-routes:CalculateRouteMatrix', 'geo-routes:CalculateRoutes']);
    expect(JSON.stringify(statement?.Resource)).toContain('::provider/default');
  });
});
