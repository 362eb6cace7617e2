import type { Mean } from '../averaging.ts';
import type { JudgedPeriod } from '../judged-period.ts';
import { breaks, type Limit } from '../limit.ts';
import type { EpisodeFacts, Peak } from './facts.ts';
import { type EpisodePolicy, longestPeriodHours } from './policy.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One period of one series, whatever limit it is compared with. */
export type SeriesPeriod = Pick<JudgedPeriod, 'startsAt' | 'endsAt'> & { readonly mean?: Mean };

type Rules = { readonly limit: Limit; readonly policy: EpisodePolicy };
type ValidPeriod = SeriesPeriod & { readonly mean: Mean };

/** Whether a value is far enough on the good side of a limit to count towards closing. */
const isWell = (value: number, { limit, policy }: Rules): boolean => {
  const margin = (Math.abs(limit.value) * (100 - policy.closesAtPercent)) / 100;
  return limit.bound === 'max' ? value <= limit.value - margin : value >= limit.value + margin;
};

/** How much worse one value is than another under a limit; negative when it is better. */
export const worseBy = (value: number, than: number, { bound }: Pick<Limit, 'bound'>): number =>
  bound === 'max' ? value - than : than - value;

const peakOf = ({ startsAt, endsAt, mean: { value, observed, expected, completeness } }: ValidPeriod): Peak => ({
  value,
  periodStartsAt: startsAt,
  periodEndsAt: endsAt,
  observed,
  expected,
  completeness,
});

const openWith = (period: ValidPeriod): EpisodeFacts => ({
  phase: 'open',
  startsAt: period.startsAt,
  firstEndsAt: period.endsAt,
  lastBreachEndsAt: period.endsAt,
  trackedTo: period.endsAt,
  breaches: 1,
  valid: 1,
  peak: peakOf(period),
  latest: peakOf(period),
  toldValue: period.mean.value,
  deepenings: 0,
  wellRun: 0,
});

const advance = (facts: EpisodeFacts, period: ValidPeriod, rules: Rules): EpisodeFacts => {
  const { limit, policy } = rules;
  const { value } = period.mean;
  const isBreach = breaks(value, limit);
  const step = (Math.abs(limit.value) * policy.deepensByPercent) / 100;
  const deepens = isBreach && worseBy(value, facts.toldValue, limit) >= step;
  const wellRun = isWell(value, rules) ? facts.wellRun + 1 : 0;
  const deepenings = facts.deepenings + (deepens ? 1 : 0);
  return {
    ...facts,
    phase: wellRun > 0 ? 'closing' : deepenings > 0 ? 'deepening' : 'open',
    lastBreachEndsAt: isBreach ? period.endsAt : facts.lastBreachEndsAt,
    trackedTo: period.endsAt,
    breaches: facts.breaches + (isBreach ? 1 : 0),
    valid: facts.valid + 1,
    peak: worseBy(value, facts.peak.value, limit) > 0 ? peakOf(period) : facts.peak,
    latest: peakOf(period),
    toldValue: deepens ? value : facts.toldValue,
    deepenings,
    wellRun,
  };
};

const closeForWantOfData = (facts: EpisodeFacts, { limit, policy }: Rules): EpisodeFacts => {
  const { to } = limit.inForce;
  const endedAt = facts.trackedTo + policy.bridgesHours * HOUR_MS;
  const limitEnded = to !== undefined && Date.parse(to) + DAY_MS <= endedAt;
  return { ...facts, phase: 'closed', closedBecause: limitEnded ? 'limit-ended' : 'no-data' };
};

const isValid = (period: SeriesPeriod): period is ValidPeriod => period.mean?.isValid === true;

/** The last mention of each period that has a valid mean, oldest first. */
const validOnes = (periods: readonly SeriesPeriod[]): readonly ValidPeriod[] =>
  [...new Map(periods.map((period) => [period.endsAt, period])).values()]
    .filter(isValid)
    .sort((a, b) => a.endsAt - b.endsAt);

const bridgeMs = ({ policy }: Rules): number => policy.bridgesHours * HOUR_MS;

/** The run of breaches that may become an episode, with one period more. */
const nextCandidates = (before: readonly ValidPeriod[], period: ValidPeriod, rules: Rules): readonly ValidPeriod[] => {
  if (!breaks(period.mean.value, rules.limit)) return [];
  const last = before.at(-1);
  const isTorn = last !== undefined && period.startsAt - last.endsAt > bridgeMs(rules);
  return isTorn ? [period] : [...before, period];
};

const isOver = ({ wellRun, startsAt, trackedTo }: EpisodeFacts, { policy }: Rules): boolean =>
  wellRun >= policy.closesAfter && trackedTo - startsAt >= policy.lastsAtLeastHours * HOUR_MS;

/** A period that began in time may still be running. */
const isSilent = ({ trackedTo }: EpisodeFacts, rules: Rules, asOf: number): boolean =>
  asOf - trackedTo > bridgeMs(rules) + longestPeriodHours[rules.limit.averagingPeriod] * HOUR_MS;

/**
 * The episodes that a series of periods makes under one limit, oldest first; the last may still be open. A pure function of the valid
 * periods and of `asOf` (UTC epoch milliseconds, by which a silent series has fallen silent): the order in which they were judged, and
 * how often, is no matter. A period given twice counts as its last mention says.
 */
export const foldPeriods = (periods: readonly SeriesPeriod[], rules: Rules, asOf: number): readonly EpisodeFacts[] => {
  const done: EpisodeFacts[] = [];
  let current: EpisodeFacts | undefined;
  let candidates: readonly ValidPeriod[] = [];
  for (const period of validOnes(periods)) {
    if (current !== undefined && period.startsAt - current.trackedTo > bridgeMs(rules)) {
      done.push(closeForWantOfData(current, rules));
      current = undefined;
    }
    if (current !== undefined) {
      current = advance(current, period, rules);
    } else {
      candidates = nextCandidates(candidates, period, rules);
      const [first, ...others] = candidates;
      if (first === undefined || candidates.length < rules.policy.opensAfter) continue;
      current = others.reduce((facts, next) => advance(facts, next, rules), openWith(first));
      candidates = [];
    }
    if (isOver(current, rules)) {
      done.push({ ...current, phase: 'closed', closedBecause: 'under-limit' });
      current = undefined;
    }
  }
  if (current === undefined) return done;
  return [...done, isSilent(current, rules, asOf) ? closeForWantOfData(current, rules) : current];
};
