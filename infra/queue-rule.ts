import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { IOT_SQL_VERSION, type TopicRule } from '../events/topic-rules.ts';

export type QueueRuleProps = { readonly rule: TopicRule; readonly queue: IQueue; readonly errorQueue: IQueue };

/** A topic rule whose action is a queue; when that action fails, the message (base64, with the error) goes to the error queue. */
export class QueueRule extends Construct {
  constructor(scope: Construct, id: string, { rule, queue, errorQueue }: QueueRuleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('iot.amazonaws.com') });
    queue.grantSendMessages(role);
    errorQueue.grantSendMessages(role);
    const sendTo = (target: IQueue) => ({
      sqs: { queueUrl: target.queueUrl, roleArn: role.roleArn, useBase64: false },
    });
    const topicRule = new CfnTopicRule(this, 'Rule', {
      ruleName: rule.name,
      topicRulePayload: {
        awsIotSqlVersion: IOT_SQL_VERSION,
        description: rule.description,
        sql: rule.sql,
        ruleDisabled: false,
        actions: [sendTo(queue)],
        errorAction: sendTo(errorQueue),
      },
    });
    // IoT Core tries the role when the rule is created; its policy must be there by then.
    topicRule.node.addDependency(role);
  }
}
