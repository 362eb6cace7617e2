import { Duration, Stack, TimeZone, Validations } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { hourlyEvaluationSchedule } from '../events/schedules.ts';
import { evaluateEnvironmentEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { scheduleCron } from './schedule-cron.ts';

/** Compares means with limits every hour. A run that fails for good leaves its event in a queue, to be run again by hand. */
export class EnvironmentWatch extends Construct {
  constructor(scope: Construct, id: string, props: Stores & { readonly timeZone: string }) {
    super(scope, id);
    const evaluate = new CityFunction(this, 'Function', {
      ...props,
      name: 'evaluate-environment',
      description: 'Hourly and daily means of the air against QCVN 05:2023',
      environmentSchema: evaluateEnvironmentEnvironmentSchema,
      readingsAccess: 'average',
      tableAccess: 'read-write',
      timeout: Duration.minutes(5),
      memoryMb: 512,
    });
    const failedRuns = new Queue(this, 'FailedRuns', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(failedRuns).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of the schedule',
    });
    new Schedule(this, 'Hourly', {
      description: hourlyEvaluationSchedule.description,
      schedule: ScheduleExpression.expression(scheduleCron(hourlyEvaluationSchedule.cron), TimeZone.of(props.timeZone)),
      target: new LambdaInvoke(evaluate.lambda, {
        input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
        deadLetterQueue: failedRuns,
        retryAttempts: 3,
      }),
    });
    acknowledgeVersions(evaluate);
  }
}

/** The CDK gives its scheduler role, a child of the stack, the function and all versions of it. */
const acknowledgeVersions = ({ lambda }: CityFunction): void => {
  const stack = Stack.of(lambda);
  const logicalId = stack.getLogicalId(lambda.node.defaultChild as CfnFunction);
  Validations.of(stack).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>:*]`,
    reason: 'The scheduler may invoke any version of the one function it is for',
  });
};
