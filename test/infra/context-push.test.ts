import type { Template } from 'aws-cdk-lib/assertions';
import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { actionsOf, resourcesOf, statementsOf, templateWith } from './city-template.ts';

let template: Template;

beforeAll(() => {
  template = templateWith({
    readingStore: 'dynamodb',
    contextOrigins: 'https://ioc.example.vn, https://broker.example.vn:8443',
  });
});

const writes = /^dynamodb:(Put|Update|Delete|BatchWrite)/;

describe('NGSI-LD for everyone', () => {
  it('writes nothing and asks nobody who they are', () => {
    expect(actionsOf(template, 'ngsi-ld-api').filter((action) => writes.test(action))).toEqual([]);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'ANY /ngsi-ld/v1/{proxy+}',
      AuthorizationType: 'NONE',
    });
  });
});

describe('NGSI-LD behind the city’s one address', () => {
  it('is kept by address, media type and preference: CloudFront does not read Vary', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { CacheBehaviors: Match.arrayWith([Match.objectLike({ PathPattern: 'ngsi-ld/*' })]) },
    });
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept', 'Prefer'] },
        },
      },
    });
  });
});

describe('Context brokers', () => {
  it('are told every minute, over a queue that keeps what nobody could work on', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(* * * * ? *)',
      Target: Match.objectLike({ Input: '{"kind":"sweep"}' }),
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          POWERTOOLS_SERVICE_NAME: 'push-context',
          CONTEXT_BROKER_ORIGINS: 'https://ioc.example.vn,https://broker.example.vn:8443',
        },
      },
    });
  });

  it('have a secret each, which only the function that tells them may read', () => {
    const secrets = Object.entries(resourcesOf(template, 'AWS::SecretsManager::Secret')).filter(([, { Properties }]) =>
      String(Properties.Name).includes('/context/'),
    );
    expect(secrets.map(([, { Properties }]) => Properties.Name)).toEqual([
      'phosach/thu-dau-mot/context/ioc.example.vn',
      'phosach/thu-dau-mot/context/broker.example.vn_8443',
    ]);
    for (const [id] of secrets) {
      expect(JSON.stringify(statementsOf(template, 'push-context'))).toContain(id);
      expect(JSON.stringify(statementsOf(template, 'ingest-webhook'))).not.toContain(id);
    }
  });

  it('are told by a function that writes to the city table and to its dead-letter queue, and no reading', () => {
    const statements = statementsOf(template, 'push-context');
    const readings = Object.keys(template.findResources('AWS::DynamoDB::Table')).find((id) =>
      id.startsWith('Readings'),
    );
    const ofReadings = statements.filter(({ Resource }) => JSON.stringify(Resource).includes(String(readings)));
    expect(ofReadings.flatMap(({ Action }) => Action).filter((action) => writes.test(String(action)))).toEqual([]);
    const sends = statements.filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'));
    expect(JSON.stringify(sends)).toContain('ContextPushPushesDeadLetters');
    expect(JSON.stringify(sends)).not.toContain('ContextPushPushesQueue');
  });

  it('are none, and cost nothing, where the deployment names none', () => {
    const without = templateWith({ readingStore: 'dynamodb' });
    expect(JSON.stringify(without.toJSON())).not.toContain('push-context');
  });

  it.each(['http://ioc.example.vn', 'https://ioc.example.vn/path', 'https://user@ioc.example.vn'])(
    'may not be at %s',
    (contextOrigins) => {
      expect(() => templateWith({ readingStore: 'dynamodb', contextOrigins })).toThrow('contextOrigins');
    },
  );
});
