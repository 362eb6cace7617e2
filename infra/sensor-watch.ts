import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { sensorWatchSchedule } from '../events/schedules.ts';
import { watchSensorsEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { HourlyRun } from './hourly-run.ts';

/** Looks after the sensors every hour. A run that fails for good leaves its event in a queue, to be run again by hand. */
export class SensorWatch extends Construct {
  constructor(scope: Construct, id: string, props: Stores & { readonly timeZone: string }) {
    super(scope, id);
    const watch = new CityFunction(this, 'Function', {
      ...props,
      name: 'watch-sensors',
      description: 'Finds sensors that fell silent, batteries that fade and clocks that drift',
      environmentSchema: watchSensorsEnvironmentSchema,
      // Latest states are all it looks at.
      readingsAccess: 'none',
      tableAccess: 'read-write',
      timeout: Duration.minutes(5),
      memoryMb: 512,
    });
    new HourlyRun(this, 'Hourly', { schedule: sensorWatchSchedule, timeZone: props.timeZone, of: watch });
  }
}
