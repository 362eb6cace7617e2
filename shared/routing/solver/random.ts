/** A source of numbers in [0, 1). */
export type Random = () => number;

/**
 * A small seeded generator: the same seed gives the same numbers on every machine, so that a plan can be reproduced.
 * sfc32, from Chris Doty-Humphrey's PractRand (public domain): 128 bits of state, passes its tests to 16 TB.
 */
export const seededRandom = (seed: number): Random => {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const next: Random = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return next;
};
