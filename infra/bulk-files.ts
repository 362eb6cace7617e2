import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BULK_PREFIX } from '../events/bulk-files.ts';
import { bulkFilesSchedule } from '../events/schedules.ts';
import { issueBulkFilesEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { HourlyRun } from './hourly-run.ts';
import { acknowledgePrefix, privateBucket } from './private-bucket.ts';

/** Daily files of open data: a bucket that only the city's distribution reads, and the function that fills it every night. */
export class BulkFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { timeZone, ...stores }: Stores & { readonly timeZone: string }) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      // What was public must stay to be had, whatever writes here by mistake.
      versioned: true,
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
          allowedOrigins: ['*'],
          allowedHeaders: ['*'],
          exposedHeaders: ['Accept-Ranges', 'Content-Length', 'Content-Range', 'ETag'],
          maxAge: Duration.days(1).toSeconds(),
        },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Nobody reads it but the distribution, which logs every request; the function’s log has every file it puts',
    });
    const issue = new CityFunction(this, 'Function', {
      ...stores,
      name: 'issue-bulk-files',
      description: 'Issues the daily files of open data, Parquet and CSV',
      environmentSchema: issueBulkFilesEnvironmentSchema,
      environment: { BULK_BUCKET: this.bucket.bucketName },
      readingsAccess: 'read',
      tableAccess: 'read-write',
      timeout: Duration.minutes(15),
      // Memory that brings a whole core: compressing is most of the work.
      memoryMb: 1_769,
    });
    issue.lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects(`${BULK_PREFIX}*`)] }),
    );
    acknowledgePrefix(
      issue,
      this.bucket,
      BULK_PREFIX,
      'A file a day, quantity and version; it may put them and do nothing else',
    );
    new HourlyRun(this, 'Nightly', { schedule: bulkFilesSchedule, timeZone, of: issue });
  }
}
