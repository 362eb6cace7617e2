import type { PeerCertificate } from 'node:tls';
import type { AuthenticateError, Client, PublishPacket } from 'aedes';
import { type Permission, permissionsOf, policyOf } from './policy.ts';

/** Who a connection is, by its certificate. */
export type Identity = {
  readonly thingName: string;
  /** SHA-256 thumbprint of the certificate, lower-case hexadecimal. */
  readonly principal: string;
  readonly may: Permission;
};

const IDENTIFIER_REJECTED = 2;
const SERVER_UNAVAILABLE = 3;
const NOT_AUTHORIZED = 5;

/** `undefined` for a certificate without a common name. */
export const identify = (certificate: PeerCertificate): Identity | undefined => {
  const name: unknown = certificate.subject?.CN;
  if (typeof name !== 'string' || name === '') return undefined;
  return {
    thingName: name,
    principal: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    may: permissionsOf(policyOf(name), name),
  };
};

const refusal = (returnCode: 2 | 3 | 5, reason: string): AuthenticateError =>
  Object.assign(new Error(reason), { returnCode });

/**
 * Why a client may not connect, or `undefined` when it may. The answer carries a CONNACK return code, so that the client can
 * say why: dropping the connection would only look like a bad network.
 */
export const refusalOf = async (
  client: Client,
  identity: Identity | undefined,
  isRegistered: ((thingName: string) => Promise<boolean>) | undefined,
  isRevoked?: (principal: string) => boolean,
): Promise<AuthenticateError | undefined> => {
  if (!identity?.may('iot:Connect', `client/${client.id}`)) {
    return refusal(IDENTIFIER_REJECTED, "the client id is not the certificate's common name");
  }
  try {
    if (isRevoked?.(identity.principal)) return refusal(NOT_AUTHORIZED, 'the certificate is revoked');
    if ((await isRegistered?.(identity.thingName)) === false) {
      return refusal(NOT_AUTHORIZED, 'no such thing is registered');
    }
    return undefined;
  } catch (error) {
    return refusal(SERVER_UNAVAILABLE, `the registry cannot be asked: ${String(error)}`);
  }
};

/** Why a publish must not pass, or `undefined` when it may. */
export const faultOf = (
  { topic, qos, retain }: PublishPacket,
  may: Permission,
  payloadBytes: number,
  maxPayloadBytes: number,
): string | undefined => {
  if (!may('iot:Publish', `topic/${topic}`)) return 'the policy does not allow this topic';
  if (retain && !may('iot:RetainPublish', `topic/${topic}`)) return 'the policy does not allow retained messages';
  if (qos === 2) return 'QoS 2 is not supported';
  if (payloadBytes > maxPayloadBytes) return `the payload is longer than ${maxPayloadBytes} bytes`;
  return undefined;
};
