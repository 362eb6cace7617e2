import * as z from 'zod';
import type { Position } from '../../city/entities.ts';
import { type ClosedArea, ringOf } from '../../routing/travel/closed-area.ts';
import { greatCircleMetres } from '../../routing/travel/great-circle.ts';
import type { StraightTravel } from '../../routing/travel/off-network.ts';
import { decodePolyline } from '../../routing/travel/polyline.ts';
import { type TruckClass, twoAxleCompactor } from '../../routing/travel/roads/truck-access.ts';
import { type TravelTimes, TravelUnavailableError } from '../../routing/travel/travel-times.ts';
import { chunk } from '../parallel.ts';
import { askService, type Patience, type ServiceAnswer } from './ask-service.ts';
import { type AskBlock, type BlockAnswer, matrixInBlocks } from './block-matrix.ts';
import { closedPairs } from './closed-pairs.ts';
import { type AskStretch, linesInStretches } from './lines-in-stretches.ts';

/** Valhalla's services `locate`, `sources_to_targets` and `route` (valhalla.github.io/valhalla/api), with its costing of trucks. */
export type ValhallaOptions = {
  /** Without a slash at its end, e.g. `http://valhalla.internal:8002`. */
  readonly url: string;
  readonly truck?: TruckClass;
  /** Places along one side of a block: its square is the server's `max_matrix_location_pairs`. */
  readonly blockSize?: number;
  readonly patience?: Patience;
};

/** The server's own defaults: 2,500 pairs for trucks, 20 places in a route. */
const USUAL_BLOCK_SIZE = 50;
const PLACES_IN_A_ROUTE = 20;
const PLACES_TO_LOCATE = 50;
const MOST_METRES_TO_ROAD = 1_000;
const METRES_PER_KM = 1_000;
/** "Exceeded max locations" and "Too many location pairs" (valhalla/src/exceptions). */
const tooLarge = new Set([150, 176]);
/** "No suitable edges near location", "No path could be found for input". */
const noWay = new Set([171, 442]);

const figures = z.array(z.array(z.number().nullable()));
const compactSchema = z.object({ sources_to_targets: z.object({ durations: figures, distances: figures }) });
const verboseSchema = z.object({
  sources_to_targets: z.array(
    z.array(z.object({ time: z.number().nullable().optional(), distance: z.number().nullable().optional() })),
  ),
});
const locateSchema = z.array(
  z.object({
    edges: z.array(z.object({ correlated_lat: z.number(), correlated_lon: z.number() })).nullish(),
  }),
);
const routeSchema = z.object({ trip: z.object({ legs: z.array(z.object({ shape: z.string() })) }) });
const refusalSchema = z.object({ error_code: z.number(), error: z.string() });

const wire = ({ latitude, longitude }: Position) => ({ lat: latitude, lon: longitude });

/** "exclude_polygons received invalid input, ignoring exclude_polygons" (warnings of valhalla/src/exceptions). */
const IGNORED_RINGS = 204;
const warningsSchema = z.object({ warnings: z.array(z.object({ code: z.number() })) });

const hasIgnoredRings = (body: unknown): boolean =>
  warningsSchema.safeParse(body).data?.warnings.some(({ code }) => code === IGNORED_RINGS) ?? false;

/**
 * Roads that touch these rings are left out (`exclude_polygons`). A server takes rings of ten kilometres together
 * (`service_limits.max_exclude_polygons_length`) and refuses longer ones.
 */
const excluding = (around: readonly ClosedArea[]) =>
  around.length === 0 ? {} : { exclude_polygons: around.map(ringOf) };

const codeOf = (body: unknown): number => refusalSchema.safeParse(body).data?.error_code ?? 0;

const refused = (service: string, body: unknown): TravelUnavailableError => {
  const refusal = refusalSchema.safeParse(body);
  const words = refusal.success ? `${refusal.data.error_code}: ${refusal.data.error}` : 'an answer of another shape';
  return new TravelUnavailableError(`Valhalla refused ${service}, ${words}`);
};

