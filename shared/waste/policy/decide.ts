import { withBasis } from '../outlook/basis.ts';
import type { BinOutlook } from '../outlook/bin-outlook.ts';
import { isEmptiedSince } from '../overflow/standing.ts';
import type { Words } from '../words.ts';
import type { Circumstances } from './circumstances.ts';
import { type Chances, hoursBetween, nightsItCanWait, type Wait } from './horizon.ts';
import { expectedLevel, overflowRisk } from './risk.ts';
import { type ServiceRule, serviceRuleOf } from './service-rule.ts';
import {
  ageWords,
  eventWords,
  leftOpenWords,
  levelWords,
  optionalWords,
  reportedWords,
  riskWords,
  silentWords,
  soonWords,
  unknownAgeWords,
} from './words.ts';

/** What makes a bin due: first that holds. */
export const dueReasons = [
  'reported',
  'left-open',
  'level',
  'event',
  'age',
  'expected-level',
  'overflow-risk',
] as const;
export type DueBecause = (typeof dueReasons)[number];

export type Decision =
  /** Must be served this time. `overflowRisk`: the probability that it overflows before the next chance. */
  | ({
      readonly status: 'due';
      readonly because: DueBecause;
      readonly expectedFraction: number;
      readonly overflowRisk: number | null;
      readonly wait: Wait;
    } & Words)
  /**
   * May be served if that is cheap. `urgency` 0 … 1 is the share of its waiting time that has gone by: of the nights that it can
   * wait from one collection to when it must be served, those that are over. Served now, it loses the rest.
   */
  | ({
      readonly status: 'optional';
      readonly expectedFraction: number;
      readonly urgency: number;
      readonly overflowRisk: number;
      readonly wait: Wait;
    } & Words)
  | {
      readonly status: 'not-due';
      readonly expectedFraction: number;
      readonly overflowRisk: number;
      readonly wait: Wait;
    }
  /** Nobody knows how full it is, and no rule makes it due: somebody should have a look. */
  | { readonly status: 'no-data'; readonly lastHeardAt: number | null; readonly cause: string };

/** Emptying a bin that has most of its time before it saves nothing: not offered to the optimizer. */
const LEAST_URGENCY = 0.3;
/** Nothing lies in it that could grow old. */
const EMPTY = 0.02;
/** Where nobody knows of an emptying: what a bin must hold so that its sensor will see the next one (`fill-track.ts`, with its noise). */
const SEEN_TO_FALL = 0.15;
/** A sensor sees what a crew did up to so much later: until then its emptying is the one that the crew told of. */
const SAME_VISIT_MS = 3 * 3_600_000;

type Case = {
  readonly outlook: BinOutlook;
  readonly rule: ServiceRule;
  readonly chances: Chances;
  readonly circumstances: Circumstances;
};

type Reason = { readonly because: DueBecause; readonly words: Words };

const reported = ({ outlook, circumstances }: Case): Reason | undefined => {
  const { bin, lastEmptiedAt } = outlook;
  const since = circumstances.reports.filter(
    ({ binId, seenAt }) => binId === bin.id && !isEmptiedSince(seenAt, lastEmptiedAt),
  );
  if (since.length === 0) return undefined;
  const bySource = new Map(since.map(({ source, channel }) => [source, channel]));
  return { because: 'reported', words: reportedWords([...bySource.values()]) };
};

/** What a crew left undone, unless the bin was emptied on another visit since. */
const leftOpen = ({ outlook, circumstances }: Case): Reason | undefined => {
  const { bin, lastEmptiedAt } = outlook;
  const word = circumstances.leftOpen.findLast(({ binId }) => binId === bin.id);
  if (word === undefined || isEmptiedSince(word.at + SAME_VISIT_MS, lastEmptiedAt)) return undefined;
  const nothingLeft = word.fractionLeft !== undefined && word.fractionLeft <= EMPTY;
  return nothingLeft ? undefined : { because: 'left-open', words: leftOpenWords(word) };
};

const overLevel = ({ outlook: { bin, fill } }: Case): Reason | undefined =>
  fill.status === 'known' && fill.fraction >= bin.serviceLevel
    ? { because: 'level', words: levelWords(fill.fraction, bin.serviceLevel) }
    : undefined;

