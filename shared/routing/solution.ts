import type { Load } from './problem.ts';

/** What the optimizer answers. All times in seconds since the service day's midnight, distances in metres. */
export type Solution = {
  readonly routes: readonly Route[];
  readonly unserved: readonly Unserved[];
  readonly cost: CostBreakdown;
  readonly iterations: number;
  readonly seconds: number;
};

/** One vehicle's working day. */
export type Route = {
  readonly vehicleId: string;
  /** 0-based among vehicles of the same id when `count` > 1. */
  readonly vehicleIndex: number;
  readonly visits: readonly Visit[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly distanceMetres: number;
  readonly drivingSeconds: number;
  readonly waitingSeconds: number;
};

export type Visit =
  | (VisitTimes & { readonly kind: 'start' | 'end' })
  /** `trip` counts from 1; a trip ends at a disposal site. */
  | (VisitTimes & { readonly kind: 'stop'; readonly stopId: string; readonly trip: number })
  | (VisitTimes & { readonly kind: 'disposal'; readonly disposalId: string; readonly trip: number })
  | (VisitTimes & { readonly kind: 'break' })
  /** It stood out of service; always `done`. `emptied`: what was on board was taken from it. */
  | (VisitTimes & { readonly kind: 'stand'; readonly emptied?: true });

export type VisitTimes = {
  readonly location: number;
  readonly arrivesAt: number;
  readonly serviceStartsAt: number;
  readonly departsAt: number;
  /** On board when it departs. */
  readonly load: Load;
  /** From the place before. */
  readonly legMetres: number;
  /** It had happened before the plan was made (`done` of the vehicle). */
  readonly done?: true;
};

/** `reason` in English, `reasonVi` the same in Vietnamese. */
export type Unserved = { readonly stopId: string; readonly reason: string; readonly reasonVi: string };

export type CostBreakdown = {
  readonly fixed: number;
  readonly distance: number;
  readonly time: number;
  readonly disposal: number;
  readonly prizesForgone: number;
  /** For days of unequal length, and for stops taken from the vehicle that was published for them. */
  readonly balance: number;
  readonly deviation: number;
  readonly total: number;
};
