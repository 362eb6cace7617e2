import type { Plan, PlanRoute, PlanStop } from './plan.ts';
import { routeLegs } from './route-lines.ts';

/** RFC 7946. */
type Properties = Readonly<Record<string, string | number | boolean | null>>;
type LongitudeLatitude = readonly [longitude: number, latitude: number];

export type PlanFeature = {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry:
    | { readonly type: 'LineString'; readonly coordinates: readonly LongitudeLatitude[] }
    | { readonly type: 'Point'; readonly coordinates: LongitudeLatitude };
  readonly properties: Properties;
};

export type PlanFeatureCollection = { readonly type: 'FeatureCollection'; readonly features: readonly PlanFeature[] };

const coordinatesOf = ({ position }: PlanStop): LongitudeLatitude | undefined =>
  position && [position.longitude, position.latitude];

const isoInstant = (epochMs: number): string => new Date(epochMs).toISOString();

const lineFeature = (plan: Plan, route: PlanRoute): PlanFeature[] => {
  const legs = routeLegs(route);
  if (legs.length === 0) return [];
  const coordinates = legs.flatMap(({ line }, leg) => (leg === 0 ? line : line.slice(1)));
  const straightLegs = legs.filter(({ alongRoads }) => !alongRoads).length;
  return [
    {
      type: 'Feature',
      id: `${plan.planId}/${route.vehicleId}`,
      geometry: { type: 'LineString', coordinates },
      properties: {
        kind: 'route',
        planId: plan.planId,
        serviceDate: plan.serviceDate,
        vehicleId: route.vehicleId,
        vehicleName: route.vehicleName,
        startsAt: isoInstant(route.startsAt),
        endsAt: isoInstant(route.endsAt),
        distanceMetres: route.distanceMetres,
        drivingSeconds: route.drivingSeconds,
        trips: route.trips,
        bins: route.bins,
        collectedLitres: route.collectedLitres,
        // Legs of which no way along roads is known; all of them where travel is great-circle.
        straightLegs,
      },
    },
  ];
};

const pointFeature = (plan: Plan, route: PlanRoute, stop: PlanStop, order: number): PlanFeature[] => {
  const coordinates = coordinatesOf(stop);
  if (coordinates === undefined || stop.kind === 'break') return [];
  return [
    {
      type: 'Feature',
      id: `${plan.planId}/${route.vehicleId}/${order}`,
      geometry: { type: 'Point', coordinates },
      properties: {
        kind: stop.kind,
        placeId: stop.id ?? null,
        name: stop.name,
        vehicleId: route.vehicleId,
        order,
        trip: stop.trip ?? null,
        arrivesAt: isoInstant(stop.arrivesAt),
        departsAt: isoInstant(stop.departsAt),
        loadLitres: stop.loadLitres,
        loadKg: stop.loadKg,
        ...(stop.stream !== undefined && { stream: stop.stream }),
        ...(stop.expectedFillFraction !== undefined && { expectedFillFraction: stop.expectedFillFraction }),
        ...(stop.reason !== undefined && { reason: stop.reason }),
        ...(stop.reasonVi !== undefined && { reasonVi: stop.reasonVi }),
      },
    },
  ];
};

/**
 * A plan for maps: a line per route in the order it is driven, along roads where they are known, and a point per stop with its order in
 * the route (0 = the depot it leaves), times and what is on board when it departs. Breaks have no place of their own.
 */
export const planToGeoJson = (plan: Plan): PlanFeatureCollection => ({
  type: 'FeatureCollection',
  features: plan.routes.flatMap((route) => [
    ...lineFeature(plan, route),
    ...route.stops.flatMap((stop, order) => pointFeature(plan, route, stop, order)),
  ]),
});
