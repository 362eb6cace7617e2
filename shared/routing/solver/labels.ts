/**
 * Partial schedules of one route, as structures of arrays. A label says: the vehicle has just finished at a place, at this
 * time, with this on board, having spent this much. Labels of one stage stand in one region of `capacity` slots.
 */
export const LABELS_PER_STAGE = 24;

export type Labels = {
  readonly time: Float64Array;
  /** Waiting so far, and by how much the route's start could move later without breaking a window behind it. */
  readonly waited: Float64Array;
  readonly slack: Float64Array;
  readonly cost: Float64Array;
  readonly litres: Float64Array;
  readonly kg: Float64Array;
  /** When the present trip left its start or its last disposal site. */
  readonly departed: Float64Array;
  readonly place: Int32Array;
  readonly breaks: Int32Array;
  /** The label it grew from, −1 at the start; and when its break was taken on the way here. */
  readonly parent: Int32Array;
  readonly breakTaken: Int8Array;
};

export const NO_BREAK = 0;
export const BREAK_BEFORE_LEAVING = 1;
export const BREAK_ON_ARRIVAL = 2;

/** One label outside the arrays: the candidate that is being offered. */
export type Candidate = {
  time: number;
  waited: number;
  slack: number;
  cost: number;
  litres: number;
  kg: number;
  departed: number;
  place: number;
  breaks: number;
  parent: number;
  breakTaken: number;
};

export const emptyCandidate = (): Candidate => ({
  time: 0,
  waited: 0,
  slack: 0,
  cost: 0,
  litres: 0,
  kg: 0,
  departed: 0,
  place: 0,
  breaks: 0,
  parent: -1,
  breakTaken: NO_BREAK,
});

export const allocateLabels = (stages: number): Labels => {
  const size = stages * LABELS_PER_STAGE;
  return {
    time: new Float64Array(size),
    waited: new Float64Array(size),
    slack: new Float64Array(size),
    cost: new Float64Array(size),
    litres: new Float64Array(size),
    kg: new Float64Array(size),
    departed: new Float64Array(size),
    place: new Int32Array(size),
    breaks: new Int32Array(size),
    parent: new Int32Array(size),
    breakTaken: new Int8Array(size),
  };
};

/** What counts when two partial schedules at one place are compared. */
export type Dominance = { readonly timeCosts: boolean; readonly releases: boolean };

/** −1 when the label at `at` is at least as good as the candidate in everything, 1 the other way round, 0 when neither. */
const compare = (labels: Labels, at: number, candidate: Candidate, dominance: Dominance): number => {
  const time = labels.time[at] as number;
  const cost = labels.cost[at] as number;
  const litres = labels.litres[at] as number;
  const kg = labels.kg[at] as number;
  const breaks = labels.breaks[at] as number;
  let labelWins =
    time <= candidate.time &&
    cost <= candidate.cost &&
    litres <= candidate.litres &&
    kg <= candidate.kg &&
    breaks >= candidate.breaks;
  let candidateWins =
    !labelWins &&
    candidate.time <= time &&
    candidate.cost <= cost &&
    candidate.litres <= litres &&
    candidate.kg <= kg &&
    candidate.breaks >= breaks;
  if (dominance.timeCosts && (labelWins || candidateWins)) {
    // One that is ahead in time may have waited that much less and still ends no later after the same working time.
    const slack = labels.slack[at] as number;
    const ahead = candidate.time - time;
    const waited = (labels.waited[at] as number) + ahead;
    labelWins = labelWins && slack >= candidate.slack && waited >= candidate.waited;
    candidateWins = candidateWins && candidate.slack >= slack && candidate.waited >= waited;
  }
  if (dominance.releases && (labelWins || candidateWins)) {
    const departed = labels.departed[at] as number;
    labelWins = labelWins && departed >= candidate.departed;
    candidateWins = candidateWins && candidate.departed >= departed;
  }
  return labelWins ? -1 : candidateWins ? 1 : 0;
};

const copy = (labels: Labels, from: number, to: number): void => {
  labels.time[to] = labels.time[from] as number;
  labels.waited[to] = labels.waited[from] as number;
  labels.slack[to] = labels.slack[from] as number;
  labels.cost[to] = labels.cost[from] as number;
  labels.litres[to] = labels.litres[from] as number;
  labels.kg[to] = labels.kg[from] as number;
  labels.departed[to] = labels.departed[from] as number;
  labels.place[to] = labels.place[from] as number;
  labels.breaks[to] = labels.breaks[from] as number;
  labels.parent[to] = labels.parent[from] as number;
  labels.breakTaken[to] = labels.breakTaken[from] as number;
};

export const store = (labels: Labels, at: number, candidate: Candidate): void => {
  labels.time[at] = candidate.time;
  labels.waited[at] = candidate.waited;
  labels.slack[at] = candidate.slack;
  labels.cost[at] = candidate.cost;
  labels.litres[at] = candidate.litres;
  labels.kg[at] = candidate.kg;
  labels.departed[at] = candidate.departed;
  labels.place[at] = candidate.place;
  labels.breaks[at] = candidate.breaks;
  labels.parent[at] = candidate.parent;
  labels.breakTaken[at] = candidate.breakTaken;
};

/** The dearest label of a full region that is not its earliest: what gives way when there is no more room. */
const dearestButEarliest = (labels: Labels, base: number, count: number): number => {
  let earliest = base;
  for (let at = base + 1; at < base + count; at += 1) {
    if ((labels.time[at] as number) < (labels.time[earliest] as number)) earliest = at;
  }
  let dearest = earliest === base ? base + 1 : base;
  for (let at = base; at < base + count; at += 1) {
    if (at !== earliest && (labels.cost[at] as number) > (labels.cost[dearest] as number)) dearest = at;
  }
  return dearest;
};

/** Adds the candidate to a region unless a label there is as good in everything; drops those it beats. Answers the new count. */
export const offer = (
  labels: Labels,
  base: number,
  count: number,
  candidate: Candidate,
  dominance: Dominance,
): number => {
  let kept = count;
  for (let at = base; at < base + kept; ) {
    const verdict = labels.place[at] === candidate.place ? compare(labels, at, candidate, dominance) : 0;
    if (verdict < 0) return kept;
    if (verdict === 0) {
      at += 1;
      continue;
    }
    kept -= 1;
    if (at < base + kept) copy(labels, base + kept, at);
  }
  if (kept < LABELS_PER_STAGE) {
    store(labels, base + kept, candidate);
    return kept + 1;
  }
  const victim = dearestButEarliest(labels, base, kept);
  if (candidate.cost < (labels.cost[victim] as number)) store(labels, victim, candidate);
  return kept;
};
