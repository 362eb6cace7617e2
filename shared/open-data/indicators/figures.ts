import { mayPublishIndex } from '../../city/station-class.ts';
import { ALARM_STANDARD } from '../../environment/episodes/alarm-thresholds.ts';
import { categoryOf } from '../../environment/indices/aqi-parts.ts';
import type { IndexCategory } from '../../environment/indices/index-result.ts';
import { vnAqiCategories } from '../../environment/indices/vn-aqi-tables.ts';
import { vnWqiCategories } from '../../environment/indices/vn-wqi-tables.ts';
import type { HealthProblemKind } from '../../telemetry/health/sensor-health.ts';
import { hexColour } from '../open-index.ts';
import { type Detail, type Figure, type Figures, known, unknown } from './indicator.ts';
import type { Snapshot, StationNow, TonightsPlan } from './snapshot.ts';

const DAY_MS = 86_400_000;
/** The city's usual service level, and what a level sensor under a lid calls full: its blind zone hides the rest. */
const FULL = 0.8;
const OVERFLOWING = 0.95;

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

const binFigures = ({ bins, at }: Snapshot) => {
  const fills = bins.flatMap(({ fill }) => (fill.status === 'known' ? [fill.fraction] : []));
  const ofBins = (value: number): Figure => (bins.length === 0 ? unknown('no-bins', at) : known(value, at));
  const ofFills = (work: () => number): Figure => {
    if (bins.length === 0) return unknown('no-bins', at);
    return fills.length === 0 ? unknown('no-fill-data', at) : known(work(), at);
  };
  const collections = bins.flatMap((bin) => bin.collections ?? []);
  const noCollections = unknown(bins.length === 0 ? 'no-bins' : 'no-fill-data', at);
  return {
    binsTotal: known(bins.length, at),
    binsReporting: ofBins(fills.length),
    binsOver80: ofFills(() => fills.filter((fill) => fill >= FULL).length),
    binsOverflowing: ofFills(() => fills.filter((fill) => fill >= OVERFLOWING).length),
    meanFill: ofFills(() => rounded((100 * fills.reduce((sum, fill) => sum + fill, 0)) / fills.length, 1)),
    collections24h:
      collections.length === 0
        ? noCollections
        : known(
            collections.reduce((sum, each) => sum + each, 0),
            at,
          ),
  };
};

/** Totals and nothing that says where or when a truck is. */
const planFigures = ({ plan, at }: Snapshot) => {
  const of = (work: (totals: TonightsPlan['totals']) => number): Figure => {
    if (plan === 'withheld') return unknown('whole-city-only', at);
    return plan === undefined ? unknown('no-plan', at) : known(work(plan.totals), plan.finishedAt);
  };
  return {
    planStops: of(({ bins }) => bins),
    planDistance: of(({ distanceMetres }) => rounded(distanceMetres / 1_000, 1)),
    planTrucks: of(({ vehicles }) => vehicles),
    planTonnes: of(({ collectedKg }) => rounded(collectedKg / 1_000, 2)),
  };
};

type Indexed = {
  readonly station: StationNow['station'];
  readonly index: string;
  readonly value: number;
  readonly endsAt: number;
  readonly category: IndexCategory;
};

const airIndexOf = ({ station, indices: { vnAqi1h } }: StationNow): readonly Indexed[] => {
  if (station.kind !== 'air' || !mayPublishIndex(station) || vnAqi1h?.value == null) return [];
  const { value, measuredAt: endsAt } = vnAqi1h;
  return [{ station, index: 'VN_AQI', value, endsAt, category: categoryOf(vnAqiCategories, value) }];
};

/** VN_WQI where there is one; else what the sensors indicate, and it says so. */
const waterIndexOf = ({ station, indices: { vnWqi, wqiIndicative } }: StationNow): readonly Indexed[] => {
  if (station.kind !== 'water' || !mayPublishIndex(station)) return [];
  const [index, found] = vnWqi?.value == null ? ['WQI_INDICATIVE', wqiIndicative] : ['VN_WQI', vnWqi];
  if (found?.value == null) return [];
  const { value, measuredAt: endsAt } = found;
  return [{ station, index: String(index), value, endsAt, category: categoryOf(vnWqiCategories, value) }];
};

const band = ({ level, nameEn, nameVi, rgb }: IndexCategory) => ({ level, nameEn, nameVi, colour: hexColour(rgb) });

