import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { provisionSensorEnvironmentSchema } from '../shared/lambda/environment.ts';
import { arnOf } from './arn.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { DeviceAccess } from './device-access.ts';

/**
 * Enters sensors into AWS IoT and the registry, renews their certificates, retires them: a function for operators' programs, which
 * nothing on the internet reaches. Whoever may invoke it may have keys of the city's devices.
 */
export class DeviceProvisioning extends Construct {
  readonly lambda: IFunction;

  constructor(scope: Construct, id: string, props: Stores & { readonly devices: DeviceAccess }) {
    super(scope, id);
    const { lambda } = new CityFunction(this, 'Function', {
      ...props,
      name: 'provision-sensor',
      description: 'Things, certificates and registry entries of sensors',
      environmentSchema: provisionSensorEnvironmentSchema,
      readingsAccess: 'none',
      tableAccess: 'read-write',
      timeout: Duration.minutes(2),
      memoryMb: 512,
    });
    this.lambda = lambda;
    const [things, certificates] = [arnOf(this, 'iot', 'thing', '*'), arnOf(this, 'iot', 'cert', '*')];
    const policy = arnOf(this, 'iot', 'policy', props.devices.policyName);
    for (const [actions, resources] of [
      [['CreateThing', 'DescribeThing', 'DeleteThing', 'ListThingPrincipals'], [things]],
      [['DescribeCertificate', 'UpdateCertificate', 'DeleteCertificate'], [certificates]],
      [
        ['AttachPolicy', 'DetachPolicy'],
        [certificates, policy],
      ],
      [
        [
          'AttachThingPrincipal',
          'CreateCertificateFromCsr',
          'CreateKeysAndCertificate',
          'DescribeEndpoint',
          'DetachThingPrincipal',
        ],
        ['*'],
      ],
    ] as const) {
      lambda.addToRolePolicy(
        new PolicyStatement({ actions: actions.map((action) => `iot:${action}`), resources: [...resources] }),
      );
    }
    acknowledgeIotWildcards(this);
  }
}

/** What the checks find in roles that work on devices whose names are not known when the stack is made. */
export const acknowledgeIotWildcards = (scope: Construct): void => {
  const reason = 'Sensors come and go: no name of a thing or a certificate is known when the stack is made';
  for (const resource of ['thing', 'cert']) {
    const id = `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>:${resource}/*]`;
    Validations.of(scope).acknowledge({ id, reason });
  }
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray, iot:DescribeEndpoint, iot:Create…Certificate and iot:…ThingPrincipal know no resource',
  });
};
