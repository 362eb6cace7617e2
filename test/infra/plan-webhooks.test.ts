import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf, statementsOf, templateWith } from './city-template.ts';

let template: Template;
beforeAll(() => {
  template = templateWith({
    readingStore: 'timestream',
    webhookOrigins: 'https://erp.example.vn, https://other.example.vn',
  });
});

describe('Receivers of plans', () => {
  it('are told every minute by a function that reads no readings', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(* * * * ? *)' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          POWERTOOLS_SERVICE_NAME: 'tell-plans',
          WEBHOOK_ORIGINS: 'https://erp.example.vn,https://other.example.vn',
        },
      },
    });
    expect(JSON.stringify(statementsOf(template, 'tell-plans'))).not.toContain('timestream:');
  });

  it('have a secret each, made for them, that only the function may read', () => {
    const secrets = Object.entries(resourcesOf(template, 'AWS::SecretsManager::Secret')).filter(([, { Properties }]) =>
      String(Properties.Name).includes('/plan-webhook/'),
    );
    expect(secrets.map(([, { Properties }]) => String(Properties.Name).split('/').at(-1)).toSorted()).toEqual([
      'erp.example.vn',
      'other.example.vn',
    ]);
    for (const [id, { Properties }] of secrets) {
      expect(Properties.GenerateSecretString).toBeDefined();
      expect(JSON.stringify(statementsOf(template, 'tell-plans'))).toContain(id);
      expect(JSON.stringify(statementsOf(template, 'operations-api'))).not.toContain(id);
    }
  });

  it('are not there where the deployment names none', () => {
    expect(JSON.stringify(templateWith({ readingStore: 'timestream' }).toJSON())).not.toContain('tell-plans');
  });
});
