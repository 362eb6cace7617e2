import type { Position } from '../../shared/city/entities.ts';
import { type Plan, planSchema } from '../../shared/routing/plan.ts';

/** A plan whose routes pass these places in their order; a stop without a place is a break. */
export const fixturePlan = (routes: readonly (readonly { readonly position?: Position }[])[]): Plan =>
  planSchema.parse({
    planId: 'plan-1',
    serviceDate: '2026-11-22',
    trigger: 'dispatcher',
    requestedAt: 0,
    status: 'planned',
    finishedAt: 1,
    totals: {
      vehicles: routes.length,
      trips: 1,
      bins: 1,
      distanceMetres: 1,
      workingSeconds: 1,
      collectedLitres: 1,
      collectedKg: 1,
      costVnd: 1,
    },
    routes: routes.map((places, index) => ({
      vehicleId: `truck-${index + 1}`,
      vehicleName: `Truck ${index + 1}`,
      startsAt: 0,
      endsAt: 1,
      distanceMetres: 1,
      drivingSeconds: 1,
      trips: 1,
      bins: places.length,
      collectedLitres: 1,
      stops: places.map(({ position }, at) => ({
        kind: position === undefined ? 'break' : at === 0 ? 'depot' : 'bin',
        name: `Place ${at}`,
        ...(position && { id: `place-${at}`, position }),
        arrivesAt: at,
        departsAt: at,
        waitingSeconds: 0,
        legMetres: 1,
        loadLitres: 0,
        loadKg: 0,
      })),
    })),
    unserved: [],
    noData: [],
    travelSource: 'by hand',
    solver: { iterations: 1, seconds: 1, seed: 1 },
  });
