import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { UPLINK_TOPIC_PREFIX } from '../events/topic-rules.ts';
import { DEVICE_POLICY_NAME } from '../shared/provisioning/names.ts';
import { arnOf } from './arn.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: IoT Core fills this policy variable, not we
const THING_NAME = '${iot:Connection.Thing.ThingName}';

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
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iot:Connect',
            Resource: arnOf(this, 'iot', 'client', THING_NAME),
            Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
          },
          {
            Effect: 'Allow',
            Action: 'iot:Publish',
            Resource: arnOf(this, 'iot', 'topic', `${UPLINK_TOPIC_PREFIX}/${THING_NAME}`),
          },
          { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arnOf(this, 'iot', 'topicfilter', downlinks) },
          { Effect: 'Allow', Action: 'iot:Receive', Resource: arnOf(this, 'iot', 'topic', downlinks) },
        ],
      },
    });
  }
}
