import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ROADS_PREFIX } from '../events/road-files.ts';
import type { CityFunction } from './city-function.ts';

/** Prepared road networks: a bucket that `npm run roads -- --cloud` fills and planning reads. */
export class RoadFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // `current.json` is replaced: an earlier network can be named again.
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
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
    const bucketId = Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnBucket);
    Validations.of(reader).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${ROADS_PREFIX}*]`,
      reason: 'A network lies under the hash of its bytes; it may read them and do nothing else',
    });
  }
}
