import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { outlookSchedule } from '../../events/schedules.ts';
import { resourcesOf, statementsOf, templateWith } from './city-template.ts';

describe('Outlooks', () => {
  let template: Template;
  beforeAll(() => {
    template = templateWith({ readingStore: 'dynamodb' });
  });

  it('are made four times a day by the city’s clock, once of them before the nightly plan', () => {
    const schedule = Object.values(resourcesOf(template, 'AWS::Scheduler::Schedule')).find(
      ({ Properties }) => Properties.Description === outlookSchedule.description,
    );
    expect(schedule?.Properties).toMatchObject({
      ScheduleExpression: 'cron(40 0,6,12,18 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh',
    });
  });

  it('write bins’ records and their own book, and nothing else anywhere', () => {
    const writes = statementsOf(template, 'update-outlooks').filter(({ Action }) =>
      [Action].flat().some((action) => /dynamodb:(Put|Update|Delete|BatchWrite)/.test(action)),
    );
    expect(writes).toMatchObject([
      {
        Action: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['bin-record#*', 'outlook-book'] } },
      },
    ]);
    const readings = Object.keys(resourcesOf(template, 'AWS::DynamoDB::Table')).find((id) => id.startsWith('Readings'));
    expect(JSON.stringify(writes)).not.toContain(readings);
  });
});
