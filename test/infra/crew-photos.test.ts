import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf, statementsOf, templateWith } from './city-template.ts';

describe('Crews', () => {
  let template: Template;
  beforeAll(() => {
    template = templateWith({ readingStore: 'dynamodb' });
  });

  it('have a group of their own beside those of the office', () => {
    const groups = Object.values(resourcesOf(template, 'AWS::Cognito::UserPoolGroup')).map(
      ({ Properties }) => Properties.GroupName,
    );
    expect(groups.sort()).toEqual(['admin', 'crew', 'dispatcher', 'officer']);
  });

  it('have their photos in a bucket that only the operations API reaches, to put and to get', () => {
    const bucketId = Object.keys(resourcesOf(template, 'AWS::S3::Bucket')).find((id) => id.startsWith('CrewPhotos'));
    const touching = (statement: { readonly Resource: unknown }) =>
      JSON.stringify(statement.Resource).includes(`"${bucketId}"`);
    const statements = statementsOf(template, 'operations-api').filter(touching);
    expect(statements.map(({ Action }) => Action)).toEqual([['s3:GetObject', 's3:PutObject'], 's3:ListBucket']);
    expect(JSON.stringify(statements[0])).toContain('/crew-photos/*');
    expect(statements[1]).toMatchObject({ Condition: { StringLike: { 's3:prefix': 'crew-photos/*' } } });
    const policies = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).filter((policy) =>
      JSON.stringify(policy).includes(`"${bucketId}"`),
    );
    expect(policies).toHaveLength(1);
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 400, Status: 'Enabled' }] },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          POWERTOOLS_SERVICE_NAME: 'operations-api',
          CREW_PHOTO_BUCKET: { Ref: bucketId },
        }),
      },
    });
  });

  it('get driver sheets from the function that prints, behind the operators’ tokens', () => {
    const routes = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);
    const target = (key: string) => routes.find(({ RouteKey }) => RouteKey === key);
    const sheets = target('GET /api/v1/driver-sheets/{proxy+}');
    expect(sheets).toMatchObject({ AuthorizationType: 'JWT' });
    expect(sheets?.Target).toEqual(target('GET /api/v1/reports/{proxy+}')?.Target);
  });

  it('find their page at /crew/', () => {
    template.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: Match.stringLikeRegexp('\\(data\\|crew\\)'),
    });
    const [code] = Object.values(resourcesOf(template, 'AWS::CloudFront::Function'))
      .map(({ Properties }) => String(Properties.FunctionCode))
      .filter((text) => text.includes('crew'));
    const handler = new Function(`${code}; return handler;`)() as (event: object) => { uri: string };
    const asked = (uri: string) => handler({ request: { uri } }).uri;
    expect(['/crew', '/crew/', '/data/', '/', '/crew/sw.js', '/assets/crew/'].map(asked)).toEqual([
      '/crew/index.html',
      '/crew/index.html',
      '/data/index.html',
      '/',
      '/crew/sw.js',
      '/assets/crew/',
    ]);
  });
});