/** Servers since 3.4 answer two matrices when `verbose` is false; older ones a list of pairs whatever is asked. Kilometres both. */
const blockOf = (body: unknown): BlockAnswer | undefined => {
  const inMetres = (km: number | null | undefined): number | null => (km == null ? null : km * METRES_PER_KM);
  const compact = compactSchema.safeParse(body);
  if (compact.success) {
    const { durations, distances } = compact.data.sources_to_targets;
    return { seconds: durations, metres: distances.map((row) => row.map(inMetres)) };
  }
  const verbose = verboseSchema.safeParse(body);
  if (!verbose.success) return undefined;
  const pairs = verbose.data.sources_to_targets;
  return {
    seconds: pairs.map((row) => row.map(({ time }) => time ?? null)),
    metres: pairs.map((row) => row.map(({ distance }) => inMetres(distance))),
  };
};

type Ask = (service: string, request: object) => Promise<ServiceAnswer>;

/** Asks for a truck's ways. */
const openServer = ({ url, truck = twoAxleCompactor, patience }: ValhallaOptions): Ask => {
  const costing = {
    costing: 'truck',
    costing_options: { truck: { weight: truck.tonnes, height: truck.heightMetres, width: truck.widthMetres } },
  };
  return async (service, request) => {
    const answer = await askService(
      { name: 'Valhalla', url: `${url}/${service}`, body: JSON.stringify({ ...request, ...costing }) },
      patience,
    );
    if (hasIgnoredRings(answer.body)) throw new TravelUnavailableError('Valhalla ignored the closed areas');
    return answer;
  };
};

/** One place beside no road would make the server refuse its whole block: such places are found first. */
const offRoads = async (ask: Ask, places: readonly Position[]): Promise<ReadonlySet<number>> => {
  const off = new Set<number>();
  for (const some of chunk([...places.keys()], PLACES_TO_LOCATE)) {
    const { body } = await ask('locate', {
      locations: some.map((place) => wire(places[place] as Position)),
      verbose: false,
    });
    const found = locateSchema.safeParse(body);
    if (!found.success || found.data.length !== some.length) throw refused('to locate places', body);
    found.data.forEach(({ edges }, index) => {
      const place = some[index] as number;
      const isNear = (edges ?? []).some(
        ({ correlated_lat: latitude, correlated_lon: longitude }) =>
          greatCircleMetres(places[place] as Position, { latitude, longitude }) <= MOST_METRES_TO_ROAD,
      );
      if (!isNear) off.add(place);
    });
  }
  return off;
};

const askBlocks =
  (ask: Ask, places: readonly Position[]): AskBlock =>
  async (origins, destinations, around) => {
    const at = (some: readonly number[]) => some.map((place) => wire(places[place] as Position));
    const request = {
      sources: at(origins),
      targets: at(destinations),
      units: 'kilometers',
      verbose: false,
      ...excluding(around),
    };
    const { body } = await ask('sources_to_targets', request);
    const block = blockOf(body);
    if (block !== undefined) return block;
    if (tooLarge.has(codeOf(body)) && origins.length + destinations.length > 2) return 'too-large';
    throw refused('a matrix', body);
  };

const askStretches =
  (ask: Ask): AskStretch =>
  async (places, around) => {
    const { body } = await ask('route', {
      locations: places.map(wire),
      units: 'kilometers',
      directions_type: 'none',
      ...excluding(around),
    });
    const found = routeSchema.safeParse(body);
    if (!found.success && noWay.has(codeOf(body))) return undefined;
    if (!found.success) throw refused('a route', body);
    return found.data.trip.legs.map(({ shape }) => decodePolyline(shape, 6));
  };

/** Travel times, and lines, from a Valhalla server. */
export const valhallaTravelTimes = (options: ValhallaOptions, straight: StraightTravel): TravelTimes => {
  const { blockSize = USUAL_BLOCK_SIZE } = options;
  const ask = openServer(options);
  return async (places, closed) => {
    const off = await offRoads(ask, places);
    const matrix = await matrixInBlocks(places, {
      source: 'Valhalla (truck)',
      blockSize,
      straight,
      ask: askBlocks(ask, places),
      off,
      closed,
    });
    return { ...matrix, lines: linesInStretches(PLACES_IN_A_ROUTE, askStretches(ask), closedPairs(closed)) };
  };
};
