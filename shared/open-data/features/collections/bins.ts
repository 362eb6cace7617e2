import * as z from 'zod';
import { type Bin, wasteStreamSchema } from '../../../city/entities.ts';
import type { SensorState } from '../../../telemetry/sensor-state.ts';
import { fillStateOf } from '../../../waste/fill-state.ts';
import type { Collection, Feature } from '../feature.ts';
import { type FeaturePorts, isoOrNull } from '../ports.ts';
import { inMemory } from '../select.ts';

const instant = z.iso.datetime().nullable();

const properties = z.object({
  name: z.string(),
  ward: z.string().nullable(),
  stream: wasteStreamSchema,
  capacityLitres: z.number(),
  positionApproximate: z.boolean(),
  fillStatus: z.enum(['known', 'no-data']),
  fillFraction: z.number().min(0).max(1).nullable().meta({ description: 'Null where nobody knows; never 0 for that' }),
  fillMeasuredAt: instant,
  fillFlag: z.number().nullable().meta({ description: 'QARTOD: 1 good, 2 not evaluated, 3 suspect' }),
  noDataReason: z.string().nullable(),
  lastHeardAt: instant,
});

const featureOf = (bin: Bin, states: readonly SensorState[], at: number): Feature => {
  const fill = fillStateOf(bin, states, at);
  const known = fill.status === 'known' ? fill : undefined;
  const heard = states.map(({ lastReceivedAt }) => lastReceivedAt);
  return {
    id: bin.id,
    position: bin.position,
    properties: {
      name: bin.name,
      ward: bin.ward ?? null,
      stream: bin.stream,
      capacityLitres: bin.container.capacityLitres,
      positionApproximate: bin.positionApproximate ?? false,
      fillStatus: fill.status,
      fillFraction: known?.fraction ?? null,
      fillMeasuredAt: isoOrNull(known?.measuredAt),
      fillFlag: known?.flag ?? null,
      noDataReason: fill.status === 'no-data' ? fill.reason : null,
      lastHeardAt: isoOrNull(heard.length === 0 ? null : Math.max(...heard)),
    } satisfies z.infer<typeof properties>,
  };
};

/** Bins, with how full each is as known now. */
export const binsCollection = ({ registry, sensorStates, clock }: FeaturePorts): Collection => ({
  id: 'bins',
  title: { vi: 'Thùng rác', en: 'Waste bins' },
  description: {
    vi: 'Mọi thùng rác với mức đầy gần nhất (0 đến 1); không có số liệu là null kèm lý do, không bao giờ là 0.',
    en: 'Every waste bin with its latest fill (0 to 1); no data is null with the reason, never 0.',
  },
  properties,
  queryables: {
    ward: z.string().max(200),
    stream: wasteStreamSchema,
    fillStatus: properties.shape.fillStatus,
  },
  ...inMemory('bins', async () => {
    const [bins, sensors, states] = await Promise.all([
      registry.list('bin'),
      registry.list('sensor'),
      sensorStates.list(),
    ]);
    const stateOf = new Map(states.map((state) => [state.sensorId, state]));
    const sensorsAt = Map.groupBy(sensors, ({ siteId }) => siteId);
    const at = clock();
    return bins.map((bin) => {
      const observing = (sensorsAt.get(bin.id) ?? []).flatMap(({ id }) => stateOf.get(id) ?? []);
      return featureOf(bin, observing, at);
    });
  }),
});
