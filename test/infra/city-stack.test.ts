import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { uplinkRules } from '../../events/topic-rules.ts';
import { actionsOf, resourcesOf, statementsOf, templateWith } from './city-template.ts';

const functionFolders = readdirSync(join(import.meta.dirname, '..', '..', 'functions')).toSorted();

const serviceNameOf = (properties: Record<string, unknown>): string =>
  (properties as { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: string } } }).Environment.Variables
    .POWERTOOLS_SERVICE_NAME;

let timestream: Template;
let dynamodb: Template;

beforeAll(() => {
  timestream = templateWith({ readingStore: 'timestream' });
  dynamodb = templateWith({ readingStore: 'dynamodb' });
});

describe('topic rules', () => {
  it('deploys the shared rule SQL, in the SQL version it was written for', () => {
    for (const rule of uplinkRules) {
      timestream.hasResourceProperties('AWS::IoT::TopicRule', {
        RuleName: rule.name,
        TopicRulePayload: Match.objectLike({ Sql: rule.sql, AwsIotSqlVersion: '2016-03-23', RuleDisabled: false }),
      });
    }
  });

  it('gives every topic rule a queue as its action and an error action', () => {
    const rules = Object.values(resourcesOf(timestream, 'AWS::IoT::TopicRule'));
    expect(rules).toHaveLength(uplinkRules.length);
    for (const { Properties } of rules) {
      expect(Properties.TopicRulePayload).toMatchObject({
        Actions: [{ Sqs: { UseBase64: false } }],
        ErrorAction: { Sqs: {} },
      });
    }
  });

  it('lets AWS IoT Core for LoRaWAN call its rule by name, and that rule only', () => {
    timestream.hasResourceProperties('AWS::IoTWireless::Destination', {
      ExpressionType: 'RuleName',
      Expression: 'phosach_lorawan_uplink',
    });
    const publishers = JSON.stringify(
      Object.values(resourcesOf(timestream, 'AWS::IAM::Policy')).filter((policy) =>
        JSON.stringify(policy).includes('iot:Publish'),
      ),
    );
    expect(publishers).toContain('topic/$aws/rules/phosach_lorawan_uplink');
    expect(publishers).not.toContain('topic/*');
  });
});

describe('device policy', () => {
  it('lets a thing connect, publish and subscribe as itself only', () => {
    const policies = Object.values(resourcesOf(timestream, 'AWS::IoT::Policy')).filter(
      ({ Properties }) => Properties.PolicyName === 'phosach-device',
    );
    const Statement = policies.flatMap(
      ({ Properties }) =>
        (Properties.PolicyDocument as { Statement: { Action: string; Resource: unknown }[] }).Statement,
    );
    expect(Statement.map((statement) => statement.Action)).toEqual([
      'iot:Connect',
      'iot:Publish',
      'iot:Subscribe',
      'iot:Receive',
    ]);
    for (const statement of Statement) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the policy variable as IoT Core reads it
      expect(JSON.stringify(statement.Resource)).toContain('${iot:Connection.Thing.ThingName}');
    }
  });
});

