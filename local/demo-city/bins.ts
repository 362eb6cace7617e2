import type { Bin, Container, WasteStream } from '../../shared/city/entities.ts';
import { firstCrossing, insideWard, type Neighbourhood, neighbourhoods, type Rhythm, shifted } from './places.ts';
import { laneAccess, UNDERGROUND_LIFT } from './rules.ts';
import { gaussian, seedOf, uniform } from './seeded.ts';

/** A bin of the demo city with what only its simulation needs to know. */
export type DemoBin = { readonly bin: Bin; readonly rhythm: Rhythm };

const streamNames: Record<WasteStream, string> = {
  other: 'rác còn lại',
  food: 'rác thực phẩm',
  recyclable: 'rác tái chế',
};

/** Underground containers of 3 to 5 m³ under a lid with the sensor; the deeper one holds more on the same footprint. */
const containers: readonly Container[] = [
  { depthMm: 2_000, blindZoneMm: 250, capacityLitres: 3_000 },
  { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 },
  { depthMm: 2_900, blindZoneMm: 250, capacityLitres: 5_000 },
];

const containerFor = (stream: WasteStream, seed: number): Container => {
  const preferred = stream === 'other' ? 1 + Math.floor(uniform(seed, 11) * 2) : Math.floor(uniform(seed, 12) * 2);
  return containers[preferred] ?? { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 };
};

/** Market streets are open to trucks only when the stalls are gone. */
const marketWindows = [{ from: '20:00', to: '05:00' }];

const bin = (number: number, fields: Pick<Bin, 'name' | 'ward' | 'position' | 'stream'>, rhythm: Rhythm): DemoBin => {
  const id = `bin-${String(number).padStart(3, '0')}`;
  return {
    bin: {
      id,
      ...fields,
      positionApproximate: true,
      container: containerFor(fields.stream, seedOf(id)),
      serviceLevel: 0.8,
      serviceSeconds: 720,
      lift: UNDERGROUND_LIFT,
      ...(fields.ward === 'Phường Phú An' && rhythm === 'market' && { access: laneAccess }),
      ...(rhythm === 'market' && { windows: marketWindows }),
    },
    rhythm,
  };
};

/** The four at the crossing by the river, in a row along the kerb. */
const firstBins = (): readonly DemoBin[] =>
  (['other', 'other', 'food', 'recyclable'] as const).map((stream, index) =>
    bin(
      index + 1,
      {
        name: `Đinh Bộ Lĩnh – Bạch Đằng, thùng ${index + 1} (${streamNames[stream]})`,
        ward: 'Phường Thủ Dầu Một',
        position: shifted(firstCrossing, index * 4, index),
        stream,
      },
      'market',
    ),
  );

/** A collection point holds one to three containers, and the first is always for what cannot be sorted. */
const streamsOfPoint: readonly WasteStream[] = ['other', 'food', 'recyclable'];

const pointSizes = (seed: number, bins: number): readonly number[] => {
  const sizes: number[] = [];
  for (let left = bins; left > 0; left -= sizes.at(-1) ?? 1) {
    sizes.push(Math.min(left, 1 + Math.floor(uniform(seed, 20, sizes.length) * 3)));
  }
  return sizes;
};

const binsOf = (neighbourhood: Neighbourhood, firstNumber: number): readonly DemoBin[] => {
  const seed = seedOf(neighbourhood.name);
  const made: DemoBin[] = [];
  for (const [point, size] of pointSizes(seed, neighbourhood.bins).entries()) {
    const street = neighbourhood.streets[point % neighbourhood.streets.length] ?? neighbourhood.name;
    const centre = shifted(
      neighbourhood.centre,
      gaussian(seed, 30, point) * neighbourhood.spreadMetres,
      gaussian(seed, 31, point) * neighbourhood.spreadMetres,
    );
    for (const [place, stream] of streamsOfPoint.slice(0, size).entries()) {
      made.push(
        bin(
          firstNumber + made.length,
          {
            name: `${neighbourhood.name}, ${street}, điểm ${point + 1} (${streamNames[stream]})`,
            ward: neighbourhood.ward,
            position: insideWard(shifted(centre, place * 4, 0), neighbourhood.ward),
            stream,
          },
          neighbourhood.rhythm,
        ),
      );
    }
  }
  return made;
};

/** All underground bins of the demo city, numbered from the crossing outwards. */
export const demoBins = (): readonly DemoBin[] => {
  const made = [...firstBins()];
  for (const neighbourhood of neighbourhoods) made.push(...binsOf(neighbourhood, made.length + 1));
  return made;
};
