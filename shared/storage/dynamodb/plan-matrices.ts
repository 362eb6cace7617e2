import type { Matrices } from '../../routing/lifecycle/plan-basis.ts';
import type { PlanVersionStore } from '../../routing/plan-store.ts';
import type { TableOptions } from './items.ts';
import { matricesFromBytes, matricesToBytes } from './matrix-bytes.ts';
import { pack, unpack } from './packed.ts';

const MATRIX_DAYS = 45;
const DAY_SECONDS = 86_400;
/** One partition for all: they stand under their own name, which is known only when they are compressed. */
const PARTITION = 'matrices#all';
const namePattern = /^([0-9a-f]{16})\.(\d{1,4})$/;

/** A container that goes on living keeps the matrices it used last: reading them takes longer than an edit. */
const MOST_REMEMBERED = 2;

/** Matrices that plans were made from, kept for so many days; `now` in epoch milliseconds. */
export const planMatrices = (
  options: TableOptions,
  now: () => number,
): Pick<PlanVersionStore, 'keepMatrices' | 'matrices'> => {
  const remembered = new Map<string, Matrices>();
  const remember = (name: string, matrices: Matrices): Matrices => {
    remembered.delete(name);
    remembered.set(name, matrices);
    for (const old of [...remembered.keys()].slice(0, -MOST_REMEMBERED)) remembered.delete(old);
    return matrices;
  };
  return {
    keepMatrices: async (matrices) => {
      const expiresAt = Math.ceil(now() / 1_000) + MATRIX_DAYS * DAY_SECONDS;
      const bytes = matricesToBytes(matrices);
      const { digest, pieces } = await pack(options, PARTITION, bytes, { level: 1, more: { expiresAt } });
      const name = `${digest}.${pieces}`;
      remember(name, matrices);
      return name;
    },
    matrices: async (name) => {
      const known = remembered.get(name);
      if (known !== undefined) return remember(name, known);
      const [, digest, pieces] = namePattern.exec(name) ?? [];
      if (digest === undefined) return undefined;
      const bytes = await unpack(options, PARTITION, { digest, pieces: Number(pieces) });
      return bytes && remember(name, matricesFromBytes(bytes));
    },
  };
};
