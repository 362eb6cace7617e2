import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { daySummarySchedule } from '../events/schedules.ts';
import { summarizeDaysEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { HourlyRun } from './hourly-run.ts';

/** Sums up the days that are over, for the figures that councils ask for. */
export class DaySummaries extends Construct {
  constructor(scope: Construct, id: string, props: Stores & { readonly timeZone: string }) {
    super(scope, id);
    const summarize = new CityFunction(this, 'Function', {
      ...props,
      name: 'summarize-days',
      description: 'Sums up collections, overflows and routes of the days that are over',
      environmentSchema: summarizeDaysEnvironmentSchema,
      readingsAccess: 'read',
      tableAccess: 'read-write',
      timeout: Duration.minutes(10),
      memoryMb: 1_024,
    });
    new HourlyRun(this, 'Daily', { schedule: daySummarySchedule, timeZone: props.timeZone, of: summarize });
  }
}
