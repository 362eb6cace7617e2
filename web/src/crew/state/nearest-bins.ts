import type { Position } from '../../../../shared/city/entities.ts';
import { greatCircleMetres } from '../../../../shared/routing/travel/great-circle.ts';
import { foldText } from '../../state/bin-list.ts';

/** A bin as the phone keeps it: what it is called and where it stands. */
export type BinPlace = {
  readonly id: string;
  readonly name: string;
  readonly ward?: string;
  readonly position: Position;
};

export type BinNear = BinPlace & {
  /** As the crow flies; absent where nobody knows where the phone is. */
  readonly metres?: number;
};

const matches = ({ name, id, ward }: BinPlace, text: string): boolean =>
  foldText(`${name} ${id} ${ward ?? ''}`).includes(foldText(text.trim()));

/** The bins whose name, id or ward holds a text (all for none), nearest first where a place is known, else by name; at most so many. */
export const nearestBins = (
  bins: readonly BinPlace[],
  { text, from, most }: { readonly text: string; readonly from: Position | undefined; readonly most: number },
): readonly BinNear[] => {
  const found = bins.filter((bin) => matches(bin, text));
  const byName = new Intl.Collator('vi', { numeric: true });
  if (from === undefined) return found.toSorted((a, b) => byName.compare(a.name, b.name)).slice(0, most);
  return found
    .map((bin) => ({ ...bin, metres: greatCircleMetres(from, bin.position) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, most);
};
