import { createDisposalPlaces, type DisposalPlaces } from './disposal-places.ts';
import { allocateLabels, type Candidate, emptyCandidate, type Labels } from './labels.ts';
import type { Model } from './model.ts';

/** Memory for evaluating routes one after another, and the labels of the last one. */
export type Evaluation = {
  readonly model: Model;
  readonly labels: Labels;
  readonly counts: Int32Array;
  readonly candidate: Candidate;
  /** The order of stops to evaluate: the caller writes it here. */
  readonly sequence: Int32Array;
  /** What lies ahead behind each stop of the order, by position. */
  readonly litresAhead: Float64Array;
  readonly kgAhead: Float64Array;
  readonly places: DisposalPlaces;
  /** Of the last evaluation that answered a finite cost. */
  finalLabel: number;
};

export const createEvaluation = (model: Model): Evaluation => ({
  model,
  labels: allocateLabels(2 * model.stopCount + 3),
  counts: new Int32Array(2 * model.stopCount + 3),
  candidate: emptyCandidate(),
  sequence: new Int32Array(model.stopCount + 1),
  litresAhead: new Float64Array(model.stopCount + 1),
  kgAhead: new Float64Array(model.stopCount + 1),
  places: createDisposalPlaces(model),
  finalLabel: -1,
});