/** An event that begins before the next chance, in a bin that holds something. */
const beforeEvent = (
  { outlook: { bin }, circumstances, chances }: Case,
  expected: number | null,
): Reason | undefined => {
  if (expected !== null && expected <= EMPTY) return undefined;
  const event = circumstances.events.find(
    ({ binIds, from, to }) => binIds.has(bin.id) && from <= chances.nextTime && to >= chances.thisTime,
  );
  return event && { because: 'event', words: eventWords(event, event.from <= chances.thisTime) };
};

/** Not known is not fresh: the first nights of a city, or of a bin. What was emptied then is known to have been. */
const ageUnknown = ({ fill }: BinOutlook, maxAgeHours: number): Reason | undefined =>
  fill.status === 'known' && fill.fraction >= SEEN_TO_FALL
    ? { because: 'age', words: unknownAgeWords(fill.fraction, maxAgeHours) }
    : undefined;

const tooOld = ({ outlook, rule, chances }: Case, expected: number | null): Reason | undefined => {
  const { lastEmptiedAt } = outlook;
  if (rule.maxAgeHours === null || (expected !== null && expected <= EMPTY)) return undefined;
  if (lastEmptiedAt === null) return ageUnknown(outlook, rule.maxAgeHours);
  return hoursBetween(lastEmptiedAt, chances.nextTime) > rule.maxAgeHours
    ? { because: 'age', words: ageWords(hoursBetween(lastEmptiedAt, chances.thisTime), rule.maxAgeHours) }
    : undefined;
};

const soonOverLevel = ({ outlook, chances }: Case): Reason | undefined => {
  const { bin, fill } = outlook;
  const then = expectedLevel(outlook.forecast, chances.nextTime);
  if (fill.status !== 'known' || then === null || then < bin.serviceLevel) return undefined;
  const words = soonWords(fill.fraction, Math.min(1, then), bin.serviceLevel);
  return { because: 'expected-level', words: withBasis(words, outlook.basis) };
};

const mayOverflow = ({ outlook, rule }: Case, risk: number): Reason | undefined => {
  if (risk <= rule.overflowProbability) return undefined;
  const { fill } = outlook;
  const words =
    fill.status === 'known'
      ? riskWords(fill.fraction, risk)
      : silentWords(risk, fill.lastHeardAt ?? outlook.lastEmptiedAt);
  return { because: 'overflow-risk', words: withBasis(words, outlook.basis) };
};

/**
 * Whether a bin must be served this time, may, or need not, and why: from what is known of it, what its rule allows, when trucks
 * come, and what people have said. A bin of unknown level is never taken for empty: it goes by its last known level and its rate,
 * by its age, or it is listed for a look.
 */
export const decide = (
  outlook: BinOutlook,
  chances: Chances,
  circumstances: Circumstances,
  rule: ServiceRule = serviceRuleOf(outlook.bin),
): Decision => {
  const about: Case = { outlook, rule, chances, circumstances };
  const expected = expectedLevel(outlook.forecast, chances.thisTime);
  const risk = overflowRisk(outlook.forecast, chances.nextTime);
  const reason =
    reported(about) ??
    leftOpen(about) ??
    overLevel(about) ??
    beforeEvent(about, expected) ??
    tooOld(about, expected) ??
    soonOverLevel(about) ??
    (risk === null ? undefined : mayOverflow(about, risk));
  // Of a bin of which nothing is known at all, a full load is planned for.
  // A bin that overflows is full, whatever its sensor says.
  const expectedFraction = reason?.because === 'reported' ? 1 : Math.min(1, expected ?? 1);
  const wait = nightsItCanWait(outlook, rule, chances);
  if (reason !== undefined) {
    const { because, words } = reason;
    return { status: 'due', because, expectedFraction, overflowRisk: risk, wait: { ...wait, left: 0 }, ...words };
  }
  const { fill } = outlook;
  if (risk === null || fill.status === 'no-data') {
    const cause = fill.status === 'no-data' ? fill.reason : 'its level is not known';
    return { status: 'no-data', lastHeardAt: fill.status === 'no-data' ? fill.lastHeardAt : null, cause };
  }
  const urgency = wait.whole <= 0 ? 1 : Math.min(1, Math.max(0, 1 - wait.left / wait.whole));
  const known = { expectedFraction, overflowRisk: risk, wait };
  return urgency < LEAST_URGENCY
    ? { status: 'not-due', ...known }
    : { status: 'optional', urgency, ...known, ...withBasis(optionalWords(fill.fraction, wait.left), outlook.basis) };
};
