import { Duration, TimeZone } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PlanRequest } from '../events/plan-request.ts';
import { nightlyPlanSchedule } from '../events/schedules.ts';
import { planCollectionsEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { QueuePair } from './queue-pair.ts';
import type { RoadFiles } from './road-files.ts';
import { scheduleCron } from './schedule-cron.ts';
import { grantTravel, type TravelSettings, travelEnvironment } from './travel-services.ts';

const TIMEOUT = Duration.minutes(5);

/** Plans on request: the schedule and the dispatcher's click both put a message on one queue, so both are retried and kept. */
export class PlanCollections extends Construct {
  readonly queue: Queue;

  constructor(
    scope: Construct,
    id: string,
    props: Stores & {
      readonly timeZone: string;
      readonly planCron?: string | undefined;
      readonly roads: RoadFiles;
      readonly travel: TravelSettings;
    },
  ) {
    super(scope, id);
    const pair = new QueuePair(this, 'Requests', {
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      maxReceiveCount: 3,
    });
    this.queue = pair.queue;
    const planner = new CityFunction(this, 'Function', {
      ...props,
      name: 'plan-collections',
      description: 'Picks the bins that are due and plans their collection',
      environmentSchema: planCollectionsEnvironmentSchema,
      environment: {
        SOLVE_SECONDS: '60',
        SOLVE_ISLANDS: '2',
        ROADS_BUCKET: props.roads.bucket.bucketName,
        ...travelEnvironment(props.travel),
      },
      readingsAccess: 'read',
      tableAccess: 'read-write',
      timeout: TIMEOUT,
      // A whole vCPU comes with 1,769 MB, and each of the optimizer's islands wants one. Less would show two all the same, at half the speed.
      memoryMb: 3_538,
    });
    props.roads.grantRead(planner);
    grantTravel(planner, props.travel);
    planner.lambda.addEventSource(
      new SqsEventSource(pair.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
    const request: PlanRequest = { trigger: 'schedule' };
    new Schedule(this, 'Nightly', {
      description: nightlyPlanSchedule.description,
      schedule: ScheduleExpression.expression(
        scheduleCron(props.planCron ?? nightlyPlanSchedule.cron),
        TimeZone.of(props.timeZone),
      ),
      target: new SqsSendMessage(pair.queue, {
        input: ScheduleTargetInput.fromObject(request),
        deadLetterQueue: pair.deadLetterQueue,
      }),
    });
  }
}
