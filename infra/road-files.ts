import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ROADS_PREFIX } from '../events/road-files.ts';
import type { CityFunction } from './city-function.ts';
import { acknowledgePrefix, privateBucket } from './private-bucket.ts';

/** Prepared road networks: a bucket that `npm run roads -- --cloud` fills and planning reads. */
export class RoadFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      // `current.json` is replaced: an earlier network can be named again.
      versioned: true,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Public roads, read by one function, whose log says which network each plan rests on',
    });
  }

  /** To read the networks, and to be told that there is none: without the right to list, S3 answers 403 for what is not there. */
  grantRead(reader: CityFunction): void {
    const { bucket } = this;
    reader.lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${ROADS_PREFIX}*`)] }),
    );
    reader.lambda.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
    acknowledgePrefix(
      reader,
      this.bucket,
      ROADS_PREFIX,
      'A network lies under the hash of its bytes; it may read them and do nothing else',
    );
  }
}
