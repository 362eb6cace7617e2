import type { Model } from '../model/model.ts';
import type { State } from './state.ts';

/** Ways from one stop straight on to the next, those to and from depots left out: how many there are, and their metres together. */
export const innerArcs = (model: Model, state: State): { readonly metres: number; readonly arcs: number } => {
  let metres = 0;
  let arcs = 0;
  for (let stop = 0; stop < model.stopCount; stop += 1) {
    if ((state.routeOf[stop] as number) < 0 || (state.next[stop] as number) >= model.stopCount) continue;
    metres += state.wayOn[stop] as number;
    arcs += 1;
  }
  return { metres, arcs };
};
