import { afterEach, describe, expect, it } from 'vitest';
import { amazonLocationTravelTimes } from '../../../../shared/storage/travel/amazon-location.ts';
import { signV4 } from '../../../../shared/storage/travel/sign-v4.ts';
import { type AskedOf, startRoutingServer, type Told } from '../../../support/routing-server.ts';

const straight = { detourFactor: 1.3, speedKmh: 30 };
const places = [0, 1, 2].map((step) => ({ latitude: 10.9, longitude: 106.6 + step / 100 }));
const credentials = () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' });

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());
const serving = async (answer: (asked: AskedOf) => Told) => {
  const server = await startRoutingServer(answer);
  close = server.close;
  return { server, options: { region: 'ap-southeast-1', url: server.url, credentials } };
};

type Point = { readonly Position: readonly [number, number] };
const matrixOf = ({ body }: AskedOf): Told => {
  const { Origins, Destinations } = JSON.parse(body) as { Origins: Point[]; Destinations: Point[] };
  const numberOf = ({ Position }: Point): number => Math.round((Position[0] - 106.6) * 100);
  const entry = (from: number, to: number) =>
    from === 0 && to === 2
      ? { Distance: 0, Duration: 0, Error: 'NoRoute' }
      : { Distance: 1_000 + from, Duration: 100 + to };
  const RouteMatrix = Origins.map((from) => Destinations.map((to) => entry(numberOf(from), numberOf(to))));
  return { body: { ErrorCount: 0, RouteMatrix, RoutingBoundary: {} } };
};

describe('Amazon Location', () => {
  it('is asked for trucks within the city, signed for the region', async () => {
    const { server, options } = await serving(matrixOf);
    const matrix = await amazonLocationTravelTimes(options, straight)(places);
    const [asked] = server.asked;
    expect(asked?.url.pathname).toBe('/v2/route-matrix');
    expect(JSON.parse(asked?.body ?? '{}')).toMatchObject({
      Origins: [{ Position: [106.6, 10.9] }, {}, {}],
      TravelMode: 'Truck',
      TravelModeOptions: { Truck: { GrossWeight: 15_000, Height: 340, Width: 250 } },
      Traffic: { Usage: 'IgnoreTrafficData' },
      RoutingBoundary: { Geometry: { BoundingBox: [106.5, 10.8, 106.72, 11] } },
    });
    expect(asked?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/ap-southeast-1\/geo-routes\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
    expect(asked?.headers['x-amz-security-token']).toBe('token');
    expect(Array.from(matrix.durationSeconds[1] ?? [])).toEqual([100, 0, 102]);
    expect(Array.from(matrix.distanceMetres[0] ?? [])).toEqual([0, 1_000, null]);
    expect(matrix.source).toBe('Amazon Location (truck)');
  });

  it('that refuses, or for which there are no credentials, is not available', async () => {
    const { options } = await serving(() => ({
      status: 403,
      body: { Message: 'User is not authorized to perform: geo-routes:CalculateRouteMatrix' },
    }));
    await expect(amazonLocationTravelTimes(options, straight)(places)).rejects.toThrow(
      'Amazon Location refused a matrix (403): User is not authorized',
    );
    const nobody = { ...options, credentials: () => undefined };
    await expect(amazonLocationTravelTimes(nobody, straight)(places)).rejects.toThrow('needs credentials');
  });

  it('draws each leg of a route', async () => {
    const leg = {
      Geometry: {
        LineString: [
          [106.6, 10.9],
          [106.605, 10.901],
          [106.61, 10.9],
        ],
      },
      Type: 'Vehicle',
    };
    const { server, options } = await serving((asked) =>
      asked.url.pathname === '/v2/routes' ? { body: { Routes: [{ Legs: [leg, leg] }] } } : matrixOf(asked),
    );
    const { lines } = await amazonLocationTravelTimes(options, straight)(places);
    expect(await lines?.(places)).toEqual([leg.Geometry.LineString, leg.Geometry.LineString]);
    expect(JSON.parse(server.asked.at(-1)?.body ?? '{}')).toMatchObject({
      Origin: [106.6, 10.9],
      Destination: [106.62, 10.9],
      Waypoints: [{ Position: [106.61, 10.9] }],
      LegGeometryFormat: 'Simple',
    });
  });
});

/** AWS's published test suite of Signature Version 4: `get-vanilla` and `post-vanilla`. */
describe('signing for AWS', () => {
  const example = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const request = {
    url: new URL('https://example.amazonaws.com/'),
    body: '',
    region: 'us-east-1',
    service: 'service',
    at: new Date('2015-08-30T12:36:00Z'),
  };
  it.each([
    ['GET', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['POST', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ] as const)('agrees with its test suite on %s', (method, signature) => {
    expect(signV4({ ...request, method }, example)).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    });
  });
});
