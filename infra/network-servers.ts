import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { ParamsAndSecretsLayerVersion, ParamsAndSecretsVersions } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { NETWORK_TOPIC_PREFIX } from '../events/topic-rules.ts';
import { WEBHOOK_SECRET_LENGTH, webhookSecretId, webhookSenders } from '../events/webhook-senders.ts';
import { ingestWebhookEnvironmentSchema } from '../shared/lambda/environment.ts';
import { arnOf } from './arn.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { thingPolicy } from './thing-policy.ts';

/** IoT policy for the certificate of a network server's MQTT client. */
export const NETWORK_SERVER_POLICY_NAME = 'phosach-network-server';

/** What the MQTT client of a network server may do: it speaks for devices of networks, never for one with a certificate of its own. */
export class NetworkServerAccess extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnPolicy(this, 'Policy', {
      policyName: NETWORK_SERVER_POLICY_NAME,
      policyDocument: thingPolicy(this, {
        Effect: 'Allow',
        Action: 'iot:Publish',
        Resource: arnOf(this, 'iot', 'topic', `${NETWORK_TOPIC_PREFIX}/*`),
      }),
    });
  }
}

export type NetworkServersProps = Stores & { readonly api: HttpApi; readonly uplinkQueue: IQueue };

/** The two doors for LoRaWAN network servers that are not AWS's: MQTT with a certificate, and a webhook with a secret. */
export class NetworkServers extends Construct {
  constructor(scope: Construct, id: string, props: NetworkServersProps) {
    super(scope, id);
    new NetworkServerAccess(this, 'Access');
    this.webhook(props);
  }

  private webhook(props: NetworkServersProps): void {
    const prefix = `phosach/${props.cityId}/webhook/`;
    const webhook = new CityFunction(this, 'Webhook', {
      ...props,
      name: 'ingest-webhook',
      description: 'Takes uplinks over HTTPS from whoever knows the secret',
      environmentSchema: ingestWebhookEnvironmentSchema,
      environment: { UPLINK_QUEUE_URL: props.uplinkQueue.queueUrl, WEBHOOK_SECRET_PREFIX: prefix },
      readingsAccess: 'none',
      tableAccess: 'none',
      timeout: Duration.seconds(10),
      memoryMb: 256,
      secretsExtension: ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103),
    });
    props.uplinkQueue.grantSendMessages(webhook.lambda);
    for (const sender of webhookSenders) {
      const secret = new Secret(this, `Secret-${sender}`, {
        secretName: webhookSecretId(prefix, sender),
        description: `What ${sender} sends to the webhook as its bearer token`,
        generateSecretString: { passwordLength: WEBHOOK_SECRET_LENGTH, excludePunctuation: true },
        removalPolicy: RemovalPolicy.DESTROY,
      });
      secret.grantRead(webhook.lambda);
      Validations.of(secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason:
          'A person must enter the new secret at the network server: it is changed by hand, and counts within five minutes',
      });
    }
    for (const route of props.api.addRoutes({
      path: '/ingest/v1/{proxy+}',
      methods: [HttpMethod.POST, HttpMethod.GET],
      integration: new HttpLambdaIntegration('WebhookIntegration', webhook.lambda),
    })) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'The function asks for the sender’s secret itself, which an authorizer would ask for no better',
      });
    }
  }
}
