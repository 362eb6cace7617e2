import { CfnOutput, Duration } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod, type HttpRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { OAuthScope, ResourceServerScope } from 'aws-cdk-lib/aws-cognito';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { SENSORTHINGS_WRITE_SCOPE, sensorthingsScope } from '../events/sensorthings-scope.ts';
import { SENSORTHINGS_PREFIX } from '../shared/storage/dynamodb/tables.ts';
import type { CityTable } from './city-table.ts';
import type { Operators } from './operators.ts';

export type SensorThingsWritingProps = {
  readonly api: HttpApi;
  readonly operators: Operators;
  readonly table: CityTable;
  readonly lambda: IFunction;
  readonly integration: HttpRouteIntegration;
};

/**
 * Third parties' programs write into SensorThings: with a token of the city's user pool that carries the scope, got by client id and
 * secret. What they write stays under SensorThings' own prefix of the city's table.
 */
export class SensorThingsWriting extends Construct {
  constructor(scope: Construct, id: string, props: SensorThingsWritingProps) {
    super(scope, id);
    const { api, operators, table, lambda, integration } = props;
    const write = new ResourceServerScope({
      scopeName: sensorthingsScope.name,
      scopeDescription: 'Write SensorThings',
    });
    const server = operators.pool.addResourceServer('SensorThings', {
      identifier: sensorthingsScope.resourceServer,
      scopes: [write],
    });
    const client = operators.pool.addClient('ThirdParties', {
      generateSecret: true,
      authFlows: {},
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, write)] },
      accessTokenValidity: Duration.hours(1),
      enableTokenRevocation: true,
    });
    lambda.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
        resources: [table.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${SENSORTHINGS_PREFIX}*`] } },
      }),
    );
    api.addRoutes({
      path: '/sta/v1.1/{proxy+}',
      methods: [HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE],
      integration,
      authorizer: new HttpUserPoolAuthorizer('ThirdPartyTokens', operators.pool, { userPoolClients: [client] }),
      authorizationScopes: [SENSORTHINGS_WRITE_SCOPE],
    });
    new CfnOutput(this, 'TokenUrl', { value: `${operators.domain.baseUrl()}/oauth2/token` });
    new CfnOutput(this, 'ThirdPartyClientId', { value: client.userPoolClientId });
  }
}
