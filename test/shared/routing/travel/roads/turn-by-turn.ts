import { greatCircleMetres } from '../../../../../shared/routing/travel/great-circle.ts';
import type { OsmExtract, OsmWay } from '../../../../../shared/routing/travel/roads/osm.ts';
import { roadUse, twoAxleCompactor } from '../../../../../shared/routing/travel/roads/truck-access.ts';

/** A way between two crossings, driven in one direction. */
export type Drive = { readonly way: OsmWay; readonly from: number; readonly to: number };

const place = ({ nodes }: OsmExtract, id: number) => {
  const [longitude, latitude] = nodes.get(id) ?? [0, 0];
  return { longitude: longitude / 1e7, latitude: latitude / 1e7 };
};

const drivesOf = ({ ways }: OsmExtract): readonly Drive[] =>
  ways.flatMap((way) => {
    const use = roadUse(way.tags, twoAxleCompactor);
    const [from = 0, to = 0] = way.nodes;
    return [...(use?.forward ? [{ way, from, to }] : []), ...(use?.backward ? [{ way, from: to, to: from }] : [])];
  });

export const millisecondsOf = (extract: OsmExtract, { way, from, to }: Drive): number => {
  const metres = greatCircleMetres(place(extract, from), place(extract, to));
  return (metres / ((roadUse(way.tags, twoAxleCompactor)?.speedKmh ?? 0) / 3.6)) * 1_000;
};

/** A restriction towards a way that cannot be driven from there is a mistake in the data, and binds nobody. */
const mayTurn = (extract: OsmExtract, drives: readonly Drive[], from: Drive, to: Drive): boolean => {
  if (from.to !== to.from) return false;
  const here = extract.restrictions.filter(
    ({ fromWay, viaNode, toWay }) =>
      fromWay === from.way.id &&
      viaNode === from.to &&
      drives.some((drive) => drive.from === viaNode && drive.way.id === toWay),
  );
  const only = here.filter(({ kind }) => kind === 'only');
  if (here.some(({ kind, toWay }) => kind === 'no' && toWay === to.way.id)) return false;
  return only.length === 0 || only.some(({ toWay }) => toWay === to.way.id);
};

/** Which part of a drive nobody may drive: any, the half before the middle of its way, or the one behind. */
export type IsClosed = (drive: Drive, part: 'any' | 'first half' | 'second half') => boolean;

/**
 * The plain way to keep turn restrictions: shortest paths over drives, each followed by those one may turn into. For extracts whose
 * ways have two nodes: from the middle of one way to the middle of each other, in milliseconds. A closed way stays a way one may not
 * turn into.
 */
export const turnByTurn = (
  extract: OsmExtract,
  from: OsmWay,
  isClosed: IsClosed = () => false,
): ((to: OsmWay) => number) => {
  const drives = drivesOf(extract).map((drive) => ({ ...drive, milliseconds: millisecondsOf(extract, drive) }));
  const turns = drives.map((drive) =>
    drives.flatMap((next, at) => (mayTurn(extract, drives, drive, next) ? [at] : [])),
  );
  const arrival = drives.map((drive) =>
    drive.way === from && !isClosed(drive, 'second half') ? drive.milliseconds / 2 : Number.POSITIVE_INFINITY,
  );
  /** Over whole drives one goes on; into one that is closed behind its middle one comes, and no farther. */
  const goesOn = drives.map(
    (drive) => !isClosed(drive, 'any') || (drive.way === from && !isClosed(drive, 'second half')),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const [at, following] of turns.entries())
      for (const next of goesOn[at] ? following : []) {
        const there = (arrival[at] ?? 0) + (drives[next]?.milliseconds ?? 0);
        if (there >= (arrival[next] ?? 0)) continue;
        arrival[next] = there;
        changed = true;
      }
  }
  return (to) =>
    Math.min(
      ...drives.map((drive, at) =>
        drive.way === to && !isClosed(drive, 'first half')
          ? (arrival[at] ?? 0) - drive.milliseconds / 2
          : Number.POSITIVE_INFINITY,
      ),
    );
};
