import { join } from 'node:path';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as CloudFrontFunction,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { type CfnBucket, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { contentSecurityPolicy } from '../shared/lambda/content-security-policy.ts';
import type { Operators } from './operators.ts';
import { privateBucket } from './private-bucket.ts';

const builtConsole = join(import.meta.dirname, '..', 'web', 'dist');

export type ConsoleSiteProps = { readonly api: HttpApi; readonly bulkFiles: IBucket; readonly operators: Operators };

/** Files that never change, by ranges too; compressed already. */
const bulkBehavior = (files: IBucket): BehaviorOptions => ({
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  origin: S3BucketOrigin.withOriginAccessControl(files),
  allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  originRequestPolicy: OriginRequestPolicy.CORS_S3_ORIGIN,
  responseHeadersPolicy: ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT_AND_SECURITY_HEADERS,
  compress: false,
});

/** The console's files and both APIs under one name, so that the browser asks one origin only. */
export class ConsoleSite extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { api, bulkFiles, operators }: ConsoleSiteProps) {
    super(scope, id);
    const logs = privateBucket(this, 'Logs', { objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED });
    const files = privateBucket(this, 'Files', { serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'files/' });
    const pageHeaders = this.pageHeaders(operators);
    const apiBehaviors = this.apiBehaviors(api);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Pho Sach console and APIs',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultRootObject: 'index.html',
      logBucket: logs,
      logFilePrefix: 'distribution/',
      defaultBehavior: {
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: pageHeaders,
        origin: S3BucketOrigin.withOriginAccessControl(files),
        compress: true,
        functionAssociations: [{ function: this.folderIndex(), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: { ...apiBehaviors, 'bulk/*': bulkBehavior(bulkFiles) },
    });
    new BucketDeployment(this, 'Upload', {
      sources: [Source.asset(builtConsole), Source.jsonData('config.json', { signIn: operators.signIn })],
      destinationBucket: files,
      distribution: this.distribution,
      distributionPaths: ['/*'],
    });
    this.acknowledge(files);
  }

  private pageHeaders(operators: Operators): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'PageHeaders', {
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy({ alsoConnectTo: [operators.domain.baseUrl()] }),
          override: true,
        },
        contentTypeOptions: { override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
    });
  }

  /** All methods: what cannot be done is refused by the function, in the words of the API. */
  private apiBehaviors(api: HttpApi): Readonly<Record<string, BehaviorOptions>> {
    const { region, urlSuffix } = Stack.of(this);
    const behavior = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      origin: new HttpOrigin(`${api.apiId}.execute-api.${region}.${urlSuffix}`),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
    const openData = { ...behavior, cachePolicy: this.openDataCache(), compress: true };
    return {
      'api/*': { ...behavior, cachePolicy: CachePolicy.CACHING_DISABLED },
      'open/*': openData,
      'ogc*': openData,
      'sta/*': openData,
    };
  }

  /**
   * The function's Cache-Control decides how long an answer is kept. CloudFront does not read Vary: what answers differ by must be
   * in the key. Host must not, for what is in the key is sent on, and API Gateway knows itself by its own name only.
   */
  private openDataCache(): CachePolicy {
    return new CachePolicy(this, 'OpenDataCache', {
      comment: 'Open data: as the function says, by address and media type',
      defaultTtl: Duration.seconds(0),
      minTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      headerBehavior: CacheHeaderBehavior.allowList('Accept'),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /** `/data/` and `/crew/` are folders with an index, as on every other host. */
  private folderIndex(): CloudFrontFunction {
    return new CloudFrontFunction(this, 'FolderIndex', {
      comment: 'The index of a folder of the site',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(
        "function handler(event) { var r = event.request; var m = /^\\/(data|crew)\\/?$/.exec(r.uri); if (m) r.uri = '/' + m[1] + '/index.html'; return r; }",
      ),
    });
  }

  private acknowledge(files: IBucket): void {
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-CFR4',
        reason: 'Without a domain of its own the distribution has CloudFront’s certificate; a city adds its own',
      },
      { id: 'AwsSolutions-CFR1', reason: 'Open data is for everyone, wherever they are' },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'No secrets behind it: the public part is public, the other part checks tokens; a city adds WAF by its own policy',
      },
    );
    const stack = Stack.of(this);
    const uploader = stack.node.children.find((child) => child.node.id.startsWith('Custom::CDKBucketDeployment'));
    if (uploader === undefined) throw new Error('The CDK renamed its bucket deployment: look at its permissions again');
    const reason = 'The CDK’s own uploader, which runs at deployment only, on the asset bucket and the console’s files';
    const filesId = stack.getLogicalId(files.node.defaultChild as CfnBucket);
    const assets = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>';
    const basicExecution = 'arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const findings = [
      `AwsSolutions-IAM4[Policy::${basicExecution}]`,
      ...['GetBucket*', 'GetObject*', 'List*', 'Abort*', 'DeleteObject*'].map(
        (action) => `AwsSolutions-IAM5[Action::s3:${action}]`,
      ),
      `AwsSolutions-IAM5[Resource::${assets}/*]`,
      `AwsSolutions-IAM5[Resource::<${filesId}.Arn>/*]`,
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-L1',
    ];
    Validations.of(uploader).acknowledge(...findings.map((id) => ({ id, reason })));
  }
}
