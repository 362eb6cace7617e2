import type { Chain } from './chains.ts';
import type { OsmTurnRestriction } from './osm.ts';

/** An arc before it has a number: a chain in one direction between crossings, which may be copies. */
export type Arc = { tail: number; head: number; readonly chain: number; readonly forward: boolean };

export type Turned = { readonly arcs: readonly Arc[]; readonly nodeCount: number; readonly ignored: number };

const keyOf = (way: number, node: number): string => `${way} ${node}`;

/**
 * Turn restrictions built into the graph: who comes over a restricted road arrives at a copy of the crossing, which has only the
 * ways out that are allowed from there. So the shortest path over nodes needs no memory of where it came from.
 * @param nodeOf The number of a crossing by its OpenStreetMap id.
 */
export const withTurnRestrictions = (
  chains: readonly Chain[],
  restrictions: readonly OsmTurnRestriction[],
  nodeOf: ReadonlyMap<number, number>,
): Turned => {
  const arcs: Arc[] = [];
  const into = new Map<string, Arc[]>();
  const outOf = new Map<number, Arc[]>();
  const register = <K>(map: Map<K, Arc[]>, key: K, arc: Arc): void => {
    const list = map.get(key);
    if (list) list.push(arc);
    else map.set(key, [arc]);
  };
  const add = (chain: number, forward: boolean, from: number, to: number, way: number): void => {
    const arc: Arc = { tail: nodeOf.get(from) as number, head: nodeOf.get(to) as number, chain, forward };
    arcs.push(arc);
    register(into, keyOf(way, to), arc);
    register(outOf, arc.tail, arc);
  };
  for (const [index, { from, to, way, use }] of chains.entries()) {
    if (use.forward) add(index, true, from, to, way);
    if (use.backward) add(index, false, to, from, way);
  }
  const together = new Map<string, OsmTurnRestriction[]>();
  for (const restriction of restrictions) {
    const key = keyOf(restriction.fromWay, restriction.viaNode);
    together.set(key, [...(together.get(key) ?? []), restriction]);
  }
  let nodeCount = nodeOf.size;
  let ignored = 0;
  const copies: { readonly copy: number; readonly allowed: readonly Arc[] }[] = [];
  for (const [key, rules] of together) {
    const via = nodeOf.get(rules[0]?.viaNode ?? 0);
    const arriving = into.get(key) ?? [];
    const leaving = via === undefined ? [] : (outOf.get(via) ?? []);
    const wayOf = ({ chain }: Arc): number => chains[chain]?.way ?? 0;
    const known = rules.filter(({ toWay }) => arriving.length > 0 && leaving.some((arc) => wayOf(arc) === toWay));
    ignored += rules.length - known.length;
    if (known.length === 0) continue;
    const of = (wanted: string) => new Set(known.filter(({ kind }) => kind === wanted).map(({ toWay }) => toWay));
    const [only, not] = [of('only'), of('no')];
    const allowed = leaving.filter((arc) => !not.has(wayOf(arc)) && (only.size === 0 || only.has(wayOf(arc))));
    for (const arc of arriving) arc.head = nodeCount;
    copies.push({ copy: nodeCount, allowed });
    nodeCount += 1;
  }
  // Only now, when every arc's head is settled: a copy leads where the arc it copies leads.
  for (const { copy, allowed } of copies) for (const arc of allowed) arcs.push({ ...arc, tail: copy });
  return { arcs, nodeCount, ignored };
};
