import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { actionsOf, resourcesOf, statementsOf, templateWith } from './city-template.ts';

let template: Template;

beforeAll(() => {
  template = templateWith({ readingStore: 'dynamodb', consoleUrl: 'https://city.example' });
});

describe('notices of episodes', () => {
  it('go to one encrypted topic that only notify may publish to', () => {
    const topics = resourcesOf(template, 'AWS::SNS::Topic');
    expect(Object.keys(topics)).toHaveLength(1);
    expect(JSON.stringify(topics)).toContain('alias/aws/sns');
    expect(actionsOf(template, 'notify')).toContain('sns:Publish');
    for (const other of ['evaluate-environment', 'operations-api', 'ingest-uplinks', 'ingest-station-files']) {
      expect(actionsOf(template, other)).not.toContain('sns:Publish');
    }
  });

  it('are asked for over a queue by whoever changes an episode or sees a hazardous reading', () => {
    for (const sender of [
      'evaluate-environment',
      'operations-api',
      'ingest-uplinks',
      'ingest-station-files',
      'notify',
    ]) {
      const sends = statementsOf(template, sender).filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'));
      expect(JSON.stringify(sends), sender).toContain('NoticesEventsQueue');
    }
  });

  it('come by the clock every quarter of an hour', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(*/15 * * * ? *)' });
  });

  it('link to the console that the city names', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'notify', CONSOLE_URL: 'https://city.example' } },
    });
  });

  it('write no reading', () => {
    const readings = Object.keys(template.findResources('AWS::DynamoDB::Table')).find((id) =>
      id.startsWith('Readings'),
    );
    const writes = statementsOf(template, 'notify')
      .filter(({ Resource }) => JSON.stringify(Resource).includes(String(readings)))
      .flatMap(({ Action }) => Action)
      .filter((action) => /:(Put|Update|Delete|BatchWrite)Item$/.test(String(action)));
    expect(writes).toEqual([]);
  });
});
