import { type Leftover, reasonOf } from './compensation.ts';
import type { ThingCertificate, Things } from './things.ts';

/**
 * Revokes and then removes certificates of a thing; answers those that are still there. One that cannot be revoked stays attached,
 * so that the next attempt finds it; one that is detached is never active.
 */
export const removeCertificates = async (
  things: Things,
  thingName: string,
  certificates: readonly ThingCertificate[],
): Promise<readonly Leftover[]> => {
  const left: Leftover[] = [];
  for (const { arn, active } of certificates) {
    let state = active ? 'active' : 'inactive';
    try {
      if (active) await things.revoke(arn);
      state = 'revoked';
      await things.detachPolicy(arn);
      await things.detach(thingName, arn);
      state = 'revoked and detached';
      await things.removeCertificate(arn);
    } catch (error) {
      left.push({ what: `certificate ${arn}, ${state}`, reason: reasonOf(error) });
    }
  }
  return left;
};
