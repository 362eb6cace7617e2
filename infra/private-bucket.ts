import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { CityFunction } from './city-function.ts';

/** A bucket that nobody reaches without a permission, that takes nothing but TLS, and that outlives the stack. */
export const privateBucket = (scope: Construct, id: string, extra: BucketProps = {}): Bucket =>
  new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...extra,
  });

/** Why a function has rights to everything under a prefix. */
export const acknowledgePrefix = (of: CityFunction, bucket: Bucket, prefix: string, reason: string): void => {
  const bucketId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
  Validations.of(of).acknowledge({ id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${prefix}*]`, reason });
};
