import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { hourlyEvaluationSchedule } from '../events/schedules.ts';
import { evaluateEnvironmentEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { EpisodeNotices } from './episode-notices.ts';
import { HourlyRun } from './hourly-run.ts';

/** Compares means with limits every hour. A run that fails for good leaves its event in a queue, to be run again by hand. */
export class EnvironmentWatch extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: Stores & { readonly timeZone: string; readonly notices: EpisodeNotices },
  ) {
    super(scope, id);
    const evaluate = new CityFunction(this, 'Function', {
      ...props,
      name: 'evaluate-environment',
      description: 'Hourly and daily means of the air against QCVN 05:2023',
      environmentSchema: evaluateEnvironmentEnvironmentSchema,
      environment: props.notices.environment,
      readingsAccess: 'average',
      tableAccess: 'read-write',
      timeout: Duration.minutes(5),
      memoryMb: 512,
    });
    props.notices.grantSend(evaluate.lambda);
    new HourlyRun(this, 'Hourly', { schedule: hourlyEvaluationSchedule, timeZone: props.timeZone, of: evaluate });
  }
}
