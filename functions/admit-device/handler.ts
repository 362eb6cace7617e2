import { admitDeviceEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { invoked } from '../../shared/lambda/invoked.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { admitDevice } from '../../shared/provisioning/admit-device.ts';
import { openIotThings } from '../../shared/storage/iot/things.ts';
import { openStores } from '../../shared/storage/open.ts';

const { registry } = openStores(readEnvironment(admitDeviceEnvironmentSchema));
const ports = { registry, things: openIotThings() };

export const handler = invoked(async (event) => {
  const { answer, reason, ...who } = await admitDevice(ports, event);
  if (answer.allowProvisioning) logger.info('A device is admitted', who);
  else logger.warn('A device is not admitted', { ...who, reason });
  return answer;
});
