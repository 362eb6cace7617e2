import * as z from 'zod';
import { type Quantity, quantities, quantityNames } from '../../../telemetry/quantity.ts';
import type { Reading } from '../../../telemetry/reading.ts';
import { openReadingSchema } from '../../open-reading.ts';
import { listSites, type Site, siteKindSchema } from '../../site.ts';
import type { Collection, Feature } from '../feature.ts';
import type { FeaturePorts } from '../ports.ts';
import { inMemory } from '../select.ts';

const id = z.string().max(64);

const properties = openReadingSchema
  .pick({ sensorId: true, quantity: true, value: true, unit: true, measuredAt: true, flag: true, test: true })
  .extend({
    stationId: z.string(),
    stationName: z.string(),
    stationKind: siteKindSchema,
    quantityVi: z.string(),
    quantityEn: z.string(),
  });

const featureOf = ({ sensorId, quantity, value, measuredAt, quality }: Reading, site: Site): Feature => {
  const { unit, nameVi, nameEn } = quantities[quantity];
  return {
    // No id of the registry holds a colon.
    id: `${sensorId}:${quantity}`,
    position: site.position,
    time: { from: measuredAt, to: measuredAt },
    properties: {
      stationId: site.id,
      stationName: site.name,
      stationKind: site.kind,
      sensorId,
      quantity,
      quantityVi: nameVi,
      quantityEn: nameEn,
      value,
      unit,
      measuredAt: new Date(measuredAt).toISOString(),
      flag: quality.flag,
      test: quality.test,
    } satisfies z.infer<typeof properties>,
  };
};

/** The newest reading of each quantity of each sensor that stands somewhere. */
export const latestReadingsCollection = ({ registry, sensorStates }: FeaturePorts): Collection => ({
  id: 'latest-readings',
  title: { vi: 'Số đo mới nhất', en: 'Latest readings' },
  description: {
    vi: 'Số đo mới nhất của từng đại lượng tại từng cảm biến, kèm cờ chất lượng QARTOD; thiếu là null, không bao giờ là 0.',
    en: 'The newest reading of each quantity of each sensor, with its QARTOD flag; missing is null, never 0.',
  },
  properties,
  queryables: {
    stationId: id,
    stationKind: siteKindSchema,
    sensorId: id,
    quantity: z.enum(quantityNames as [Quantity, ...Quantity[]], 'is no quantity that we know'),
    flag: z.enum(['1', '2', '3', '4', '9'], 'must be 1, 2, 3, 4 or 9'),
  },
  ...inMemory('latest-readings', async () => {
    const [sites, states] = await Promise.all([listSites(registry), sensorStates.list()]);
    const siteOf = new Map(sites.flatMap((site) => site.sensorIds.map((sensorId) => [sensorId, site])));
    return states.flatMap(({ sensorId, latest }) => {
      const site = siteOf.get(sensorId);
      return site === undefined ? [] : Object.values(latest).map((reading) => featureOf(reading, site));
    });
  }),
});
