import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { CityFunction } from './city-function.ts';
import { acknowledgePrefix, privateBucket } from './private-bucket.ts';

/** How long a photo is kept: people may be seen in it, and no complaint is settled later. */
const KEPT = Duration.days(400);

/** What keys of photos begin with (`photoKeyOf` in shared/routing/crew/photo.ts). */
const PREFIX = 'crew-photos/';

/** Photos of crews' reports: a bucket that nobody reaches but the operations API, which says who may see what. */
export class CrewPhotos extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      lifecycleRules: [{ expiration: KEPT }],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Nobody reads or writes it but the operations API, whose log has every request with its user',
    });
  }

  get environment(): Readonly<Record<string, string>> {
    return { CREW_PHOTO_BUCKET: this.bucket.bucketName };
  }

  /** Puts and gets photos, deletes none. Who may not list a prefix is told 403, not 404, of what is not there: so it may. */
  grant(to: CityFunction): void {
    to.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [this.bucket.arnForObjects(`${PREFIX}*`)],
      }),
    );
    to.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${PREFIX}*` } },
      }),
    );
    acknowledgePrefix(to, this.bucket, PREFIX, 'A photo a report; it may put and get them and do nothing else');
  }
}
