import { Duration, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDestination } from 'aws-cdk-lib/aws-iotwireless';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { lorawanUplinkRule, uplinkRules } from '../events/topic-rules.ts';
import { ingestUplinksEnvironmentSchema } from '../shared/lambda/environment.ts';
import { arnOf } from './arn.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { EpisodeNotices } from './episode-notices.ts';
import { QueuePair } from './queue-pair.ts';
import { QueueRule } from './queue-rule.ts';

const TIMEOUT = Duration.seconds(60);

/** From the topic rules to stored readings: rule → queue → function, with one dead-letter queue for all that was refused. */
export class UplinkIngest extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly lorawanDestinationName: string;

  constructor(scope: Construct, id: string, { notices, ...stores }: Stores & { readonly notices: EpisodeNotices }) {
    super(scope, id);
    const pair = new QueuePair(this, 'Uplinks', {
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      maxReceiveCount: 5,
    });
    this.queue = pair.queue;
    this.deadLetterQueue = pair.deadLetterQueue;

    for (const rule of uplinkRules) {
      new QueueRule(this, rule.name, { rule, queue: pair.queue, errorQueue: pair.deadLetterQueue });
    }
    this.lorawanDestinationName = this.lorawanDestination().name;

    const ingest = new CityFunction(this, 'Function', {
      ...stores,
      name: 'ingest-uplinks',
      description: 'Decodes, validates, checks and stores uplinks',
      environmentSchema: ingestUplinksEnvironmentSchema,
      environment: { REFUSED_QUEUE_URL: pair.deadLetterQueue.queueUrl, ...notices.environment },
      readingsAccess: 'read-write',
      tableAccess: 'read-write',
      timeout: TIMEOUT,
      memoryMb: 512,
    });
    pair.deadLetterQueue.grantSendMessages(ingest.lambda);
    notices.grantSend(ingest.lambda);
    ingest.lambda.addEventSource(
      new SqsEventSource(pair.queue, {
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(1),
        reportBatchItemFailures: true,
        maxConcurrency: 20,
      }),
    );
  }

  /** AWS IoT Core for LoRaWAN hands every uplink to the rule by its name. */
  private lorawanDestination(): CfnDestination {
    const role = new Role(this, 'LorawanRole', { assumedBy: new ServicePrincipal('iotwireless.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['iot:Publish'],
        resources: [arnOf(this, 'iot', 'topic', `$aws/rules/${lorawanUplinkRule.name}`)],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['iot:DescribeEndpoint'], resources: ['*'] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'iot:DescribeEndpoint knows no resource',
    });
    return new CfnDestination(this, 'LorawanDestination', {
      name: 'phosach_lorawan',
      description: 'LoRaWAN uplinks of Pho Sach',
      expressionType: 'RuleName',
      expression: lorawanUplinkRule.name,
      roleArn: role.roleArn,
    });
  }
}
