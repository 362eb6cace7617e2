import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { outlookSchedule } from '../events/schedules.ts';
import { updateOutlooksEnvironmentSchema } from '../shared/lambda/environment.ts';
import { BIN_RECORD_PREFIX, OUTLOOK_BOOK_PARTITION } from '../shared/storage/dynamodb/tables.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { HourlyRun } from './hourly-run.ts';

/** Follows every bin's level and makes the forecasts that planning reads. It may write bins' records and the book of outlooks, and nothing else. */
export class Outlooks extends Construct {
  constructor(scope: Construct, id: string, props: Stores & { readonly timeZone: string }) {
    super(scope, id);
    const update = new CityFunction(this, 'Function', {
      ...props,
      name: 'update-outlooks',
      description: 'Follows the level of every bin and makes its forecast anew',
      environmentSchema: updateOutlooksEnvironmentSchema,
      readingsAccess: 'read',
      tableAccess: 'read',
      // A city's first run reads four weeks of it.
      timeout: Duration.minutes(15),
      memoryMb: 1_769,
    });
    update.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
        resources: [props.table.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${BIN_RECORD_PREFIX}*`, OUTLOOK_BOOK_PARTITION] },
        },
      }),
    );
    new HourlyRun(this, 'Run', { schedule: outlookSchedule, timeZone: props.timeZone, of: update });
  }
}
