import { Duration, Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { featuresApiEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';

export type FeaturesProps = Stores & {
  readonly api: HttpApi;
  /** Where the public finds the city: links begin with it. */
  readonly publicUrl: string;
};

/** OGC API – Features for everyone, below the city's one address. It reads the city's table and no reading. */
export class Features extends Construct {
  constructor(scope: Construct, id: string, { api, publicUrl, ...stores }: FeaturesProps) {
    super(scope, id);
    const features = new CityFunction(this, 'Function', {
      ...stores,
      name: 'features-api',
      description: 'OGC API Features: bins, stations, latest readings, exceedance episodes for everyone',
      environmentSchema: featuresApiEnvironmentSchema,
      environment: { PUBLIC_URL: publicUrl },
      readingsAccess: 'none',
      tableAccess: 'read',
      timeout: Duration.seconds(29),
      memoryMb: 512,
    });
    // The function answers CORS itself, as the open-data API does.
    const integration = new HttpLambdaIntegration('Integration', features.lambda);
    const methods = [HttpMethod.ANY];
    for (const path of ['/ogc', '/ogc/{proxy+}']) {
      for (const route of api.addRoutes({ path, methods, integration })) {
        Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'Open data asks nobody who they are' });
      }
    }
  }
}
