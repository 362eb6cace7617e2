import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  openDataApiEnvironmentSchema,
  operationsApiEnvironmentSchema,
  reportsApiEnvironmentSchema,
} from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { CrewPhotos } from './crew-photos.ts';
import type { EpisodeNotices } from './episode-notices.ts';
import type { Operators } from './operators.ts';

export type HttpApisProps = Stores & {
  readonly planQueue: IQueue;
  readonly operators: Operators;
  readonly notices: EpisodeNotices;
  readonly crewPhotos: CrewPhotos;
};

/** One HTTP API, three functions: operations and reports behind the operators' tokens, open data for everyone at a bounded rate. */
export class HttpApis extends Construct {
  readonly api: HttpApi;
  readonly openData: NodejsFunction;

  constructor(scope: Construct, id: string, props: HttpApisProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      createDefaultStage: false,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 200, burstLimit: 400 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            retention: RetentionDays.THREE_MONTHS,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
      },
    });
    const authorizer = new HttpUserPoolAuthorizer('OperatorTokens', props.operators.pool, {
      userPoolClients: [props.operators.client],
    });
    this.addOperations(props, authorizer);
    this.addReports(props, authorizer);
    this.openData = this.addOpenData(props);
  }

  private addOperations(props: HttpApisProps, authorizer: HttpUserPoolAuthorizer): void {
    const operations = new CityFunction(this, 'Operations', {
      ...props,
      name: 'operations-api',
      description: 'Operations API: bins, stations, plans, exceedances',
      environmentSchema: operationsApiEnvironmentSchema,
      environment: {
        PLAN_QUEUE_URL: props.planQueue.queueUrl,
        ...props.notices.environment,
        ...props.crewPhotos.environment,
      },
      // Laboratory results are entered here.
      readingsAccess: 'read-write',
      tableAccess: 'read-write',
      timeout: Duration.seconds(29),
      // Plans are changed here: a city's travel times in memory, and a whole core to schedule routes on.
      memoryMb: 1_769,
    });
    props.planQueue.grantSendMessages(operations.lambda);
    props.notices.grantSend(operations.lambda);
    props.crewPhotos.grant(operations);
    this.api.addRoutes({
      path: '/api/v1/{proxy+}',
      methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE],
      integration: new HttpLambdaIntegration('OperationsIntegration', operations.lambda),
      authorizer,
    });
  }

  /** Reads only; memory for a year of a city, and for the one core that comes with it. */
  private addReports(props: HttpApisProps, authorizer: HttpUserPoolAuthorizer): void {
    const reports = new CityFunction(this, 'Reports', {
      ...props,
      name: 'reports-api',
      description: 'Reports of days, months and years as JSON, CSV, HTML and PDF',
      environmentSchema: reportsApiEnvironmentSchema,
      readingsAccess: 'read',
      tableAccess: 'read',
      timeout: Duration.seconds(29),
      memoryMb: 1_769,
    });
    const integration = new HttpLambdaIntegration('ReportsIntegration', reports.lambda);
    for (const path of ['/api/v1/reports/{proxy+}', '/api/v1/driver-sheets/{proxy+}']) {
      this.api.addRoutes({ path, methods: [HttpMethod.GET, HttpMethod.HEAD], integration, authorizer });
    }
  }

  private addOpenData(props: HttpApisProps): NodejsFunction {
    const openData = new CityFunction(this, 'OpenData', {
      ...props,
      name: 'open-data-api',
      description: 'Open data API: stations and readings for everyone',
      environmentSchema: openDataApiEnvironmentSchema,
      readingsAccess: 'read',
      tableAccess: 'read',
      timeout: Duration.seconds(29),
      memoryMb: 512,
    });
    // The function answers CORS itself: with a preflight of the HTTP API's own, its other headers would be dropped.
    const integration = new HttpLambdaIntegration('OpenDataIntegration', openData.lambda);
    for (const path of ['/open/v1', '/open/v1/{proxy+}']) {
      for (const route of this.api.addRoutes({
        path,
        // Every method: what cannot be done is refused by the function, in the words of the API.
        methods: [HttpMethod.ANY],
        integration,
      })) {
        Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'Open data asks nobody who they are' });
      }
    }
    return openData.lambda;
  }
}
