import type { Bin, City } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import type { ImportOptions } from './options.ts';
import { addMissing, assumedSurroundings, sensorsFor } from './surroundings.ts';

/** What became of the bins that were read. */
export type Registration = {
  readonly created: number;
  /** Bins of the same id that were there already. */
  readonly replaced: number;
  readonly sensors: number;
  /** What else was added, in words. */
  readonly added: readonly string[];
};

const surroundingsOf = (
  bins: readonly Bin[],
  options: ImportOptions,
  cityId: string,
  profile: City | undefined,
): Parameters<typeof assumedSurroundings> => [
  bins,
  {
    cityId,
    cityName: options.cityName ?? profile?.name ?? cityId,
    timeZone: options.timeZone ?? profile?.timeZone ?? 'Asia/Ho_Chi_Minh',
    trucks: options.trucks,
    ...(options.depot !== undefined && { depot: options.depot }),
    ...(options.disposalSite !== undefined && { disposalSite: options.disposalSite }),
  },
];

/** Puts bins, and what the options ask for around them, into a city's registry. */
export const registerBins = async (
  registry: Registry,
  bins: readonly Bin[],
  options: ImportOptions,
  cityId: string,
): Promise<Registration> => {
  const known = await registry.getMany(
    'bin',
    bins.map(({ id }) => id),
  );
  const profile = await registry.get('city', cityId);
  const added =
    options.withFleet && bins.length > 0
      ? await addMissing(registry, assumedSurroundings(...surroundingsOf(bins, options, cityId, profile)))
      : [];
  await registry.putMany('bin', bins);
  const sensors = options.withSensors ? sensorsFor(bins, options.intervalSeconds) : [];
  await registry.putMany('sensor', sensors);
  return { created: bins.length - known.length, replaced: known.length, sensors: sensors.length, added };
};
