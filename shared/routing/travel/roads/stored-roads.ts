import { createHash } from 'node:crypto';
import type { StoredRoads } from '../../../../events/road-files.ts';
import type { Position } from '../../../city/entities.ts';
import { StoreUnavailableError } from '../../../telemetry/reading-store.ts';
import type { StraightTravel } from '../off-network.ts';
import { type TravelMatrix, type TravelTimes, TravelUnavailableError } from '../travel-times.ts';
import { RoadFileError } from './osm.ts';
import { readRoadNetwork } from './road-file.ts';
import type { RoadFiles } from './road-files.ts';
import type { RoadNetwork } from './road-network.ts';
import { roadTravelTimes } from './road-travel-times.ts';

/** A matrix of 2,000 places takes 33 MB. */
const MATRICES_KEPT = 2;

const hashOfPlaces = (places: readonly Position[]): string => {
  const coordinates = Float64Array.from(places.flatMap(({ longitude, latitude }) => [longitude, latitude]));
  return createHash('sha256').update(new Uint8Array(coordinates.buffer)).digest('hex');
};

type Loaded = { readonly sha256: string; readonly network: RoadNetwork };

const load = async (files: RoadFiles, stored: StoredRoads): Promise<Loaded> => ({
  sha256: stored.sha256,
  network: readRoadNetwork(await files.read(stored)),
});

/** @throws TravelUnavailableError for what keeps the stored roads from being used; anything else is a fault of ours. */
const toUnavailable = (error: unknown): never => {
  if (error instanceof StoreUnavailableError) {
    throw new TravelUnavailableError('the stored roads could not be read just now', { cause: error });
  }
  if (error instanceof RoadFileError) {
    throw new TravelUnavailableError(`the stored roads cannot be used: ${error.message}`, { cause: error });
  }
  throw error;
};

/**
 * Travel times over the roads that `npm run roads` stored. The network stays in memory for as long as it is the one in use (told by
 * the hash of its bytes), and so do the last matrices, by network, places and fallback. Answers fail with TravelUnavailableError
 * when no roads are stored, and when they cannot be read.
 */
export const storedRoadTravel = (files: RoadFiles): ((straight: StraightTravel) => TravelTimes) => {
  let loaded: Loaded | undefined;
  const timesOf = new Map<string, TravelTimes>();
  const matrices = new Map<string, Promise<TravelMatrix>>();

  const networkInUse = async (): Promise<Loaded> => {
    const stored = await files.current();
    if (stored === undefined) throw new TravelUnavailableError('no roads are stored');
    if (loaded?.sha256 !== stored.sha256) {
      loaded = await load(files, stored);
      timesOf.clear();
      matrices.clear();
    }
    return loaded;
  };

  /** The least recently used one goes. */
  const remember = (key: string, matrix: Promise<TravelMatrix>): Promise<TravelMatrix> => {
    matrices.delete(key);
    matrices.set(key, matrix);
    for (const old of matrices.keys()) {
      if (matrices.size <= MATRICES_KEPT) break;
      matrices.delete(old);
    }
    return matrix;
  };

  return (straight) => async (places, closed) => {
    const { sha256, network } = await networkInUse().catch(toUnavailable);
    const way = `${straight.detourFactor} ${straight.speedKmh}`;
    const times = timesOf.get(way) ?? roadTravelTimes(network, straight);
    timesOf.set(way, times);
    if (places.length === 0) return times(places, closed);
    const areas = closed && closed.areas.length > 0 ? JSON.stringify(closed) : '';
    const key = `${sha256} ${way} ${hashOfPlaces(places)} ${areas}`;
    return remember(key, matrices.get(key) ?? times(places, closed));
  };
};