describe('queues', () => {
  it('gives every consumed queue a dead-letter queue, and every queue encryption', () => {
    const queues = resourcesOf(timestream, 'AWS::SQS::Queue');
    const consumed = Object.values(resourcesOf(timestream, 'AWS::Lambda::EventSourceMapping')).map(
      (mapping) => (mapping.Properties.EventSourceArn as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0] ?? '',
    );
    expect(consumed).toHaveLength(4);
    for (const name of consumed) expect(queues[name]?.Properties).toHaveProperty('RedrivePolicy.maxReceiveCount');
    for (const { Properties } of Object.values(queues)) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  it('hands uplinks over in batches of up to 100 with partial-batch failures', () => {
    timestream.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 100,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('keeps a message hidden for six times the time its function may take', () => {
    const visibilities = Object.values(resourcesOf(timestream, 'AWS::SQS::Queue')).map(
      (queue) => queue.Properties.VisibilityTimeout,
    );
    expect(visibilities).toEqual(expect.arrayContaining([360, 1_800]));
  });

  it('raises an alarm when a message has died', () => {
    timestream.resourceCountIs('AWS::CloudWatch::Alarm', 4);
  });
});

describe('functions', () => {
  it('runs them all on Node 24 and arm64 with traces', () => {
    const functions = Object.values(resourcesOf(timestream, 'AWS::Lambda::Function')).filter((resource) =>
      JSON.stringify(resource.Properties.Environment ?? {}).includes('POWERTOOLS_SERVICE_NAME'),
    );
    const names = functions.map(({ Properties }) => serviceNameOf(Properties));
    // Context brokers are told only where the deployment names their origins.
    expect(names.toSorted()).toEqual(functionFolders.filter((name) => name !== 'push-context'));
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
  });

  it('lets only the ingest write readings, the evaluation what it derives, and the officers laboratory results', () => {
    for (const writer of ['ingest-uplinks', 'ingest-station-files', 'evaluate-environment', 'operations-api']) {
      expect(actionsOf(timestream, writer)).toContain('timestream:WriteRecords');
    }
    for (const reader of ['plan-collections', 'open-data-api', 'sensorthings-api', 'reports-api']) {
      expect(actionsOf(timestream, reader)).toContain('timestream:Select');
      expect(actionsOf(timestream, reader)).not.toContain('timestream:WriteRecords');
    }
  });

  it('lets what averages keep rollups in DynamoDB, and write nothing else there', () => {
    const writes = (name: string) => {
      const readingsTable =
        Object.keys(dynamodb.findResources('AWS::DynamoDB::Table')).find((id) => id.startsWith('Readings')) ?? '';
      return statementsOf(dynamodb, name)
        .filter(({ Resource }) => JSON.stringify(Resource).includes(readingsTable))
        .flatMap(({ Action }) => Action)
        .filter((action) => /:(Put|Update|Delete|BatchWrite)Item$/.test(action));
    };
    expect(writes('plan-collections')).toEqual(['dynamodb:UpdateItem']);
    expect(writes('open-data-api')).toEqual([]);
    expect(writes('reports-api')).toEqual([]);
  });

  it('lets the watch over sensors look at no reading, and write into the city table alone', () => {
    const statements = statementsOf(dynamodb, 'watch-sensors');
    const tables = Object.keys(dynamodb.findResources('AWS::DynamoDB::Table'));
    const readings = tables.find((id) => id.startsWith('Readings')) ?? '';
    expect(readings).not.toBe('');
    expect(JSON.stringify(statements)).not.toContain(readings);
    expect(actionsOf(dynamodb, 'watch-sensors')).toContain('dynamodb:BatchWriteItem');
    expect(actionsOf(timestream, 'watch-sensors').filter((action) => action.startsWith('timestream:'))).toEqual([]);
  });

  it('lets the public API change nothing', () => {
    const actions = actionsOf(dynamodb, 'open-data-api');
    expect(actions).toContain('dynamodb:Query');
    expect(actions.filter((action) => /^(dynamodb:(Put|Update|Delete|BatchWrite)|sqs:)/.test(action))).toEqual([]);
  });
});

describe('SensorThings', () => {
  it('writes numbers of entities into the city table, and nothing else anywhere', () => {
    const writes = statementsOf(dynamodb, 'sensorthings-api').filter(({ Action }) =>
      [Action].flat().some((action) => /:(Put|Update|Delete|BatchWrite|TransactWrite|SendMessage)/.test(action)),
    );
    expect(writes.filter(({ Action }) => !JSON.stringify(Action).includes('xray:'))).toMatchObject([
      {
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['sensorthings-id*'] } },
      },
    ]);
  });

  it('takes every method without asking who it is, and is found below the public address', () => {
    const routes = Object.values(resourcesOf(dynamodb, 'AWS::ApiGatewayV2::Route'))
      .map(({ Properties }) => Properties)
      .filter(({ RouteKey }) => String(RouteKey).includes('/sta/'));
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(['ANY /sta/v1.1', 'ANY /sta/v1.1/{proxy+}']);
    for (const route of routes) expect(route.AuthorizationType).toBe('NONE');
    dynamodb.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { CacheBehaviors: Match.arrayWith([Match.objectLike({ PathPattern: 'sta/*' })]) },
    });
  });
});

