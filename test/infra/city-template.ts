import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addCity } from '../../infra/city-app.ts';

export const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8'));

/** The stack's template without bundling the handlers, which `npm run synth` does for real. */
export const templateWith = (overrides: Record<string, unknown>): Template =>
  Template.fromStack(addCity(new App({ context: { ...context, 'aws:cdk:bundling-stacks': [], ...overrides } })));

export const resourcesOf = (
  template: Template,
  type: string,
): Record<string, { Properties: Record<string, unknown> }> =>
  template.findResources(type) as Record<string, { Properties: Record<string, unknown> }>;

/** The statements of every policy of the role that belongs to the function whose service name is given. */
export const statementsOf = (
  template: Template,
  functionName: string,
): readonly { Action: string | string[]; Resource: unknown }[] => {
  const lambda = Object.values(resourcesOf(template, 'AWS::Lambda::Function')).find((resource) =>
    JSON.stringify(resource.Properties.Environment).includes(`"POWERTOOLS_SERVICE_NAME":"${functionName}"`),
  );
  const role = JSON.stringify(lambda?.Properties.Role).match(/"([A-Za-z0-9]+)","Arn"/)?.[1];
  return Object.values(resourcesOf(template, 'AWS::IAM::Policy'))
    .filter((policy) => JSON.stringify(policy.Properties.Roles).includes(`"${role}"`))
    .flatMap(
      (policy) =>
        (policy.Properties.PolicyDocument as { Statement: { Action: string[]; Resource: unknown }[] }).Statement,
    );
};

export const actionsOf = (template: Template, functionName: string): readonly string[] =>
  statementsOf(template, functionName).flatMap((statement) => statement.Action);
