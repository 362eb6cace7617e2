import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { bulkFilesSchedule } from '../../events/schedules.ts';
import { resourcesOf, statementsOf, templateWith } from './city-template.ts';

describe('Bulk files', () => {
  let template: Template;
  beforeAll(() => {
    template = templateWith({ readingStore: 'dynamodb' });
  });

  it('are put by one function, which may do nothing else to them, and writes no reading', () => {
    const statements = statementsOf(template, 'issue-bulk-files');
    const s3 = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('s3:')));
    expect(s3.map(({ Action }) => Action)).toEqual(['s3:PutObject']);
    expect(JSON.stringify(s3)).toContain('/bulk/v1/*');
    const readings = Object.keys(resourcesOf(template, 'AWS::DynamoDB::Table')).find((id) => id.startsWith('Readings'));
    const writes = statements.filter(
      ({ Action, Resource }) =>
        JSON.stringify(Resource).includes(`"${readings}"`) && [Action].flat().includes('dynamodb:PutItem'),
    );
    expect(writes).toEqual([]);
  });

  it('are read by the city’s distribution and by nobody else, and kept in every version', () => {
    const bucket = Object.keys(resourcesOf(template, 'AWS::S3::Bucket')).find((id) => id.startsWith('BulkBucket'));
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'HEAD'] })] },
    });
    const policy = Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy')).find(
      ({ Properties }) => JSON.stringify(Properties.Bucket) === JSON.stringify({ Ref: bucket }),
    );
    const document = policy?.Properties.PolicyDocument as { Statement: Record<string, unknown>[] } | undefined;
    const allowed = (document?.Statement ?? []).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      { Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' }, Condition: { StringEquals: {} } },
    ]);
    expect(JSON.stringify(allowed[0]?.Condition)).toContain('AWS:SourceArn');
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: Match.arrayWith([Match.objectLike({ PathPattern: 'bulk/*', Compress: false })]),
      },
    });
  });

  it('are issued by the city’s clock', () => {
    const [minute, hour] = bulkFilesSchedule.cron.split(' ');
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: `cron(${minute} ${hour} * * ? *)`,
      ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh',
    });
  });
});