describe('frames', () => {
  it('expire in the city table', () => {
    timestream.hasResourceProperties('AWS::DynamoDB::Table', {
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });
});

describe('reading stores', () => {
  it('keeps readings ten years in Timestream and takes late ones', () => {
    timestream.hasResourceProperties('AWS::Timestream::Table', {
      RetentionProperties: { MemoryStoreRetentionPeriodInHours: '24', MagneticStoreRetentionPeriodInDays: '3650' },
      MagneticStoreWriteProperties: { EnableMagneticStoreWrites: true },
    });
  });

  it('uses no Timestream at all with DynamoDB', () => {
    dynamodb.resourceCountIs('AWS::Timestream::Database', 0);
    dynamodb.resourceCountIs('AWS::DynamoDB::Table', 2);
    expect(JSON.stringify(dynamodb.toJSON())).not.toContain('timestream:');
  });

  it('never deletes data with the stack', () => {
    for (const [type, template] of [
      ['AWS::DynamoDB::Table', dynamodb],
      ['AWS::Timestream::Table', timestream],
      ['AWS::Timestream::Database', timestream],
      ['AWS::Cognito::UserPool', timestream],
    ] as const) {
      for (const resource of Object.values(template.findResources(type)))
        expect(resource.DeletionPolicy).toBe('Retain');
    }
  });
});

describe('HTTP API', () => {
  it('asks for an operator’s token on operations and for none on open data', () => {
    const routes = Object.values(resourcesOf(timestream, 'AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties,
    );
    const operations = routes.filter((route) => String(route.RouteKey).includes('/api/'));
    const openData = routes.filter((route) => String(route.RouteKey).includes('/open/'));
    expect(operations.length).toBeGreaterThan(0);
    expect(openData.length).toBeGreaterThan(0);
    for (const route of operations) expect(route.AuthorizationType).toBe('JWT');
    for (const route of openData) expect(route.AuthorizationType).toBe('NONE');
  });
});

describe('Features', () => {
  it('reads the city table, and can neither read readings nor change anything', () => {
    const actions = [...actionsOf(dynamodb, 'features-api'), ...actionsOf(timestream, 'features-api')];
    expect(actions).toContain('dynamodb:Query');
    const writing = actions.filter((action) => /(Put|Update|Delete|Write)|^(sqs|timestream):/.test(action));
    expect(new Set(writing)).toEqual(new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']));
    const readings = Object.keys(dynamodb.findResources('AWS::DynamoDB::Table')).find((id) =>
      id.startsWith('Readings'),
    );
    expect(JSON.stringify(statementsOf(dynamodb, 'features-api'))).not.toContain(readings ?? '');
  });

  it('asks nobody who they are, and is found below the public address, which its links begin with', () => {
    const routes = Object.values(resourcesOf(dynamodb, 'AWS::ApiGatewayV2::Route'))
      .map(({ Properties }) => Properties)
      .filter(({ RouteKey }) => String(RouteKey).includes('/ogc'));
    expect(routes).toHaveLength(2);
    for (const route of routes) expect(route.AuthorizationType).toBe('NONE');
    dynamodb.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { CacheBehaviors: Match.arrayWith([Match.objectLike({ PathPattern: 'ogc*' })]) },
    });
    for (const name of ['features-api', 'open-data-api']) {
      dynamodb.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: name, PUBLIC_URL: Match.anyValue() }) },
      });
    }
  });
});

describe('schedules', () => {
  it('plans before the evening shift and evaluates ten past every hour, in the city’s time zone', () => {
    for (const expression of ['cron(0 19 * * ? *)', 'cron(10 * * * ? *)']) {
      timestream.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: expression,
        ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh',
      });
    }
  });
});

describe('settings', () => {
  it('lets a city with other shifts plan at another hour', () => {
    templateWith({ planCron: '30 3 * * *' }).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(30 3 * * ? *)',
    });
  });

  it('names the context value at fault', () => {
    expect(() => templateWith({ readingStore: 'excel' })).toThrow(/-c readingStore/);
  });
});
