import type { BinWithFill } from '../api/wire.ts';
import { type FillState, fillState, silentSinceOf } from './fill-look.ts';
import type { OverflowMarks } from './overflow-marks.ts';
import type { PlannedStop } from './route-look.ts';

export type BinFilter = {
  readonly text: string;
  /** `reported`: somebody reported it as overflowing; `silent`: its sensors are, with an old level or none. */
  readonly state: FillState | 'reported' | 'silent' | 'all';
  readonly stream: BinWithFill['stream'] | 'all';
};

export type BinSort = { readonly by: 'name' | 'fill' | 'measured' | 'plan'; readonly descending: boolean };

/** Lower case without Vietnamese marks, so that `dinh bo linh` finds `Đinh Bộ Lĩnh`. */
export const foldText = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase();

const isSilent = ({ fill }: BinWithFill): boolean =>
  silentSinceOf(fill) !== undefined || (fill.status === 'no-data' && fill.reason === 'silent for more than a day');

const isInState = (bin: BinWithFill, state: BinFilter['state'], marks: OverflowMarks): boolean => {
  if (state === 'all') return true;
  if (state === 'reported') return marks.has(bin.id);
  return state === 'silent' ? isSilent(bin) : fillState(bin) === state;
};

const matches = (bin: BinWithFill, filter: BinFilter, marks: OverflowMarks): boolean =>
  isInState(bin, filter.state, marks) &&
  (filter.stream === 'all' || bin.stream === filter.stream) &&
  foldText(`${bin.name} ${bin.id} ${bin.ward ?? ''}`).includes(foldText(filter.text.trim()));

type Key = number | string | undefined;

const keyOf = (bin: BinWithFill, by: BinSort['by'], planned: ReadonlyMap<string, PlannedStop>): Key => {
  const stop = planned.get(bin.id);
  switch (by) {
    case 'name':
      return bin.name;
    case 'fill':
      return bin.fill.status === 'known' ? bin.fill.fraction : undefined;
    case 'measured':
      return bin.fill.status === 'known' ? bin.fill.measuredAt : (bin.fill.lastHeardAt ?? undefined);
    case 'plan':
      return stop && stop.routeIndex * 1_000 + stop.number;
  }
};

/** What is unknown comes last in either direction: it is neither least nor greatest. */
const compareKeys = (a: Key, b: Key, direction: number, collator: Intl.Collator): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction;
  return collator.compare(String(a), String(b)) * direction;
};

/** The bins that match, in order; names by the language's own alphabet, ties by name. */
export const listBins = (
  bins: readonly BinWithFill[],
  filter: BinFilter,
  sort: BinSort,
  context: {
    readonly planned: ReadonlyMap<string, PlannedStop>;
    readonly language: string;
    readonly marks: OverflowMarks;
  },
): readonly BinWithFill[] => {
  const collator = new Intl.Collator(context.language, { numeric: true });
  const direction = sort.descending ? -1 : 1;
  return bins
    .filter((bin) => matches(bin, filter, context.marks))
    .toSorted(
      (a, b) =>
        compareKeys(keyOf(a, sort.by, context.planned), keyOf(b, sort.by, context.planned), direction, collator) ||
        collator.compare(a.name, b.name),
    );
};
