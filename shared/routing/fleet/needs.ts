import type { Bin } from '../../city/entities.ts';
import { fitsWithin, type SizeLimits, sizeFigures, type TruckSize } from '../../city/fleet/size.ts';

const units = { widthMetres: 'm ↔', heightMetres: 'm ↕', lengthMetres: 'm ⟷', grossWeightKg: 'kg' } as const;

/** A street's limits as a requirement that dispatchers read in either language: `≤ 2.2 m ↔ ≤ 8000 kg`. */
const nameOf = (limits: SizeLimits): string =>
  sizeFigures
    .flatMap((figure) => (limits[figure] === undefined ? [] : `≤ ${limits[figure]} ${units[figure]}`))
    .join(' ');

/** What a bin asks of truck and crew beside its lift: its own skills, and a truck that gets through to it. */
export const skillsFor = ({ skills = [], access }: Bin): readonly string[] =>
  access === undefined ? skills : [...skills, nameOf(access)];

/** Which of the bins' limits a truck keeps within, as skills. */
export const accessSkills = (size: TruckSize | undefined, bins: readonly Bin[]): readonly string[] => {
  const limits = new Map(
    bins.flatMap(({ access }) => (access === undefined ? [] : [[nameOf(access), access] as const])),
  );
  return [...limits].filter(([, limit]) => fitsWithin(limit, size)).map(([name]) => name);
};
