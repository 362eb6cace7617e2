import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The account's and region's ARN of something the stack does not create itself. */
export const arnOf = (scope: Construct, service: string, resource: string, name: string): string =>
  Stack.of(scope).formatArn({ service, resource, resourceName: name });
