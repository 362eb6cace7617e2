import { Duration, Stack, TimeZone, Validations } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Schedule as CitySchedule } from '../events/schedules.ts';
import type { CityFunction } from './city-function.ts';
import { scheduleCron } from './schedule-cron.ts';

export type HourlyRunProps = {
  readonly schedule: CitySchedule;
  readonly timeZone: string;
  readonly of: CityFunction;
};

/** Runs a function by the city's clock, hands it the time it was meant for, and keeps the event of a run that failed for good. */
export class HourlyRun extends Construct {
  constructor(scope: Construct, id: string, { schedule, timeZone, of }: HourlyRunProps) {
    super(scope, id);
    const failedRuns = new Queue(this, 'FailedRuns', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(failedRuns).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of the schedule',
    });
    new Schedule(this, 'Schedule', {
      description: schedule.description,
      schedule: ScheduleExpression.expression(scheduleCron(schedule.cron), TimeZone.of(timeZone)),
      target: new LambdaInvoke(of.lambda, {
        input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
        deadLetterQueue: failedRuns,
        retryAttempts: 3,
      }),
    });
    // The CDK gives its scheduler role, a child of the stack, the function and all versions of it.
    const stack = Stack.of(of.lambda);
    const logicalId = stack.getLogicalId(of.lambda.node.defaultChild as CfnFunction);
    Validations.of(stack).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>:*]`,
      reason: 'The scheduler may invoke any version of the one function it is for',
    });
  }
}
