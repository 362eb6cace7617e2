import * as z from 'zod';
import { stationClassSchema } from '../../../city/station-class.ts';
import { listSites, siteSchema } from '../../site.ts';
import type { Collection } from '../feature.ts';
import type { FeaturePorts } from '../ports.ts';
import { inMemory } from '../select.ts';

const kind = z.enum(['air', 'water']);

const properties = siteSchema
  .pick({
    name: true,
    ward: true,
    positionApproximate: true,
    sensorIds: true,
    stationClass: true,
    mayPublishIndex: true,
  })
  .extend({ kind });

/** Monitoring stations of air and water. */
export const stationsCollection = ({ registry }: FeaturePorts): Collection => ({
  id: 'stations',
  title: { vi: 'Trạm quan trắc', en: 'Monitoring stations' },
  description: {
    vi: 'Các trạm quan trắc không khí và nước; trạm tham khảo không được công bố chỉ số (TT 10/2021/TT-BTNMT).',
    en: 'Monitoring stations of air and water; reference stations may not publish an index (Circular 10/2021/TT-BTNMT).',
  },
  properties,
  queryables: { kind, ward: z.string().max(200), stationClass: stationClassSchema },
  ...inMemory('stations', async () => {
    const sites = await listSites(registry);
    return sites
      .filter((site) => site.kind !== 'bin')
      .map(({ id, position, name, ward, positionApproximate, sensorIds, stationClass, mayPublishIndex, kind }) => ({
        id,
        position,
        properties: { name, ward, kind, positionApproximate, sensorIds, stationClass, mayPublishIndex },
      }));
  }),
});
