import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { readEnvironment, watchSensorsEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { logger, metrics } from '../../shared/lambda/observability.ts';
import { scheduled } from '../../shared/lambda/scheduled.ts';
import { openStores } from '../../shared/storage/open.ts';
import { watchSensors } from '../../shared/telemetry/health/watch-sensors.ts';

const stores = openStores(readEnvironment(watchSensorsEnvironmentSchema));

export const handler = scheduled(async ({ time }) => {
  const { events, ...summary } = await watchSensors({ at: time, ...stores });
  for (const event of events) logger.warn('Sensor health', { ...event });
  logger.info('Sensors watched', { ...summary });
  metrics.addMetric('SensorsSilent', MetricUnit.Count, summary.open.silent);
  metrics.addMetric('SensorsWithLowBattery', MetricUnit.Count, summary.open.battery);
  metrics.addMetric('SensorsWithWrongClock', MetricUnit.Count, summary.open.clock);
  return summary;
});
