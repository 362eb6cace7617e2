import * as z from 'zod';
import type { Position } from '../../city/entities.ts';
import type { StraightTravel } from '../../routing/travel/off-network.ts';
import { decodePolyline } from '../../routing/travel/polyline.ts';
import {
  ClosedWaysUnknownError,
  type Line,
  type TravelTimes,
  TravelUnavailableError,
} from '../../routing/travel/travel-times.ts';
import { askService, type Patience } from './ask-service.ts';
import { type AskBlock, matrixInBlocks } from './block-matrix.ts';
import { linesInStretches } from './lines-in-stretches.ts';

/**
 * OSRM over its HTTP interface, version 1 (project-osrm.org/docs, services `table` and `route`). The profile is whatever the
 * server was prepared with: one for trucks is the operator's to make.
 */
export type OsrmOptions = {
  /** Without a slash at its end, e.g. `http://osrm.internal:5000`. */
  readonly url: string;
  /** The name in the path; a server has one profile, whatever the name. */
  readonly profile?: string;
  /** `--max-table-size` of the server: places along one side of a block. */
  readonly tableSize?: number;
  readonly patience?: Patience;
};

/** osrm-routed's own default. */
const USUAL_TABLE_SIZE = 100;
/** Below osrm-routed's `--max-viaroute-size`, which is 500: such a URL passes any proxy. */
const PLACES_IN_A_ROUTE = 100;
/** What is farther from all roads is not on this map, as with the embedded road graph. */
const MOST_METRES_TO_ROAD = 1_000;

const rows = z.array(z.array(z.number().nullable()));
const waypoints = z.array(z.object({ distance: z.number().optional() }).nullable());
const tableSchema = z.object({
  code: z.literal('Ok'),
  durations: rows,
  distances: rows,
  sources: waypoints.optional(),
  destinations: waypoints.optional(),
});
const routeSchema = z.object({
  code: z.literal('Ok'),
  routes: z.array(z.object({ legs: z.array(z.object({ steps: z.array(z.object({ geometry: z.string() })) })) })).min(1),
});
const refusalSchema = z.object({ code: z.string(), message: z.string().optional() });

const pathOf = (places: readonly Position[]): string =>
  places.map(({ longitude, latitude }) => `${longitude.toFixed(6)},${latitude.toFixed(6)}`).join(';');

const refused = (service: string, body: unknown): TravelUnavailableError => {
  const refusal = refusalSchema.safeParse(body);
  const words = refusal.success ? `${refusal.data.code}: ${refusal.data.message ?? ''}` : 'an answer of another shape';
  return new TravelUnavailableError(`OSRM refused a ${service}, ${words}`);
};

const codeOf = (body: unknown): string | undefined => refusalSchema.safeParse(body).data?.code;

const farAway = (places: readonly number[], points: z.infer<typeof waypoints> = []): readonly number[] =>
  places.filter((_, index) => (points[index]?.distance ?? 0) > MOST_METRES_TO_ROAD);

/** Travel times, and lines, from an OSRM server. */
export const osrmTravelTimes = (options: OsrmOptions, straight: StraightTravel): TravelTimes => {
  const { url, profile = 'driving', tableSize = USUAL_TABLE_SIZE, patience } = options;
  const ask = (path: string) => askService({ name: 'OSRM', url: `${url}${path}` }, patience);

  const askBlock =
    (places: readonly Position[]): AskBlock =>
    async (origins, destinations) => {
      const named = [...new Set([...origins, ...destinations])];
      const indexOf = new Map(named.map((place, index) => [place, index]));
      const list = (some: readonly number[]): string => some.map((place) => indexOf.get(place)).join(';');
      const coordinates = pathOf(named.map((place) => places[place] as Position));
      const query = `annotations=duration,distance&generate_hints=false&sources=${list(origins)}&destinations=${list(destinations)}`;
      const { body } = await ask(`/table/v1/${profile}/${coordinates}?${query}`);
      const table = tableSchema.safeParse(body);
      if (!table.success) {
        if (codeOf(body) === 'TooBig' && origins.length + destinations.length > 2) return 'too-large';
        throw refused('table', body);
      }
      const { durations, distances, sources, destinations: reached } = table.data;
      return {
        seconds: durations,
        metres: distances,
        off: [...farAway(origins, sources), ...farAway(destinations, reached)],
      };
    };

  const askRoute = async (places: readonly Position[]): Promise<readonly Line[] | undefined> => {
    const query = 'overview=false&steps=true&geometries=polyline6&generate_hints=false';
    const { body } = await ask(`/route/v1/${profile}/${pathOf(places)}?${query}`);
    const found = routeSchema.safeParse(body);
    if (!found.success && ['NoRoute', 'NoSegment'].includes(codeOf(body) ?? '')) return undefined;
    if (!found.success) throw refused('route', body);
    return found.data.routes[0]?.legs.map(({ steps }) => steps.flatMap(({ geometry }) => decodePolyline(geometry, 6)));
  };

  return async (places, closed) => {
    if (closed !== undefined && closed.areas.length > 0)
      throw new ClosedWaysUnknownError('OSRM cannot leave an area out', 'OSRM không thể tránh một khu vực');
    const source = `OSRM (${profile})`;
    const matrix = await matrixInBlocks(places, { source, blockSize: tableSize, straight, ask: askBlock(places) });
    return { ...matrix, lines: linesInStretches(PLACES_IN_A_ROUTE, askRoute) };
  };
};
