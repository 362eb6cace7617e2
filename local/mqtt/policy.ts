import { NETWORK_TOPIC_PREFIX, UPLINK_TOPIC_PREFIX } from '../../events/topic-rules.ts';

/**
 * What a client may do, written as AWS IoT Core writes it, so that one table says it for the CDK and for the local broker:
 * https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html
 */
export type PolicyStatement = {
  readonly action: PolicyAction;
  /** Resources without the `arn:aws:iot:<region>:<account>:` before them. `*` stands for any characters. */
  readonly resources: readonly string[];
};

export type PolicyAction = 'iot:Connect' | 'iot:Publish' | 'iot:RetainPublish' | 'iot:Subscribe' | 'iot:Receive';

export type Policy = readonly PolicyStatement[];

/** Policy variable: the thing that the certificate is attached to; locally the certificate's common name. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax for policy variables
const THING_NAME_VARIABLE = '${iot:Connection.Thing.ThingName}';

/** Where a device listens: `phosach/downlink/<sensorId>/...`. */
const DOWNLINK_TOPIC_PREFIX = 'phosach/downlink';

/** Thing name of the client that carries a LoRaWAN network server's uplinks; no sensor may bear it. */
export const NETWORK_SERVER_THING = 'network-server';

/** A device speaks for itself only. Nobody may leave retained messages behind. */
export const devicePolicy: Policy = [
  { action: 'iot:Connect', resources: [`client/${THING_NAME_VARIABLE}`] },
  { action: 'iot:Publish', resources: [`topic/${UPLINK_TOPIC_PREFIX}/${THING_NAME_VARIABLE}`] },
  { action: 'iot:Subscribe', resources: [`topicfilter/${DOWNLINK_TOPIC_PREFIX}/${THING_NAME_VARIABLE}/*`] },
  { action: 'iot:Receive', resources: [`topic/${DOWNLINK_TOPIC_PREFIX}/${THING_NAME_VARIABLE}/*`] },
];

export const networkServerPolicy: Policy = [
  { action: 'iot:Connect', resources: [`client/${THING_NAME_VARIABLE}`] },
  { action: 'iot:Publish', resources: [`topic/${NETWORK_TOPIC_PREFIX}/*`] },
];

export type Permission = (action: PolicyAction, resource: string) => boolean;

/** The policy that a thing of this name connects under. */
export const policyOf = (thingName: string): Policy =>
  thingName === NETWORK_SERVER_THING ? networkServerPolicy : devicePolicy;

/** Fills the thing name in once, for as long as the connection lasts. What no statement allows is denied. */
export const permissionsOf = (policy: Policy, thingName: string): Permission => {
  const patterns = new Map<PolicyAction, readonly RegExp[]>(
    policy.map(({ action, resources }) => [action, resources.map((resource) => toPattern(resource, thingName))]),
  );
  return (action, resource) => patterns.get(action)?.some((pattern) => pattern.test(resource)) ?? false;
};

const toPattern = (resource: string, thingName: string): RegExp => {
  const parts = resource
    .split('*')
    .map((part) => escapeForRegExp(part.replaceAll(THING_NAME_VARIABLE, () => thingName)));
  return new RegExp(`^${parts.join('.*')}$`, 's');
};

const escapeForRegExp = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
