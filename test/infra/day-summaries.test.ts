import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { actionsOf, templateWith } from './city-template.ts';

describe('the days that are over', () => {
  const template = templateWith({ readingStore: 'timestream' });

  it('are summed up every morning, from readings that nobody changes by it', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(20 4 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh',
      Target: Match.objectLike({ Input: Match.stringLikeRegexp('aws.scheduler.scheduled-time') }),
    });
    const actions = actionsOf(template, 'summarize-days');
    expect(actions).toContain('dynamodb:PutItem');
    expect(actions.filter((action) => action.startsWith('timestream:')).toSorted()).toEqual([
      'timestream:DescribeEndpoints',
      'timestream:Select',
    ]);
  });
});
