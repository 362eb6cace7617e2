import { App, Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DeviceAccess } from '../../../../infra/device-access.ts';
import { NETWORK_SERVER_POLICY_NAME, NetworkServerAccess } from '../../../../infra/network-servers.ts';
import { devicePolicy, networkServerPolicy } from '../../../../local/mqtt/policy.ts';
import { DEVICE_POLICY_NAME } from '../../../../shared/provisioning/names.ts';

const documentSchema = z.object({
  Statement: z.array(z.object({ Effect: z.string(), Action: z.string(), Resource: z.unknown() })),
});

/** The part of an ARN behind the account, whether CloudFormation still has to join it or not. */
const resourceOf = (arn: unknown): string => {
  const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(arn);
  const parts = joined.success ? joined.data['Fn::Join'][1] : [arn];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'token')).join('');
  return text.split(':').slice(5).join(':');
};

const policyIn = (build: (stack: Stack) => unknown) => {
  const stack = new Stack(new App(), 'Test');
  build(stack);
  const policy = stack.node.findAll().find((node) => node instanceof CfnPolicy);
  // Resolved, not synthesized: whether CloudFormation would take it is another test's question, and takes seconds.
  const document = documentSchema.parse(stack.resolve(policy?.policyDocument));
  expect(document.Statement.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  const statements = document.Statement.map(({ Action, Resource }) => ({
    action: Action,
    resources: [resourceOf(Resource)],
  }));
  return { name: policy?.policyName, statements };
};

describe('the policies in AWS say what the local broker enforces', () => {
  it('for devices, under the name that provisioning attaches', () => {
    const { name, statements } = policyIn((stack) => new DeviceAccess(stack, 'Devices'));
    expect(name).toBe(DEVICE_POLICY_NAME);
    expect(statements).toEqual(devicePolicy);
  });

  it('for network servers', () => {
    const { name, statements } = policyIn((stack) => new NetworkServerAccess(stack, 'Access'));
    expect(name).toBe(NETWORK_SERVER_POLICY_NAME);
    expect(statements).toEqual(networkServerPolicy);
  });
});
