import { PatternError, type PatternNode, type PatternTest, parsePattern } from './pattern-parser.ts';

/**
 * Regular expressions of strangers, run in time linear in the text: Thompson's simulation of a non-deterministic automaton (Thompson 1968,
 * Regular Expression Search Algorithm), because the engine of JavaScript backtracks and `(a+)+$` would hold a function for hours.
 * What it knows: characters, `.`, classes, `\d \w \s` and their opposites, groups, `|`, `* + ?`, `{m,n}`, `^` and `$`. No look-around,
 * no back-reference.
 */
export type LinearPattern = { readonly matches: (text: string) => boolean };
export type PatternResult =
  | { readonly ok: true; readonly pattern: LinearPattern }
  | { readonly ok: false; readonly reason: string };

const MOST_CHARACTERS = 200;
const MOST_STATES = 2_000;

type State =
  | { readonly kind: 'one'; readonly test: PatternTest; readonly next: number }
  | { readonly kind: 'split'; readonly next: readonly number[] }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'accept' };

type Automaton = { readonly states: readonly State[]; readonly first: number };

/** Builds the automaton from its end to its start. @throws PatternError when it grows too large. */
const compile = (node: PatternNode): Automaton => {
  const states: State[] = [{ kind: 'accept' }];
  const add = (state: State): number => {
    if (states.length >= MOST_STATES) throw new PatternError('is too large');
    return states.push(state) - 1;
  };
  const endless = (part: PatternNode, next: number): number => {
    const loop = add({ kind: 'split', next: [] });
    states[loop] = { kind: 'split', next: [build(part, loop), next] };
    return loop;
  };
  const repeat = ({ part, min, max }: Extract<PatternNode, { kind: 'repeat' }>, next: number): number => {
    let after = next;
    if (max === Number.POSITIVE_INFINITY) after = endless(part, next);
    else
      for (let count = min; count < max; count += 1) after = add({ kind: 'split', next: [build(part, after), next] });
    for (let count = 0; count < min; count += 1) after = build(part, after);
    return after;
  };
  const build = (part: PatternNode, next: number): number => {
    switch (part.kind) {
      case 'one':
        return add({ kind: 'one', test: part.test, next });
      case 'start':
      case 'end':
        return add({ kind: part.kind, next });
      case 'sequence':
        return part.parts.reduceRight((after, each) => build(each, after), next);
      case 'choice':
        return add({ kind: 'split', next: part.parts.map((each) => build(each, next)) });
      case 'repeat':
        return repeat(part, next);
    }
  };
  return { first: build(node, 0), states };
};

/** Where a state leads without a character. */
const freely = (state: State, isStart: boolean, isEnd: boolean): readonly number[] => {
  if (state.kind === 'split') return state.next;
  if (state.kind === 'start') return isStart ? [state.next] : [];
  if (state.kind === 'end') return isEnd ? [state.next] : [];
  return [];
};

const simulate = ({ states, first }: Automaton, text: string): boolean => {
  const characters = [...text];
  const markedAt = new Int32Array(states.length).fill(-1);
  /** Every state that can be reached from some, each once. */
  const closure = (entered: readonly number[], at: number): readonly State[] => {
    const waiting = [...entered];
    const reached: State[] = [];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const state = states[index];
      if (state === undefined || markedAt[index] === at) continue;
      markedAt[index] = at;
      reached.push(state);
      waiting.push(...freely(state, at === 0, at === characters.length));
    }
    return reached;
  };
  let entered: readonly number[] = [];
  for (let at = 0; at <= characters.length; at += 1) {
    // A match may begin anywhere, as `test` of JavaScript finds it.
    const reached = closure([...entered, first], at);
    if (reached.some(({ kind }) => kind === 'accept')) return true;
    const character = characters[at];
    if (character === undefined) return false;
    entered = reached.flatMap((state) => (state.kind === 'one' && state.test(character) ? [state.next] : []));
  }
  return false;
};

/** A pattern as ETSI GS CIM 009 asks for it (4.9 `~=`, 5.7.2 `idPattern`), or why it cannot be run. */
export const linearPattern = (source: string): PatternResult => {
  if (source.length > MOST_CHARACTERS) return { ok: false, reason: `is longer than ${MOST_CHARACTERS} characters` };
  try {
    const automaton = compile(parsePattern(source));
    return { ok: true, pattern: { matches: (text) => simulate(automaton, text) } };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, reason: error.message };
    throw error;
  }
};
