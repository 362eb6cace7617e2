import type { Fill, Instant } from '../api/wire.ts';

/**
 * Five steps of fill, from ColorBrewer's YlOrBr (colour-blind safe, ever darker) with the last step darkened. The level drawn
 * inside the marker, and its number when near, are the second and third cue.
 */
export const fillSteps = [
  { upTo: 0.2, colour: '#fff3c4' },
  { upTo: 0.4, colour: '#fed976' },
  { upTo: 0.6, colour: '#fe9929' },
  { upTo: 0.8, colour: '#cc4c02' },
  { upTo: 1, colour: '#7a2604' },
] as const;

export const NO_DATA_COLOUR = '#6b7280';

export const fillStep = (fraction: number): number => {
  const step = fillSteps.findIndex(({ upTo }) => fraction < upTo);
  return step === -1 ? fillSteps.length - 1 : step;
};

export const colourOfFraction = (fraction: number): string => fillSteps[fillStep(fraction)]?.colour ?? NO_DATA_COLOUR;

export type FillState = 'over' | 'under' | 'no-data';

/** Against the fill fraction at which the city wants the bin emptied. A bin without data is neither. */
export const fillState = (bin: { readonly fill: Fill; readonly serviceLevel: number }): FillState => {
  if (bin.fill.status === 'no-data') return 'no-data';
  return bin.fill.fraction >= bin.serviceLevel ? 'over' : 'under';
};

/** When a bin was heard last whose sensors are silent, while its level is not a day old yet. */
export const silentSinceOf = (fill: Fill): Instant | undefined =>
  fill.status === 'known' ? fill.silentSince : undefined;

/** `undefined` where nobody knows. */
export const fractionOf = (fill: Fill): number | undefined => (fill.status === 'known' ? fill.fraction : undefined);
