import type { Matrix } from './places.ts';
import type { VehicleType } from './vehicle-type.ts';

type Ways = { readonly distance: Matrix; readonly duration: Matrix };

/** What a second costs in metres, in the mean over the vehicles that pay for metres. */
const metresPerSecond = (types: readonly VehicleType[]): number => {
  const paying = types.filter(({ costPerMetre }) => costPerMetre > 0);
  const sum = paying.reduce((total, type) => total + (type.costPerSecond * type.pace) / type.costPerMetre, 0);
  return paying.length === 0 ? 0 : sum / paying.length;
};

const isSymmetric = (matrix: Float32Array, size: number): boolean => {
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) if (matrix[i * size + j] !== matrix[j * size + i]) return false;
  }
  return true;
};

/** The weights of ways by row and by column; one and the same array where there and back weigh the same. */
export const weighWays = (
  { distance, duration }: Ways,
  types: readonly VehicleType[],
  size: number,
): { readonly weightOut: Float32Array; readonly weightInto: Float32Array } => {
  const perSecond = metresPerSecond(types);
  const paysForMetres = types.some(({ costPerMetre }) => costPerMetre > 0);
  const isMetres = paysForMetres && perSecond === 0;
  const weightOut = isMetres && distance instanceof Float32Array ? distance : new Float32Array(size * size);
  for (let way = 0; weightOut !== distance && way < weightOut.length; way += 1) {
    const metres = distance[way] as number;
    const seconds = duration[way] as number;
    weightOut[way] = paysForMetres ? metres + (perSecond > 0 ? perSecond * seconds : 0) : seconds;
  }
  if (isSymmetric(weightOut, size)) return { weightOut, weightInto: weightOut };
  const weightInto = new Float32Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) weightInto[j * size + i] = weightOut[i * size + j] as number;
  }
  return { weightOut, weightInto };
};
