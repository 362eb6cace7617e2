import {
  type HealthEvent,
  type HealthEventQuery,
  healthEventSchema,
  type SensorHealthStore,
  sensorHealthSchema,
} from '../../telemetry/health/sensor-health.ts';
import { sortableInstant } from '../cursor.ts';
import { batchWrite, type Key, queryItems, queryPages, type TableOptions } from './items.ts';

const HEALTH_PARTITION = 'sensor-health';

const healthKey = (sensorId: string): Key => ({ pk: HEALTH_PARTITION, sk: sensorId });

const monthOf = (instant: number): string => new Date(instant).toISOString().slice(0, 7);

const eventKey = ({ at, sensorId, kind, event }: HealthEvent): Key => ({
  pk: `sensor-health-events#${monthOf(at)}`,
  sk: `${sortableInstant(at)}#${sensorId}#${kind}#${event}`,
});

/** Months (UTC) that touch a period, newest first. */
const monthsOf = (from: number, to: number): readonly string[] => {
  const months: string[] = [];
  const last = new Date(to);
  for (let month = last.getUTCMonth(); ; month -= 1) {
    const start = Date.UTC(last.getUTCFullYear(), month, 1);
    months.push(monthOf(start));
    if (start <= from) return months;
  }
};

/** The health of sensors and the record of their problems in DynamoDB, the record in a partition per month. */
export const dynamodbSensorHealth = (options: TableOptions): SensorHealthStore => ({
  list: async () => (await queryItems(options, HEALTH_PARTITION)).map((item) => sensorHealthSchema.parse(item.health)),

  record: async ({ events, put, remove }) => {
    const valid = events.map((event) => healthEventSchema.parse(event));
    await batchWrite(options, { put: valid.map((event) => ({ ...eventKey(event), event })) });
    await batchWrite(options, {
      put: put.map((health) => ({ ...healthKey(health.sensorId), health: sensorHealthSchema.parse(health) })),
      remove: remove.map(healthKey),
    });
  },

  events: async (query) => {
    const found: HealthEvent[] = [];
    if (query.from >= query.to) return found;
    for await (const event of newestFirst(options, query)) {
      if (query.sensorId === undefined || event.sensorId === query.sensorId) found.push(event);
      if (found.length === query.limit) break;
    }
    return found;
  },
});

const newestFirst = async function* (
  options: TableOptions,
  { from, to }: Pick<HealthEventQuery, 'from' | 'to'>,
): AsyncGenerator<HealthEvent> {
  for (const month of monthsOf(from, to - 1)) {
    const pages = queryPages(options, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':pk': `sensor-health-events#${month}`,
        ':first': sortableInstant(from),
        // "$" sorts directly behind "#".
        ':last': `${sortableInstant(to - 1)}$`,
      },
      ScanIndexForward: false,
    });
    for await (const page of pages) yield* page.map((item) => healthEventSchema.parse(item.event));
  }
};
