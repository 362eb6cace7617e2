import { provisionSensorEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { invoked } from '../../shared/lambda/invoked.ts';
import { answerRequest } from '../../shared/provisioning/answer-request.ts';
import { openIotThings } from '../../shared/storage/iot/things.ts';
import { openStores } from '../../shared/storage/open.ts';

const { registry } = openStores(readEnvironment(provisionSensorEnvironmentSchema));
const ports = { registry, things: openIotThings() };

export const handler = invoked((event) => answerRequest(ports, event));
