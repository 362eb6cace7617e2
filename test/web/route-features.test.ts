import { describe, expect, it } from 'vitest';
import { planAnswerOf } from '../../functions/operations-api/plan-answers.ts';
import { planToGeoJson } from '../../shared/routing/geojson.ts';
import { withRouteLines } from '../../shared/routing/route-lines.ts';
import type { RouteLines } from '../../shared/routing/travel/travel-times.ts';
import { routeFeatures } from '../../web/src/map/features.ts';
import { fixturePlan } from '../support/plan.ts';

const [a, b, c, d] = [0, 1, 2, 3].map((step) => ({ latitude: 10.9, longitude: 106.6 + step / 100 })) as [
  { latitude: number; longitude: number },
  { latitude: number; longitude: number },
  { latitude: number; longitude: number },
  { latitude: number; longitude: number },
];
const plan = fixturePlan([
  [{ position: a }, { position: b }, { position: c }, { position: d }],
  [{ position: a }, { position: d }],
]);

/** Round by the north, but not between the second place and the third, nor on the long way. */
const lines: RouteLines = async (places) =>
  places.slice(1).map((to, index) => {
    const from = places[index] ?? to;
    if (from.longitude === b.longitude || to.longitude - from.longitude > 0.02) return undefined;
    return [[(from.longitude + to.longitude) / 2, 10.905]];
  });

describe('a plan’s routes on the map', () => {
  it('are ways along roads, and apart from them what is only known as a straight line', async () => {
    const answer = planAnswerOf(await withRouteLines(plan, lines));
    const features = routeFeatures(answer).features.map(({ geometry, properties }) => ({
      route: properties?.route,
      straight: properties?.straight,
      lines: geometry.type === 'MultiLineString' ? geometry.coordinates.map((line) => line.length) : [],
    }));
    expect(features).toEqual([
      { route: 0, straight: false, lines: [3, 3] },
      { route: 0, straight: true, lines: [2] },
      { route: 1, straight: true, lines: [2] },
    ]);
  });

  it('are straight where no roads are known', () => {
    expect(routeFeatures(planAnswerOf(plan)).features.map(({ properties }) => properties?.straight)).toEqual([
      true,
      true,
    ]);
    expect(routeFeatures(undefined).features).toEqual([]);
  });

  it('are one line each in the API’s GeoJSON, which says how many legs are straight', async () => {
    const routes = planToGeoJson(await withRouteLines(plan, lines)).features.filter(
      ({ properties }) => properties.kind === 'route',
    );
    expect(routes.map(({ properties }) => properties.straightLegs)).toEqual([1, 1]);
    expect(routes[0]?.geometry.coordinates).toEqual([
      [106.6, 10.9],
      [106.605, 10.905],
      [b.longitude, 10.9],
      [c.longitude, 10.9],
      [expect.closeTo(106.625, 6), 10.905],
      [d.longitude, 10.9],
    ]);
  });
});
