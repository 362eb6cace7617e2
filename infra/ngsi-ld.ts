import { Duration, Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { ngsiLdApiEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';

export type NgsiLdProps = Stores & {
  readonly api: HttpApi;
  /** Where the public finds the city: links and the @context begin with it. */
  readonly publicUrl: string;
};

/** NGSI-LD for everyone, below the city's one address. It reads the city's table and the newest indices, and writes nothing. */
export class NgsiLd extends Construct {
  constructor(scope: Construct, id: string, { api, publicUrl, ...stores }: NgsiLdProps) {
    super(scope, id);
    const ngsiLd = new CityFunction(this, 'Function', {
      ...stores,
      name: 'ngsi-ld-api',
      description: 'NGSI-LD: bins, air and water as entities of the Smart Data Models for everyone',
      environmentSchema: ngsiLdApiEnvironmentSchema,
      environment: { PUBLIC_URL: publicUrl },
      readingsAccess: 'read',
      tableAccess: 'read',
      timeout: Duration.seconds(29),
      memoryMb: 512,
    });
    // The function answers CORS itself, as the open-data API does.
    const integration = new HttpLambdaIntegration('Integration', ngsiLd.lambda);
    const methods = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS];
    for (const route of api.addRoutes({ path: '/ngsi-ld/v1/{proxy+}', methods, integration })) {
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'Open data asks nobody who they are' });
    }
  }
}
