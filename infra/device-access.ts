import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { UPLINK_TOPIC_PREFIX } from '../events/topic-rules.ts';
import { DEVICE_POLICY_NAME } from '../shared/provisioning/names.ts';
import { arnOf } from './arn.ts';
import { THING_NAME, thingPolicy } from './thing-policy.ts';

/**
 * What a device with a certificate may do: connect as itself, publish its own uplinks, hear its own downlinks. The thing's name is
 * a policy variable, so one policy serves every device and none can speak for another.
 */
export class DeviceAccess extends Construct {
  readonly policyName = DEVICE_POLICY_NAME;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const downlinks = `phosach/downlink/${THING_NAME}/*`;
    new CfnPolicy(this, 'Policy', {
      policyName: this.policyName,
      policyDocument: thingPolicy(
        this,
        {
          Effect: 'Allow',
          Action: 'iot:Publish',
          Resource: arnOf(this, 'iot', 'topic', `${UPLINK_TOPIC_PREFIX}/${THING_NAME}`),
        },
        { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arnOf(this, 'iot', 'topicfilter', downlinks) },
        { Effect: 'Allow', Action: 'iot:Receive', Resource: arnOf(this, 'iot', 'topic', downlinks) },
      ),
    });
  }
}
