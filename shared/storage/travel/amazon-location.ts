import * as z from 'zod';
import type { Position } from '../../city/entities.ts';
import { type ClosedArea, ringOf } from '../../routing/travel/closed-area.ts';
import type { StraightTravel } from '../../routing/travel/off-network.ts';
import { type TruckClass, twoAxleCompactor } from '../../routing/travel/roads/truck-access.ts';
import { type TravelTimes, TravelUnavailableError } from '../../routing/travel/travel-times.ts';
import { askService, type Patience, type ServiceAnswer } from './ask-service.ts';
import { type AskBlock, matrixInBlocks } from './block-matrix.ts';
import { closedPairs } from './closed-pairs.ts';
import { type AskStretch, linesInStretches } from './lines-in-stretches.ts';
import { type AwsCredentials, signV4 } from './sign-v4.ts';

/**
 * Amazon Location Service, Routes API version 2 (CalculateRouteMatrix, CalculateRoutes), for trucks. Every pair of a matrix is
 * billed. Signed here, since its SDK client is none of our dependencies.
 */
export type AmazonLocationOptions = {
  readonly region: string;
  /** Read for each request: a function's credentials change while it is warm. */
  readonly credentials: () => AwsCredentials | undefined;
  /** Without a slash at its end; the region's own when absent. */
  readonly url?: string;
  readonly truck?: TruckClass;
  /** Places along one side of a block. */
  readonly blockSize?: number;
  readonly patience?: Patience;
};

const USUAL_BLOCK_SIZE = 100;
/** A route takes so many waypoints between its ends. */
const PLACES_IN_A_ROUTE = 25;
/** The roads around: a way may leave the box of the places by so much, some eleven kilometres. */
const MARGIN_DEGREES = 0.1;
const KG_PER_TONNE = 1_000;
const CM_PER_METRE = 100;

const matrixSchema = z.object({
  RouteMatrix: z.array(z.array(z.object({ Distance: z.number(), Duration: z.number(), Error: z.string().optional() }))),
});
const routesSchema = z.object({
  Routes: z.array(
    z.object({
      Legs: z.array(z.object({ Geometry: z.object({ LineString: z.array(z.tuple([z.number(), z.number()])) }) })),
    }),
  ),
});
const refusalSchema = z
  .object({ message: z.string() })
  .or(z.object({ Message: z.string() }).transform(({ Message }) => ({ message: Message })));

const refused = (operation: string, status: number, body: unknown): TravelUnavailableError => {
  const refusal = refusalSchema.safeParse(body);
  const words = refusal.success ? refusal.data.message : 'an answer of another shape';
  return new TravelUnavailableError(`Amazon Location refused ${operation} (${status}): ${words}`);
};

/** A tenth of a metre is exact enough, and one more digit is one more byte in every request. */
const sixDecimals = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

const wire = ({ latitude, longitude }: Position): [number, number] => [sixDecimals(longitude), sixDecimals(latitude)];

const boxAround = (places: readonly Position[]): [number, number, number, number] => {
  const [longitudes, latitudes] = [places.map(({ longitude }) => longitude), places.map(({ latitude }) => latitude)];
  const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b)) - MARGIN_DEGREES;
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b)) + MARGIN_DEGREES;
  const box = [least(longitudes), least(latitudes), most(longitudes), most(latitudes)] as const;
  return [sixDecimals(box[0]), sixDecimals(box[1]), sixDecimals(box[2]), sixDecimals(box[3])];
};

/**
 * `Avoid.Areas`. The service goes through such an area where nothing else is left, and marks that entry of a matrix as an error (`Violation`):
 * for us no way.
 */
const avoiding = (around: readonly ClosedArea[]) => {
  const ring = (area: ClosedArea) => ringOf(area).map(([x, y]) => [sixDecimals(x), sixDecimals(y)]);
  return around.length === 0
    ? {}
    : { Avoid: { Areas: around.map((area) => ({ Geometry: { Polygon: [ring(area)] } })) } };
};

const truckOf = ({ tonnes, heightMetres, widthMetres }: TruckClass) => ({
  GrossWeight: Math.round(tonnes * KG_PER_TONNE),
  Height: Math.round(heightMetres * CM_PER_METRE),
  Width: Math.round(widthMetres * CM_PER_METRE),
});

type Ask = (path: string, request: object) => Promise<ServiceAnswer>;

/** Asks for a truck's ways, signed. */
const openService = (options: AmazonLocationOptions): Ask => {
  const { region, truck = twoAxleCompactor, patience } = options;
  const service = options.url ?? `https://routes.geo.${region}.amazonaws.com`;
  const common = {
    TravelMode: 'Truck',
    TravelModeOptions: { Truck: truckOf(truck) },
    OptimizeRoutingFor: 'FastestRoute',
    // A plan is for another hour than now: rush hours are the city's own slots.
    Traffic: { Usage: 'IgnoreTrafficData' },
  };
  return (path, request) => {
    const url = `${service}${path}`;
    const body = JSON.stringify({ ...request, ...common });
    const headers = (): Readonly<Record<string, string>> => {
      const credentials = options.credentials();
      if (credentials === undefined)
        throw new TravelUnavailableError('Amazon Location needs credentials, and there are none');
      const at = new Date();
      return signV4({ method: 'POST', url: new URL(url), body, region, service: 'geo-routes', at }, credentials);
    };
    return askService({ name: 'Amazon Location', url, body, headers }, patience);
  };
};

const askBlocks =
  (ask: Ask, places: readonly Position[]): AskBlock =>
  async (origins, destinations, around) => {
    const at = (some: readonly number[]) => some.map((place) => ({ Position: wire(places[place] as Position) }));
    const boundary = { Geometry: { BoundingBox: boxAround(places) } };
    const request = {
      Origins: at(origins),
      Destinations: at(destinations),
      RoutingBoundary: boundary,
      ...avoiding(around),
    };
    const { status, body } = await ask('/v2/route-matrix', request);
    const matrix = matrixSchema.safeParse(body);
    if (!matrix.success) throw refused('a matrix', status, body);
    const rows = matrix.data.RouteMatrix;
    return {
      seconds: rows.map((row) => row.map((entry) => (entry.Error === undefined ? entry.Duration : null))),
      metres: rows.map((row) => row.map((entry) => (entry.Error === undefined ? entry.Distance : null))),
    };
  };

const askStretches =
  (ask: Ask): AskStretch =>
  async (places, around) => {
    const [origin, ...rest] = places.map(wire);
    const destination = rest.pop();
    const request = {
      Origin: origin,
      Destination: destination,
      ...(rest.length > 0 && { Waypoints: rest.map((position) => ({ Position: position })) }),
      LegGeometryFormat: 'Simple',
      ...avoiding(around),
    };
    const { status, body } = await ask('/v2/routes', request);
    const found = routesSchema.safeParse(body);
    if (!found.success) throw refused('a route', status, body);
    return found.data.Routes[0]?.Legs.map(({ Geometry }) => Geometry.LineString);
  };

/** Travel times, and lines, from Amazon Location. */
export const amazonLocationTravelTimes = (options: AmazonLocationOptions, straight: StraightTravel): TravelTimes => {
  const { blockSize = USUAL_BLOCK_SIZE } = options;
  const ask = openService(options);
  return async (places, closed) => {
    const matrix = await matrixInBlocks(places, {
      source: 'Amazon Location (truck)',
      blockSize,
      straight,
      ask: askBlocks(ask, places),
      closed,
    });
    return { ...matrix, lines: linesInStretches(PLACES_IN_A_ROUTE, askStretches(ask), closedPairs(closed)) };
  };
};