const categoriesAmong = (indexed: readonly Indexed[], all: readonly IndexCategory[]): Detail => ({
  categories: all
    .map((category) => ({
      ...band(category),
      count: indexed.filter((each) => each.category.level === category.level).length,
    }))
    .sort((a, b) => a.level - b.level),
});

type Kind = {
  readonly kind: 'air' | 'water';
  readonly categories: readonly IndexCategory[];
  readonly isWorse: (a: number, b: number) => boolean;
};

const indexFigures = (
  { stations, at }: Snapshot,
  indexOf: (station: StationNow) => readonly Indexed[],
  { kind, categories, isWorse }: Kind,
): { readonly count: Figure; readonly worst: Figure } => {
  const indexed = stations.flatMap(indexOf);
  const [first, ...others] = indexed;
  if (first === undefined) {
    const exists = stations.some(({ station }) => station.kind === kind);
    const none = unknown(exists ? 'no-index' : 'no-stations', at);
    return { count: none, worst: none };
  }
  const worst = others.reduce((a, b) => (isWorse(b.value, a.value) ? b : a), first);
  const { id, name } = worst.station;
  return {
    count: known(
      indexed.length,
      Math.max(...indexed.map(({ endsAt }) => endsAt)),
      categoriesAmong(indexed, categories),
    ),
    worst: known(worst.value, worst.endsAt, {
      station: { id, name },
      category: band(worst.category),
      index: worst.index,
    }),
  };
};

/** Hours come to be judged a little after they end, and once an hour. */
const LONGEST_UNJUDGED_MS = 3 * 3_600_000;

/** Nothing under way is good news only while somebody is listening and judging; alarms are judged as readings come. */
const episodeFigures = ({ stations, episodes, evaluatedTo = Number.NEGATIVE_INFINITY, at }: Snapshot) => {
  const isHeard = stations.some(({ lastReceivedAt }) => lastReceivedAt !== undefined && lastReceivedAt > at - DAY_MS);
  const of = (count: number): Figure => {
    if (stations.length === 0) return unknown('no-stations', at);
    return count === 0 && !isHeard ? unknown('no-recent-data', at) : known(count, at);
  };
  const alarms = episodes.filter(({ limit }) => limit.standardId === ALARM_STANDARD);
  const exceedances = of(episodes.length - alarms.length);
  const isJudged = evaluatedTo >= at - LONGEST_UNJUDGED_MS;
  const unjudged = exceedances.value === 0 && !isJudged;
  return { openEpisodes: unjudged ? unknown('not-judged', at) : exceedances, openAlarms: of(alarms.length) };
};

const sensorFigures = ({ sensors, at }: Snapshot) => {
  const watched = sensors.flatMap(({ health }) => health ?? []);
  const checkedAt = Math.max(...watched.map((health) => health.checkedAt));
  const withProblem = (kind: HealthProblemKind): Figure => {
    if (sensors.length === 0) return unknown('no-sensors', at);
    if (watched.length === 0) return unknown('not-watched', at);
    return known(watched.filter(({ problems }) => problems.some((problem) => problem.kind === kind)).length, checkedAt);
  };
  const expected = sensors.reduce((sum, sensor) => sum + sensor.expected, 0);
  const received = sensors.reduce((sum, sensor) => sum + sensor.received, 0);
  const heard = sensors.flatMap(({ state }) => state?.lastReceivedAt ?? []);
  return {
    sensorsSilent: withProblem('silent'),
    sensorsLowBattery: withProblem('battery'),
    completeness24h: expected === 0 ? unknown('no-sensors', at) : known(rounded((100 * received) / expected, 1), at),
    newestMessageAge:
      heard.length === 0
        ? unknown(sensors.length === 0 ? 'no-sensors' : 'nothing-heard', at)
        : known(Math.max(0, Math.round((at - Math.max(...heard)) / 1_000)), at),
  };
};

/** The 20 figures of an area. Pure. */
export const figuresOf = (snapshot: Snapshot): Figures => {
  const air = indexFigures(snapshot, airIndexOf, {
    kind: 'air',
    categories: vnAqiCategories,
    isWorse: (a, b) => a > b,
  });
  const water = indexFigures(snapshot, waterIndexOf, {
    kind: 'water',
    categories: vnWqiCategories,
    isWorse: (a, b) => a < b,
  });
  return {
    ...binFigures(snapshot),
    ...planFigures(snapshot),
    airStations: air.count,
    airWorst: air.worst,
    waterStations: water.count,
    waterWorst: water.worst,
    ...episodeFigures(snapshot),
    ...sensorFigures(snapshot),
  };
};
