import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  type Distribution,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { ngsiLdApiEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';

export type NgsiLdProps = Stores & {
  readonly api: HttpApi;
  readonly distribution: Distribution;
  /** Where the public finds the city: links and the @context begin with it. */
  readonly publicUrl: string;
};

/** NGSI-LD for everyone, below the city's one address. It reads the city's table and the newest indices, and writes nothing. */
export class NgsiLd extends Construct {
  constructor(scope: Construct, id: string, { api, distribution, publicUrl, ...stores }: NgsiLdProps) {
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
    const methods = [HttpMethod.ANY];
    for (const route of api.addRoutes({ path: '/ngsi-ld/v1/{proxy+}', methods, integration })) {
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'Open data asks nobody who they are' });
    }
    this.publish(api, distribution);
  }

  /** CloudFront does not read Vary: what answers differ by must be in the key. All methods: the function refuses in the API's words. */
  private publish({ apiId }: HttpApi, distribution: Distribution): void {
    const { region, urlSuffix } = Stack.of(this);
    distribution.addBehavior('ngsi-ld/*', new HttpOrigin(`${apiId}.execute-api.${region}.${urlSuffix}`), {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: new CachePolicy(this, 'Cache', {
        comment: 'NGSI-LD: as the function says, by address, media type and preference',
        defaultTtl: Duration.seconds(0),
        minTtl: Duration.seconds(0),
        maxTtl: Duration.days(365),
        queryStringBehavior: CacheQueryStringBehavior.all(),
        headerBehavior: CacheHeaderBehavior.allowList('Accept', 'Prefer'),
        cookieBehavior: CacheCookieBehavior.none(),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      }),
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      compress: true,
    });
  }
}
