import type { Bin, City, Depot, DisposalSite, Station } from '../../../shared/city/entities.ts';
import type { Exceedance } from '../../../shared/environment/exceedance.ts';
import type { Plan, PlanRoute, PlanState, PlanStop, PlanSummary, PlanTotals } from '../../../shared/routing/plan.ts';
import type { QualityFlag } from '../../../shared/telemetry/reading.ts';
import type { SignInSettings } from '../sign-in/oauth.ts';

/** An instant on the wire: ISO 8601, UTC. */
export type Instant = string;

/** A domain value as the operations API answers it: every field named `…At` is an ISO 8601 string in place of epoch milliseconds. */
export type OnWire<T> = T extends readonly (infer Item)[]
  ? readonly OnWire<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Key extends `${string}At` ? InstantFor<T[Key]> : OnWire<T[Key]> }
    : T;
type InstantFor<T> = null extends T ? Instant | null : undefined extends T ? Instant | undefined : Instant;

export type Fill =
  | {
      readonly status: 'known';
      /** 0..1. */
      readonly fraction: number;
      readonly measuredAt: Instant;
      readonly flag: QualityFlag;
      readonly toldBy?: 'crew';
      /** All its sensors are silent: the level is an old one. */
      readonly silentSince?: Instant;
      /** Why the level is not quite sure. */
      readonly doubt?: { readonly code: string; readonly reason: string; readonly reasonVi: string };
    }
  | { readonly status: 'no-data'; readonly reason: string; readonly lastHeardAt: Instant | null };

export type BinWithFill = Bin & { readonly sensorIds: readonly string[]; readonly fill: Fill };
export type BinsAnswer = { readonly generatedAt: Instant; readonly bins: readonly BinWithFill[] };

export type FillPoint = {
  readonly measuredAt: Instant;
  /** `null` where the sensor was heard but could not tell. */
  readonly fraction: number | null;
  readonly flag: QualityFlag;
};
export type FillAnswer = {
  readonly binId: string;
  readonly points: readonly FillPoint[];
  readonly nextCursor?: string;
};

export type LatestValue = {
  readonly sensorId: string;
  readonly quantity: string;
  readonly nameEn: string;
  readonly nameVi: string;
  readonly value: number | null;
  readonly unit: string;
  readonly measuredAt: Instant;
  readonly flag: QualityFlag;
  readonly test: string;
};
export type StationWithLatest = Station & {
  readonly sensorIds: readonly string[];
  readonly lastHeardAt: Instant | null;
  readonly latest: readonly LatestValue[];
};
export type StationsAnswer = { readonly generatedAt: Instant; readonly stations: readonly StationWithLatest[] };

export type DepotsAnswer = { readonly depots: readonly Depot[] };
export type DisposalSitesAnswer = { readonly disposalSites: readonly DisposalSite[] };

type Moment<T extends { readonly at: number }> = Omit<T, 'at'> & { readonly at: Instant };
type OnWireTimes<T extends { readonly at: number; readonly until: number }> = Omit<T, 'at' | 'until'> & {
  readonly at: Instant;
  readonly until: Instant;
};
type Stopped = { readonly outOfService?: Moment<NonNullable<PlanRoute['outOfService']>> | undefined };

type WireStood = OnWireTimes<NonNullable<PlanRoute['stood']>[number]>;
type StoodOften = { readonly stood?: readonly WireStood[] | undefined };

export type WirePlanRoute = Omit<OnWire<PlanRoute>, 'outOfService' | 'stood'> & Stopped & StoodOften;
type WireClosure = Omit<NonNullable<Plan['closures']>[number], 'until'> & { readonly until?: Instant | undefined };
export type WirePlan = Omit<OnWire<Plan>, 'routes' | 'excluded' | 'closures'> & {
  readonly closures?: readonly WireClosure[] | undefined;
  readonly routes: readonly WirePlanRoute[];
  readonly excluded?: readonly Moment<NonNullable<Plan['excluded']>[number]>[] | undefined;
  /** Where it stands; absent in plans from before plans had a life. */
  readonly state?: PlanState | undefined;
  readonly version?: number | undefined;
  readonly publishedVersion?: number | undefined;
  readonly publishedAt?: Instant | undefined;
};
export type WirePlanStop = OnWire<PlanStop>;
export type WirePlanSummary = OnWire<PlanSummary>;
export type PlanAnswer = WirePlan | WirePlanSummary;
export type PlansAnswer = { readonly plans: readonly WirePlanSummary[]; readonly nextCursor?: string };

export type WireExceedance = OnWire<Exceedance>;
export type ExceedancesAnswer = { readonly exceedances: readonly WireExceedance[]; readonly nextCursor?: string };

export type HealthProblemKind = 'silent' | 'battery' | 'clock';
export type SensorHealthEntry = {
  readonly sensorId: string;
  readonly kind: 'bin' | 'air' | 'water';
  readonly siteId: string | null;
  readonly lastReceivedAt: Instant | null;
  readonly checkedAt: Instant;
  readonly problems: readonly {
    readonly kind: HealthProblemKind;
    readonly since: Instant;
    readonly openedAt: Instant;
    readonly wellSince: Instant | null;
    readonly reason: { readonly code: string; readonly en: string; readonly vi: string };
  }[];
};
export type SensorHealthAnswer = {
  readonly generatedAt: Instant;
  readonly watched: number;
  /** The last check of any; `null` before the first. */
  readonly checkedAt: Instant | null;
  readonly open: Readonly<Record<HealthProblemKind, number>>;
  readonly sensors: readonly SensorHealthEntry[];
};

export type KpiName =
  | 'collections'
  | 'collectionsAvoided'
  | 'distanceKm'
  | 'workingHours'
  | 'fuelLitres'
  | 'co2Kg'
  | 'costVnd'
  | 'overflows'
  | 'overflowHours'
  | 'meanFillAtPickUp'
  | 'shareBelowHalf'
  | 'serviceLevel'
  | 'sensorUptime'
  | 'planAdherence'
  | 'onTime';
export type KpiFigure = {
  readonly value: number | null;
  readonly reason: { readonly code: string; readonly en: string; readonly vi: string } | null;
};
export type KpiFigures = Readonly<Record<KpiName, KpiFigure>>;
export type KpiDivision = 'day' | 'truck' | 'ward';
export type KpiRow = { readonly key: string; readonly name: string; readonly figures: KpiFigures };
export type KpisAnswer = {
  readonly from: string;
  readonly to: string;
  readonly baseline: { readonly perBinPerWeek: number; readonly name: string } | null;
  readonly co2: { readonly kgPerLitre: number; readonly source: string };
  readonly missingDays: readonly string[];
  readonly adherenceTold: { readonly stops: number; readonly byCrews: number };
  readonly total: KpiFigures;
  readonly fillAtPickUp: readonly number[];
  readonly rows: readonly KpiRow[];
};

/** What the host tells the console about itself. */
export type HostConfig = {
  readonly tiles?: { readonly url: string; readonly attribution: string };
  /** Who asks must sign in; absent where nobody is asked. */
  readonly signIn?: SignInSettings;
};

export type { City, Depot, DisposalSite, PlanTotals, QualityFlag };
