import type { Model } from '../model/model.ts';
import { addAbsent, assignType, crossOver, hook, lower, raise, removeAbsent, turnRound, unhook } from './links.ts';
import type { State } from './state.ts';

/** What can stand in the journal. */
export const DETACHED = 0;
export const INSERTED = 1;
export const OPENED = 2;
export const CLOSED = 3;
export const ADMITTED = 4;
export const LEFT_OUT = 5;
export const RETYPED = 6;
export const SITED = 7;
export const CROSSED = 8;
export const FLIPPED = 9;

const FIGURES = 4;
const WAYS = 2;

const enlarge = (state: State): void => {
  const larger = new Int32Array(state.journal.length * 2);
  larger.set(state.journal);
  state.journal = larger;
  const ways = new Float64Array(larger.length / 2);
  ways.set(state.journalWays);
  state.journalWays = ways;
};

/** Writes a change down: what was changed, two figures to undo it with, and the ways that stood there. */
export const write = (
  state: State,
  operation: number,
  what: number,
  after: number,
  route: number,
  wayIn: number,
  wayOn: number,
): void => {
  if (state.journalLength + FIGURES > state.journal.length) enlarge(state);
  const at = state.journalLength;
  state.journal[at] = operation;
  state.journal[at + 1] = what;
  state.journal[at + 2] = after;
  state.journal[at + 3] = route;
  const ways = (at / FIGURES) * WAYS;
  state.journalWays[ways] = wayIn;
  state.journalWays[ways + 1] = wayOn;
  state.journalLength = at + FIGURES;
};

/** Call before the first change of a route since the last commit. */
export const touch = (state: State, route: number): void => {
  if (state.isTouched[route] === 1) return;
  state.isTouched[route] = 1;
  state.costBefore[route] = state.routeCost[route] as number;
  state.metresBefore[route] = state.metres[route] as number;
  state.sizeBefore[route] = state.size[route] as number;
  state.litresBefore[route] = state.litres[route] as number;
  state.kgBefore[route] = state.kg[route] as number;
  state.unitsBefore[route] = state.units[route] as number;
  state.touched[state.touchedCount] = route;
  state.touchedCount += 1;
};

/** Makes the present state the one that `rollBack` returns to. */
export const commit = (state: State): void => {
  for (let index = 0; index < state.touchedCount; index += 1) state.isTouched[state.touched[index] as number] = 0;
  state.touchedCount = 0;
  state.journalLength = 0;
  state.costAtCommit = state.cost;
};

/** Undoes a change but for the sums of its route. */
const undo = (model: Model, state: State, at: number): void => {
  const { journal, journalWays } = state;
  const what = journal[at + 1] as number;
  const route = journal[at + 3] as number;
  const operation = journal[at];
  const ways = (at / FIGURES) * WAYS;
  const wayIn = journalWays[ways] as number;
  if (operation === DETACHED) {
    hook(state, what, journal[at + 2] as number, route, wayIn, journalWays[ways + 1] as number);
  } else if (operation === INSERTED) unhook(state, what, wayIn);
  else if (operation === OPENED) lower(state, route);
  else if (operation === CLOSED) raise(model, state, what);
  else if (operation === ADMITTED) addAbsent(state, what);
  else if (operation === LEFT_OUT) removeAbsent(state, what);
  else if (operation === SITED) state.siteAfter[what] = journal[at + 2] as number;
  else if (operation === CROSSED)
    crossOver(model, state, what, journal[at + 2] as number, wayIn, journalWays[ways + 1] as number);
  else if (operation === FLIPPED) turnRound(model, state, what);
  else assignType(model, state, route, what);
};

/** Undoes everything since the last commit, newest first. Routes' sums are put back as they were, not reckoned. */
export const rollBack = (model: Model, state: State): void => {
  for (let at = state.journalLength - FIGURES; at >= 0; at -= FIGURES) undo(model, state, at);
  for (let index = 0; index < state.touchedCount; index += 1) {
    const route = state.touched[index] as number;
    state.routeCost[route] = state.costBefore[route] as number;
    state.metres[route] = state.metresBefore[route] as number;
    state.size[route] = state.sizeBefore[route] as number;
    state.litres[route] = state.litresBefore[route] as number;
    state.kg[route] = state.kgBefore[route] as number;
    state.units[route] = state.unitsBefore[route] as number;
  }
  state.cost = state.costAtCommit;
  commit(state);
};
