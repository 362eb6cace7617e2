import type { Construct } from 'constructs';
import { arnOf } from './arn.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: IoT Core fills this policy variable, not we
export const THING_NAME = '${iot:Connection.Thing.ThingName}';

type Statement = {
  readonly Effect: 'Allow';
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: object;
};

/** The document of an IoT policy: whoever has it may connect as the thing that its certificate belongs to, and do what else is named. */
export const thingPolicy = (scope: Construct, ...statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'iot:Connect',
      Resource: arnOf(scope, 'iot', 'client', THING_NAME),
      Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
    },
    ...statements,
  ],
});
