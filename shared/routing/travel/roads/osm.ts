/** A way of OpenStreetMap: nodes in the order of drawing. */
export type OsmWay = {
  readonly id: number;
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
};

/** `no_*`: from one way over a node into another is forbidden; `only_*`: nothing but that way is allowed. */
export type OsmTurnRestriction = {
  readonly kind: 'no' | 'only';
  readonly fromWay: number;
  readonly viaNode: number;
  readonly toWay: number;
};

/**
 * What the road graph needs of an OpenStreetMap extract (© OpenStreetMap contributors, ODbL 1.0). Coordinates are WGS 84 in
 * units of 1e-7 degrees, as OpenStreetMap itself keeps them.
 */
export type OsmExtract = {
  readonly nodes: ReadonlyMap<number, readonly [longitudeE7: number, latitudeE7: number]>;
  readonly ways: readonly OsmWay[];
  readonly restrictions: readonly OsmTurnRestriction[];
  /** When the extract was taken, as it says itself. */
  readonly timestamp?: string;
};

/** The file is no extract we can read; the message names the place. */
export class RoadFileError extends Error {
  override readonly name = 'RoadFileError';
}

const E7 = 1e7;

export const toE7 = (degrees: number): number => Math.round(degrees * E7);
export const fromE7 = (units: number): number => units / E7;

type Member = { readonly type: string; readonly ref: number; readonly role: string };

/**
 * A relation of type `restriction` as a turn restriction; `undefined` when it is of another kind: restrictions over several ways
 * (`via` a way), for a vehicle that is no truck, or at some hours only, are not represented.
 */
export const restrictionOf = (
  tags: Readonly<Record<string, string>>,
  members: readonly Member[],
): OsmTurnRestriction | undefined => {
  const rule = tags['restriction:hgv'] ?? tags.restriction;
  const kind = rule?.startsWith('no_') ? 'no' : rule?.startsWith('only_') ? 'only' : undefined;
  if (tags.type !== 'restriction' || kind === undefined) return undefined;
  const found = (role: string, type: string) =>
    members.filter((member) => member.role === role && member.type === type);
  const [[from, moreFrom], [via, moreVia], [to, moreTo]] = [
    found('from', 'way'),
    found('via', 'node'),
    found('to', 'way'),
  ];
  if (!from || !via || !to || moreFrom || moreVia || moreTo) return undefined;
  return { kind, fromWay: from.ref, viaNode: via.ref, toWay: to.ref };
};
