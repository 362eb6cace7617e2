import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { STATION_FILE_RETENTION_DAYS, STATION_FILES_PREFIX } from '../events/station-file-event.ts';
import { ingestStationFilesEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { EpisodeNotices } from './episode-notices.ts';
import { acknowledgePrefix, privateBucket } from './private-bucket.ts';
import { QueuePair } from './queue-pair.ts';

const TIMEOUT = Duration.seconds(60);

/**
 * Station files of Thông tư 10/2021: bucket → queue → function, with a dead-letter queue for what was refused. How the loggers' files get
 * into the bucket (AWS Transfer Family, a server of the city's own) is the city's choice; see docs/station-files.md.
 */
export class StationFiles extends Construct {
  readonly bucket: Bucket;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { notices, ...stores }: Stores & { readonly notices: EpisodeNotices }) {
    super(scope, id);
    const pair = new QueuePair(this, 'Events', {
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      maxReceiveCount: 5,
    });
    this.queue = pair.queue;
    this.deadLetterQueue = pair.deadLetterQueue;
    this.bucket = this.announcingBucket(pair.queue);

    const ingest = new CityFunction(this, 'Function', {
      ...stores,
      name: 'ingest-station-files',
      description: 'Reads, checks and stores station files of TT 10/2021',
      environmentSchema: ingestStationFilesEnvironmentSchema,
      environment: { REFUSED_QUEUE_URL: pair.deadLetterQueue.queueUrl, ...notices.environment },
      readingsAccess: 'read-write',
      tableAccess: 'read-write',
      timeout: TIMEOUT,
      memoryMb: 512,
    });
    pair.deadLetterQueue.grantSendMessages(ingest.lambda);
    notices.grantSend(ingest.lambda);
    const files = this.bucket.arnForObjects(`${STATION_FILES_PREFIX}*`);
    ingest.lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [files] }),
    );
    // Without it S3 says "access denied" of a file that is gone, and nobody could tell the two apart.
    ingest.lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
    );
    acknowledgePrefix(
      ingest,
      this.bucket,
      STATION_FILES_PREFIX,
      'Every station has its own folder below, and any name the circular allows',
    );
    ingest.lambda.addEventSource(
      new SqsEventSource(pair.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 10 }),
    );
  }

  /**
   * A bucket that tells the queue of every file under `incoming/`. Written as the bucket's own property: the CDK's way needs a
   * function with wide permissions to do the same.
   */
  private announcingBucket(queue: Queue): Bucket {
    const bucket = privateBucket(this, 'Bucket', {
      // A logger that sends a name again must not replace what was acknowledged and is not yet read.
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(STATION_FILE_RETENTION_DAYS),
          noncurrentVersionExpiration: Duration.days(STATION_FILE_RETENTION_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Every file that arrives leaves a record and a line in the function’s log; a city that wants reads logged adds CloudTrail',
    });
    const cfnBucket = bucket.node.defaultChild as CfnBucket;
    cfnBucket.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: queue.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: STATION_FILES_PREFIX }] } },
        },
      ],
    };
    const permission = queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        // The bucket's name is not known before the bucket, and S3 tries the queue when the bucket is made.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (permission.policyDependable !== undefined) cfnBucket.node.addDependency(permission.policyDependable);
    return bucket;
  }
}
