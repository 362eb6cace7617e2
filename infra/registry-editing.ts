import { Duration } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { registryApiEnvironmentSchema } from '../shared/lambda/environment.ts';
import { REGISTRY_PREFIXES } from '../shared/storage/dynamodb/tables.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { Operators } from './operators.ts';

export type RegistryEditingProps = Stores & { readonly api: HttpApi; readonly operators: Operators };

/** The registry's own API, behind the operators' tokens. It reads the city's table and writes entities and their changes, nothing else. */
export class RegistryEditing extends Construct {
  constructor(scope: Construct, id: string, { api, operators, ...stores }: RegistryEditingProps) {
    super(scope, id);
    const { lambda } = new CityFunction(this, 'Function', {
      ...stores,
      name: 'registry-api',
      description: 'Registry API: bins, trucks, crews, sites, zones, special days and events, edited and as tables',
      environmentSchema: registryApiEnvironmentSchema,
      readingsAccess: 'none',
      tableAccess: 'read',
      timeout: Duration.seconds(29),
      memoryMb: 1_024,
    });
    lambda.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
        resources: [stores.table.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': REGISTRY_PREFIXES.map((prefix) => `${prefix}*`) },
        },
      }),
    );
    const methods = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE];
    api.addRoutes({
      path: '/api/v1/registry/{proxy+}',
      methods,
      integration: new HttpLambdaIntegration('Integration', lambda),
      authorizer: new HttpUserPoolAuthorizer('Tokens', operators.pool, { userPoolClients: [operators.client] }),
    });
  }
}
