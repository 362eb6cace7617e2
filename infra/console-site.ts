import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
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
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { contentSecurityPolicy } from '../shared/lambda/content-security-policy.ts';
import type { Operators } from './operators.ts';

const builtConsole = join(import.meta.dirname, '..', 'web', 'dist');

export type ConsoleSiteProps = { readonly api: HttpApi; readonly bulkFiles: IBucket; readonly operators: Operators };

/** The console's files and both APIs under one name, so that the browser asks one origin only. */
export class ConsoleSite extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { api, bulkFiles, operators }: ConsoleSiteProps) {
    super(scope, id);
    const logs = this.privateBucket('Logs', { objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED });
    const files = this.privateBucket('Files', { serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'files/' });
    const apiOrigin = new HttpOrigin(`${api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}`);
    const pageHeaders = new ResponseHeadersPolicy(this, 'PageHeaders', {
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
    const common = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
    };
    // All methods: what cannot be done is refused by the function, in the words of the API.
    const openData = {
      ...common,
      origin: apiOrigin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: this.openDataCache(),
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      compress: true,
    };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Pho Sach console and APIs',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultRootObject: 'index.html',
      logBucket: logs,
      logFilePrefix: 'distribution/',
      defaultBehavior: {
        ...common,
        responseHeadersPolicy: pageHeaders,
        origin: S3BucketOrigin.withOriginAccessControl(files),
        compress: true,
        functionAssociations: [{ function: this.folderIndex(), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        'api/*': {
          ...common,
          origin: apiOrigin,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
        'open/*': openData,
        'ogc*': openData,
        'sta/*': openData,
        // Files that never change, by ranges too; compressed already.
        'bulk/*': {
          ...common,
          origin: S3BucketOrigin.withOriginAccessControl(bulkFiles),
          allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          originRequestPolicy: OriginRequestPolicy.CORS_S3_ORIGIN,
          responseHeadersPolicy: ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT_AND_SECURITY_HEADERS,
          compress: false,
        },
      },
    });
    new BucketDeployment(this, 'Upload', {
      sources: [Source.asset(builtConsole), Source.jsonData('config.json', { signIn: operators.signIn })],
      destinationBucket: files,
      distribution: this.distribution,
      distributionPaths: ['/*'],
    });
    this.acknowledge(files);
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

  /** `/data/` is a folder with an index, as on every other host. */
  private folderIndex(): CloudFrontFunction {
    return new CloudFrontFunction(this, 'FolderIndex', {
      comment: 'The index of a folder of the site',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(
        "function handler(event) { var r = event.request; if (r.uri === '/data' || r.uri === '/data/') r.uri = '/data/index.html'; return r; }",
      ),
    });
  }

  private privateBucket(id: string, extra: ConstructorParameters<typeof Bucket>[2]): Bucket {
    return new Bucket(this, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...extra,
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
