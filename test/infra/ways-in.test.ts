import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { webhookSenders } from '../../events/webhook-senders.ts';
import { actionsOf, context, resourcesOf, statementsOf, templateWith } from './city-template.ts';

let timestream: Template;

beforeAll(() => {
  timestream = templateWith({ readingStore: 'timestream' });
});

describe('provisioning', () => {
  it('lets the function do to things and certificates what it must, attach the one policy, and read no reading', () => {
    const statements = statementsOf(timestream, 'provision-sensor');
    const iot = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('iot:')));
    const actions = iot.flatMap(({ Action }) => Action).filter((action) => action.startsWith('iot:'));
    expect(actions.toSorted()).toEqual(
      [
        'AttachPolicy',
        'AttachThingPrincipal',
        'CreateCertificateFromCsr',
        'CreateKeysAndCertificate',
        'CreateThing',
        'DeleteCertificate',
        'DeleteThing',
        'DescribeCertificate',
        'DescribeEndpoint',
        'DescribeThing',
        'DetachPolicy',
        'DetachThingPrincipal',
        'ListThingPrincipals',
        'UpdateCertificate',
      ].map((action) => `iot:${action}`),
    );
    expect(JSON.stringify(iot)).toContain(':policy/phosach-device');
    expect(JSON.stringify(iot)).not.toContain(':policy/*');
    expect(JSON.stringify(statements)).not.toContain('timestream:');
  });

  it('lets the hook read and change nothing, and only AWS IoT ask it, for its template', () => {
    const actions = actionsOf(timestream, 'admit-device');
    expect(actions.filter((action) => action.startsWith('iot:')).toSorted()).toEqual([
      'iot:DescribeCertificate',
      'iot:ListThingPrincipals',
    ]);
    expect(actions.filter((action) => /^dynamodb:(Put|Update|Delete|BatchWrite)/.test(action))).toEqual([]);
    const permissions = Object.values(resourcesOf(timestream, 'AWS::Lambda::Permission'));
    const asked = permissions.filter(({ Properties }) => Properties.Principal === 'iot.amazonaws.com');
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(asked[0]?.Properties.SourceArn)).toContain(':provisioningtemplate/phosach-fleet');
    expect(asked[0]?.Properties.SourceAccount).toEqual({ Ref: 'AWS::AccountId' });
  });

  it('makes of an admitted device a thing with the device policy, by the id that the hook says', () => {
    const [template] = Object.values(resourcesOf(timestream, 'AWS::IoT::ProvisioningTemplate'));
    expect(template?.Properties).toMatchObject({ TemplateName: 'phosach-fleet', Enabled: true });
    expect(template?.Properties.PreProvisioningHook).toHaveProperty('TargetArn');
    expect(JSON.parse(String(template?.Properties.TemplateBody)).Resources).toMatchObject({
      thing: { Properties: { ThingName: { Ref: 'SensorId' } } },
      policy: { Properties: { PolicyName: 'phosach-device' } },
    });
  });

  it('lets a claim certificate ask for a certificate by CSR and for the template, and no more', () => {
    const [policy] = Object.values(resourcesOf(timestream, 'AWS::IoT::Policy')).filter(
      ({ Properties }) => Properties.PolicyName === 'phosach-claim',
    );
    const { Statement } = (policy?.Properties.PolicyDocument ?? { Statement: [] }) as {
      Statement: { Action: string; Resource: unknown[] }[];
    };
    const resources = Statement.flatMap(({ Action, Resource }) =>
      Resource.map((arn) => `${Action} ${JSON.stringify(arn).match(/:([^:"]*)"\]\]/)?.[1]}`),
    );
    const topics = [
      '$aws/certificates/create-from-csr/json',
      '$aws/provisioning-templates/phosach-fleet/provision/json',
    ];
    const answers = topics.flatMap((topic) => [`${topic}/accepted`, `${topic}/rejected`]);
    expect(resources).toEqual([
      'iot:Connect client/claim-*',
      ...topics.map((topic) => `iot:Publish topic/${topic}`),
      ...answers.map((topic) => `iot:Subscribe topicfilter/${topic}`),
      ...answers.map((topic) => `iot:Receive topic/${topic}`),
    ]);
  });
});

describe('station files', () => {
  const bucket = () =>
    Object.entries(resourcesOf(timestream, 'AWS::S3::Bucket')).find(([id]) => id.startsWith('StationFiles'));

  it('come into an encrypted, private, versioned bucket that forgets them in time', () => {
    timestream.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: Match.anyValue(),
      BucketEncryption: Match.anyValue(),
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: {
        Rules: [Match.objectLike({ ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 400 } })],
      },
    });
    const policies = Object.values(resourcesOf(timestream, 'AWS::S3::BucketPolicy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Bucket).includes(bucket()?.[0] ?? '?'),
    );
    expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"');
  });

  it('are announced on a queue that takes them from this account’s buckets only', () => {
    expect(bucket()?.[1].Properties.NotificationConfiguration).toMatchObject({
      QueueConfigurations: [
        { Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'incoming/' }] } } },
      ],
    });
    timestream.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'sqs:SendMessage',
            Principal: { Service: 's3.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': Match.anyValue() } },
          }),
        ]),
      }),
    });
  });

  it('may be read by their function alone, below incoming/, and deleted by none', () => {
    const statements = statementsOf(timestream, 'ingest-station-files').filter(({ Action }) =>
      JSON.stringify(Action).includes('s3:'),
    );
    expect(statements.map(({ Action }) => Action)).toEqual([['s3:GetObject', 's3:GetObjectVersion'], 's3:ListBucket']);
    expect(JSON.stringify(statements[0]?.Resource)).toContain('/incoming/*');
    expect(actionsOf(timestream, 'open-data-api').join()).not.toContain('s3:');
  });
});

describe('webhook', () => {
  it('asks for its secrets itself, and may read those, send to the uplink queue and nothing else', () => {
    const routes = Object.values(resourcesOf(timestream, 'AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties,
    );
    const webhook = routes.filter((route) => String(route.RouteKey).includes('/ingest/'));
    expect(webhook.map(({ RouteKey }) => RouteKey).sort()).toEqual([
      'GET /ingest/v1/{proxy+}',
      'POST /ingest/v1/{proxy+}',
    ]);
    const statements = statementsOf(timestream, 'ingest-webhook');
    expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(
      new Set([
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'sqs:SendMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'secretsmanager:GetSecretValue',
        'secretsmanager:DescribeSecret',
      ]),
    );
    for (const { Action, Resource } of statements) {
      if (!String(Action).startsWith('xray:')) expect(JSON.stringify(Resource)).not.toBe('"*"');
    }
  });

  it('has a secret of its own for every sender, made by AWS', () => {
    const secrets = Object.values(resourcesOf(timestream, 'AWS::SecretsManager::Secret'));
    expect(secrets.map(({ Properties }) => Properties.Name).sort()).toEqual(
      webhookSenders.map((sender) => `phosach/${context.city}/webhook/${sender}`).sort(),
    );
    for (const { Properties } of secrets) {
      expect(Properties).toHaveProperty('GenerateSecretString');
      expect(Properties).not.toHaveProperty('SecretString');
    }
  });
});
