import { Duration, TimeZone } from 'aws-cdk-lib';
import { Alias } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { EpisodeNotice } from '../events/episode-notice.ts';
import { episodeClockSchedule } from '../events/schedules.ts';
import { notifyEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { QueuePair } from './queue-pair.ts';
import { scheduleCron } from './schedule-cron.ts';

const TIMEOUT = Duration.seconds(60);

export type EpisodeNoticesProps = Stores & { readonly timeZone: string; readonly consoleUrl?: string | undefined };

/**
 * Tells of episodes: transitions, hazardous readings and the clock put messages on one queue, a function raises alarms and writes
 * letters to one topic. Who reads them (e-mail, HTTPS) is a subscription with a filter on `recipient`.
 */
export class EpisodeNotices extends Construct {
  readonly topic: Topic;
  private readonly pair: QueuePair;

  constructor(scope: Construct, id: string, props: EpisodeNoticesProps) {
    super(scope, id);
    this.pair = new QueuePair(this, 'Events', {
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      maxReceiveCount: 5,
    });
    this.topic = new Topic(this, 'Topic', {
      displayName: 'Pho Sach',
      masterKey: Alias.fromAliasName(this, 'TopicKey', 'alias/aws/sns'),
      enforceSSL: true,
    });
    const notify = new CityFunction(this, 'Function', {
      ...props,
      name: 'notify',
      description: 'Raises alarms, tells recipients of episodes, calls in who comes next',
      environmentSchema: notifyEnvironmentSchema,
      environment: {
        ...this.environment,
        NOTICE_TOPIC_ARN: this.topic.topicArn,
        ...(props.consoleUrl && { CONSOLE_URL: props.consoleUrl }),
      },
      readingsAccess: 'read',
      tableAccess: 'read-write',
      timeout: TIMEOUT,
      memoryMb: 512,
    });
    this.topic.grantPublish(notify.lambda);
    this.grantSend(notify.lambda);
    notify.lambda.addEventSource(
      new SqsEventSource(this.pair.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
    const notice: EpisodeNotice = { kind: 'clock' };
    new Schedule(this, 'Clock', {
      description: episodeClockSchedule.description,
      schedule: ScheduleExpression.expression(scheduleCron(episodeClockSchedule.cron), TimeZone.of(props.timeZone)),
      target: new SqsSendMessage(this.pair.queue, {
        input: ScheduleTargetInput.fromObject(notice),
        deadLetterQueue: this.pair.deadLetterQueue,
      }),
    });
  }

  /** What a function that has something to tell must know. */
  get environment(): { readonly EPISODE_QUEUE_URL: string } {
    return { EPISODE_QUEUE_URL: this.pair.queue.queueUrl };
  }

  grantSend(lambda: LambdaFunction): void {
    this.pair.queue.grantSendMessages(lambda);
  }
}
