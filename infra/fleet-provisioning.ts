import { Duration, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnProvisioningTemplate } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { admitDeviceEnvironmentSchema } from '../shared/lambda/environment.ts';
import { CLAIM_CLIENT_PREFIX, CLAIM_POLICY_NAME, FLEET_TEMPLATE_NAME } from '../shared/provisioning/names.ts';
import { arnOf } from './arn.ts';
import { CityFunction, type Stores } from './city-function.ts';
import type { DeviceAccess } from './device-access.ts';
import { acknowledgeIotWildcards } from './device-provisioning.ts';

/**
 * Devices that come without a certificate of their own fetch one with a claim certificate, which a whole delivery may share: the
 * hook admits registered serial numbers only, each once, and the template then makes thing, certificate and policy.
 */
export class FleetProvisioning extends Construct {
  readonly templateName = FLEET_TEMPLATE_NAME;
  readonly claimPolicyName = CLAIM_POLICY_NAME;

  constructor(scope: Construct, id: string, props: Stores & { readonly devices: DeviceAccess }) {
    super(scope, id);
    const hook = this.hook(props);
    const template = new CfnProvisioningTemplate(this, 'Template', {
      templateName: this.templateName,
      description: 'A registered sensor gets its own certificate',
      templateType: 'FLEET_PROVISIONING',
      enabled: true,
      provisioningRoleArn: this.provisioningRole(props.devices.policyName).roleArn,
      preProvisioningHook: { payloadVersion: '2020-04-01', targetArn: hook.functionArn },
      templateBody: JSON.stringify(templateBody(props.devices.policyName)),
    });
    // AWS IoT asks the hook when the template is made whether it may call it.
    template.node.addDependency(hook);
    this.claimPolicy();
  }

  private hook(stores: Stores) {
    const { lambda } = new CityFunction(this, 'Hook', {
      ...stores,
      name: 'admit-device',
      description: 'Says whether a device with a claim certificate may have one of its own',
      environmentSchema: admitDeviceEnvironmentSchema,
      readingsAccess: 'none',
      tableAccess: 'read',
      // AWS IoT waits five seconds.
      timeout: Duration.seconds(5),
      memoryMb: 1_024,
    });
    lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['iot:ListThingPrincipals'], resources: [arnOf(this, 'iot', 'thing', '*')] }),
    );
    lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['iot:DescribeCertificate'], resources: [arnOf(this, 'iot', 'cert', '*')] }),
    );
    acknowledgeIotWildcards(this);
    lambda.addPermission('AskedByIot', {
      principal: new ServicePrincipal('iot.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
      sourceArn: arnOf(this, 'iot', 'provisioningtemplate', this.templateName),
    });
    return lambda;
  }

  private provisioningRole(policyName: string): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('iot.amazonaws.com') });
    const [things, certificates] = [arnOf(this, 'iot', 'thing', '*'), arnOf(this, 'iot', 'cert', '*')];
    for (const [actions, resources] of [
      [['CreateThing', 'DescribeThing', 'UpdateThing', 'ListThingPrincipals'], [things]],
      [['DescribeCertificate', 'UpdateCertificate'], [certificates]],
      [
        ['AttachPolicy', 'AttachPrincipalPolicy'],
        [certificates, arnOf(this, 'iot', 'policy', policyName)],
      ],
      [['GetPolicy'], [arnOf(this, 'iot', 'policy', policyName)]],
      [['AttachThingPrincipal', 'ListPrincipalThings'], ['*']],
    ] as const) {
      role.addToPolicy(
        new PolicyStatement({ actions: actions.map((action) => `iot:${action}`), resources: [...resources] }),
      );
    }
    return role;
  }

  /** A claim certificate asks for a certificate with a CSR, so that no key travels, and then for this template: nothing else. */
  private claimPolicy(): void {
    const requests = [
      '$aws/certificates/create-from-csr/json',
      `$aws/provisioning-templates/${this.templateName}/provision/json`,
    ];
    const answers = requests.flatMap((topic) => [`${topic}/accepted`, `${topic}/rejected`]);
    const arns = (kind: string, names: readonly string[]) => names.map((name) => arnOf(this, 'iot', kind, name));
    const allow = (action: string, resources: readonly string[]) => ({
      Effect: Effect.ALLOW,
      Action: action,
      Resource: resources,
    });
    new CfnPolicy(this, 'ClaimPolicy', {
      policyName: this.claimPolicyName,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          allow('iot:Connect', arns('client', [`${CLAIM_CLIENT_PREFIX}*`])),
          allow('iot:Publish', arns('topic', requests)),
          allow('iot:Subscribe', arns('topicfilter', answers)),
          allow('iot:Receive', arns('topic', answers)),
        ],
      },
    });
  }
}

/** https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html; the hook says `SensorId`, the device its number. */
const templateBody = (policyName: string) => ({
  Parameters: {
    SerialNumber: { Type: 'String' },
    SensorId: { Type: 'String' },
    'AWS::IoT::Certificate::Id': { Type: 'String' },
  },
  Resources: {
    thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'SensorId' } } },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'Active' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: policyName } },
  },
});
