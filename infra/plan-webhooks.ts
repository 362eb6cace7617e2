import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ParamsAndSecretsLayerVersion, ParamsAndSecretsVersions } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { outgoingWebhookSecretId } from '../events/outgoing-webhooks.ts';
import { planTellingSchedule } from '../events/schedules.ts';
import { tellPlansEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CityFunction, type Stores } from './city-function.ts';
import { HourlyRun } from './hourly-run.ts';

export type PlanWebhooksProps = Stores & {
  readonly timeZone: string;
  /** Origins that receivers may have, e.g. `https://erp.example.vn`; the city calls no other. */
  readonly origins: readonly string[];
};

/** Tells receivers what happened to plans, every minute; each origin has a secret of its own, made here, that its messages are signed with. */
export class PlanWebhooks extends Construct {
  constructor(scope: Construct, id: string, props: PlanWebhooksProps) {
    super(scope, id);
    const prefix = `phosach/${props.cityId}/plan-webhook/`;
    const tell = new CityFunction(this, 'Function', {
      ...props,
      name: 'tell-plans',
      description: 'Tells receivers of plans that were published or changed',
      environmentSchema: tellPlansEnvironmentSchema,
      environment: { WEBHOOK_ORIGINS: props.origins.join(','), WEBHOOK_SECRET_PREFIX: prefix },
      readingsAccess: 'none',
      tableAccess: 'read-write',
      timeout: Duration.seconds(60),
      memoryMb: 512,
      secretsExtension: ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103),
    });
    for (const origin of props.origins)
      this.addSecret(outgoingWebhookSecretId(prefix, origin), origin).grantRead(tell.lambda);
    new HourlyRun(this, 'EveryMinute', { schedule: planTellingSchedule, timeZone: props.timeZone, of: tell });
  }

  private addSecret(secretName: string, origin: string): Secret {
    const { host } = new URL(origin);
    const secret = new Secret(this, `Secret-${host}`, {
      secretName,
      description: `What messages to ${host} are signed with; its owner is given it`,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The receiver must be given a new one first; a person does both',
    });
    return secret;
  }
}
