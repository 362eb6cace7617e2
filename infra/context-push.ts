import { Duration, RemovalPolicy, TimeZone, Validations } from 'aws-cdk-lib';
import { ParamsAndSecretsLayerVersion, ParamsAndSecretsVersions } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { contextSecretId, type ContextPush as Message } from '../events/context-push.ts';
import { contextPushSchedule } from '../events/schedules.ts';
import { pushContextEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { QueuePair } from './queue-pair.ts';
import { scheduleCron } from './schedule-cron.ts';

/** `functions/push-context` holds a broker for 180 s: longer than it may run. */
const TIMEOUT = Duration.seconds(120);

export type ContextPushProps = Stores & {
  readonly timeZone: string;
  /** Origins that context brokers may have, e.g. `https://ioc.example.vn`; the city calls no other. */
  readonly origins: readonly string[];
};

/**
 * Tells context brokers of the city's bins and stations: every minute a message on a queue, a function that tells what changed, and a
 * dead-letter queue for what a broker refuses. Each origin has a secret of its own, whose value a person enters.
 */
export class ContextPush extends Construct {
  constructor(scope: Construct, id: string, props: ContextPushProps) {
    super(scope, id);
    const pair = new QueuePair(this, 'Pushes', {
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      maxReceiveCount: 5,
    });
    const prefix = `phosach/${props.cityId}/context/`;
    const push = new CityFunction(this, 'Function', {
      ...props,
      name: 'push-context',
      description: 'Tells context brokers of bins and stations whose state changed',
      environmentSchema: pushContextEnvironmentSchema,
      environment: {
        CONTEXT_DEAD_LETTER_QUEUE_URL: pair.deadLetterQueue.queueUrl,
        CONTEXT_BROKER_ORIGINS: props.origins.join(','),
        CONTEXT_SECRET_PREFIX: prefix,
      },
      readingsAccess: 'read',
      tableAccess: 'read-write',
      timeout: TIMEOUT,
      memoryMb: 512,
      secretsExtension: ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103),
    });
    pair.deadLetterQueue.grantSendMessages(push.lambda);
    push.lambda.addEventSource(
      new SqsEventSource(pair.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
    for (const origin of props.origins) this.addSecret(contextSecretId(prefix, origin), origin).grantRead(push.lambda);
    const message: Message = { kind: 'sweep' };
    new Schedule(this, 'Clock', {
      description: contextPushSchedule.description,
      schedule: ScheduleExpression.expression(scheduleCron(contextPushSchedule.cron), TimeZone.of(props.timeZone)),
      target: new SqsSendMessage(pair.queue, {
        input: ScheduleTargetInput.fromObject(message),
        deadLetterQueue: pair.deadLetterQueue,
      }),
    });
  }

  private addSecret(secretName: string, origin: string): Secret {
    const secret = new Secret(this, `Secret-${new URL(origin).host}`, {
      secretName,
      description: `What the city sends to ${new URL(origin).host} in the header that its settings name`,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The broker’s owner gives it out, a person enters it, and it counts within five minutes',
    });
    return secret;
  }
}
