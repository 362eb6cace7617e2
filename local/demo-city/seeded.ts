/**
 * Chance that can be repeated: the same seed and the same place in a sequence give the same number on every machine, without
 * any state to carry along, so that a model may be asked about any instant in any order.
 */

const TWO_TO_32 = 4_294_967_296;

/** 32-bit FNV-1a of a text, to turn an id into a seed. */
export const seedOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
};

/** MurmurHash3's 32-bit mixer (Appleby, public domain) over whole numbers up to 2^53. */
const mix = (parts: readonly number[]): number => {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    for (const word of [part >>> 0, Math.floor(part / TWO_TO_32) >>> 0]) {
      hash ^= Math.imul(word, 0xcc9e2d51);
      hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
    }
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Evenly distributed in [0, 1), decided by the whole numbers given. */
export const uniform = (...parts: readonly number[]): number => mix(parts) / TWO_TO_32;

/** Standard normal (Box and Muller 1958), decided by the whole numbers given. */
export const gaussian = (...parts: readonly number[]): number => {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(...parts, 1)));
  return radius * Math.cos(2 * Math.PI * uniform(...parts, 2));
};

/**
 * Noise without jumps: independent normal values at every multiple of `periodMs`, joined by half cosines.
 * `time` in epoch milliseconds.
 */
export const smoothNoise = (seed: number, time: number, periodMs: number): number => {
  const knot = Math.floor(time / periodMs);
  const phase = time / periodMs - knot;
  const weight = (1 - Math.cos(Math.PI * phase)) / 2;
  return gaussian(seed, knot) * (1 - weight) + gaussian(seed, knot + 1) * weight;
};
