import { Duration, Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { sensorthingsApiEnvironmentSchema } from '../shared/lambda/environment.ts';
import { ENTITY_IDS_PREFIX } from '../shared/storage/dynamodb/tables.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { Operators } from './operators.ts';
import { SensorThingsWriting } from './sensorthings-writing.ts';

export type SensorThingsProps = Stores & {
  readonly api: HttpApi;
  /** Where the public finds the city: every entity's own address begins with it. */
  readonly publicUrl: string;
  /** Whose user pool gives third parties tokens to write with; absent: reading only. */
  readonly writers?: Operators;
};

/** OGC SensorThings 1.1 for everyone, below the city's one address. */
export class SensorThings extends Construct {
  constructor(scope: Construct, id: string, { api, publicUrl, writers, ...stores }: SensorThingsProps) {
    super(scope, id);
    const sensorThings = new CityFunction(this, 'Function', {
      ...stores,
      name: 'sensorthings-api',
      description: 'SensorThings API: Things, datastreams and observations for everyone',
      environmentSchema: sensorthingsApiEnvironmentSchema,
      environment: { PUBLIC_URL: publicUrl, ...(writers && { SENSORTHINGS_WRITE: 'authorized' }) },
      readingsAccess: 'read',
      tableAccess: 'read',
      timeout: Duration.seconds(29),
      memoryMb: 1_024,
    });
    // Whoever first asks for an entity gives it its number; that is all that the public makes this function write.
    sensorThings.lambda.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['dynamodb:PutItem'],
        resources: [stores.table.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${ENTITY_IDS_PREFIX}*`] } },
      }),
    );
    // Every method: what cannot be done is refused by the function, in the words of the API.
    const integration = new HttpLambdaIntegration('Integration', sensorThings.lambda);
    for (const path of ['/sta/v1.1', '/sta/v1.1/{proxy+}']) {
      for (const route of api.addRoutes({ path, methods: [HttpMethod.ANY], integration })) {
        Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'Open data asks nobody who they are' });
      }
    }
    if (writers === undefined) return;
    const { lambda } = sensorThings;
    new SensorThingsWriting(this, 'Writing', { table: stores.table, api, operators: writers, lambda, integration });
  }
}
