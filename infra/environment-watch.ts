import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { hourlyEvaluationSchedule } from '../events/schedules.ts';
import { evaluateEnvironmentEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { EpisodeNotices } from './episode-notices.ts';
import { HourlyRun } from './hourly-run.ts';

/** Works out means, stores them and compares them with limits every hour. A run that fails for good leaves its event in a queue, to be run again by hand. */
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
      description: 'Means of air and water, kept as series of their own, against the limits in force',
      environmentSchema: evaluateEnvironmentEnvironmentSchema,
      environment: props.notices.environment,
      readingsAccess: 'read-write',
      tableAccess: 'read-write',
      timeout: Duration.minutes(5),
      memoryMb: 512,
    });
    props.notices.grantSend(evaluate.lambda);
    new HourlyRun(this, 'Hourly', { schedule: hourlyEvaluationSchedule, timeZone: props.timeZone, of: evaluate });
  }
}
