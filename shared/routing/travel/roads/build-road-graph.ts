import { type Chain, chainsOf } from './chains.ts';
import { strongComponents } from './components.ts';
import { type OsmExtract, RoadFileError } from './osm.ts';
import type { RoadGraph, RoadGraphReport } from './road-graph.ts';
import type { TruckClass } from './truck-access.ts';
import { type Turned, withTurnRestrictions } from './turns.ts';

const MS_PER_HOUR = 3_600_000;
const MM_PER_KM = 1_000_000;

/** Ways out of each node, as offsets into a list of heads. */
const outOf = ({ arcs, nodeCount }: Turned): { readonly out: Int32Array; readonly head: Int32Array } => {
  const out = new Int32Array(nodeCount + 1);
  for (const { tail } of arcs) out[tail + 1] = (out[tail + 1] as number) + 1;
  for (let node = 0; node < nodeCount; node += 1) out[node + 1] = (out[node + 1] as number) + (out[node] as number);
  const head = new Int32Array(arcs.length);
  const next = out.slice();
  for (const arc of arcs) {
    const at = next[arc.tail] as number;
    head[at] = arc.head;
    next[arc.tail] = at + 1;
  }
  return { out, head };
};

const shapesOf = (chains: readonly Chain[]) => {
  const chainStart = new Int32Array(chains.length + 1);
  for (const [at, { longitudeE7 }] of chains.entries())
    chainStart[at + 1] = (chainStart[at] as number) + longitudeE7.length;
  const points = chainStart[chains.length] as number;
  const [shapeLongitudeE7, shapeLatitudeE7] = [new Int32Array(points), new Int32Array(points)];
  for (const [at, { longitudeE7, latitudeE7 }] of chains.entries()) {
    shapeLongitudeE7.set(longitudeE7, chainStart[at]);
    shapeLatitudeE7.set(latitudeE7, chainStart[at]);
  }
  return { chainStart, shapeLongitudeE7, shapeLatitudeE7 };
};

const milliseconds = ({ millimetres, use }: Chain): number =>
  Math.max(1, Math.round((millimetres / MM_PER_KM / use.speedKmh) * MS_PER_HOUR));

const graphOf = (
  chains: readonly Chain[],
  { arcs, nodeCount }: Turned,
  isPlace: (chain: number) => boolean,
): RoadGraph => {
  const arcChain = Int32Array.from(arcs, ({ chain }) => chain);
  return {
    nodeCount,
    arcCount: arcs.length,
    chainCount: chains.length,
    arcTail: Int32Array.from(arcs, ({ tail }) => tail),
    arcHead: Int32Array.from(arcs, ({ head }) => head),
    arcMilliseconds: arcChain.map((chain) => milliseconds(chains[chain] as Chain)),
    arcMillimetres: arcChain.map((chain) => (chains[chain] as Chain).millimetres),
    arcChain,
    arcForward: Uint8Array.from(arcs, ({ forward }) => (forward ? 1 : 0)),
    chainIsPlace: Uint8Array.from(chains, (_, chain) => (isPlace(chain) ? 1 : 0)),
    ...shapesOf(chains),
  };
};

type Connected = {
  /** Whether a truck gets to a chain and away again. */
  readonly isPlace: (chain: number) => boolean;
  readonly nodesLeftOut: number;
};

/** The nodes that can be reached from (or, against the arcs, that reach) a component. */
const spread = ({ arcs, nodeCount }: Turned, inside: Uint8Array, from: 'tail' | 'head'): Uint8Array => {
  const to = from === 'tail' ? 'head' : 'tail';
  const { out, head: next } = outOf({
    nodeCount,
    ignored: 0,
    arcs: arcs.map((arc) => ({ ...arc, tail: arc[from], head: arc[to] })),
  });
  const found = inside.slice();
  const open = [...found.keys()].filter((node) => found[node] === 1);
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (let at = out[node] as number; at < (out[node + 1] as number); at += 1) {
      const behind = next[at] as number;
      if (found[behind] === 1) continue;
      found[behind] = 1;
      open.push(behind);
    }
  return found;
};

/**
 * Where trucks may stop: the roads of the component with the most road in it, where one gets from everywhere to everywhere; and
 * roads into which a truck gets from there and out of which it gets back when it turns round where it stops, since a dead end may
 * forbid turning at its end.
 */
const connected = (chains: readonly Chain[], turned: Turned): Connected => {
  const { arcs, nodeCount } = turned;
  const { out, head: heads } = outOf(turned);
  const component = strongComponents(nodeCount, out, heads);
  const lengths = new Map<number, number>();
  for (const { tail, head, chain } of arcs) {
    const of = component[tail] as number;
    if (of === component[head]) lengths.set(of, (lengths.get(of) ?? 0) + (chains[chain] as Chain).millimetres);
  }
  const [longest] = [...lengths].sort(([, a], [, b]) => b - a)[0] ?? [];
  const inside = Uint8Array.from(component, (of) => (of === longest ? 1 : 0));
  const [behind, before] = [spread(turned, inside, 'tail'), spread(turned, inside, 'head')];
  const reached = new Set(arcs.filter(({ tail }) => behind[tail]).map(({ chain }) => chain));
  const left = new Set(arcs.filter(({ head }) => before[head]).map(({ chain }) => chain));
  return {
    isPlace: (chain) => reached.has(chain) && left.has(chain),
    nodesLeftOut: behind.reduce((count, is, node) => count + (is || before[node] ? 0 : 1), 0),
  };
};

/**
 * The road graph of an extract for a class of truck: directed, with turn restrictions, without islands.
 * @throws RoadFileError when no two places are connected by roads a truck may use.
 */
export const buildRoadGraph = (
  extract: OsmExtract,
  truck: TruckClass,
): { readonly graph: RoadGraph; readonly report: RoadGraphReport } => {
  const chains = chainsOf(extract, truck);
  const nodeOf = new Map<number, number>();
  for (const { from, to } of chains)
    for (const node of [from, to]) if (!nodeOf.has(node)) nodeOf.set(node, nodeOf.size);
  const turned = withTurnRestrictions(chains, extract.restrictions, nodeOf);
  const { isPlace, nodesLeftOut } = connected(chains, turned);
  if (!chains.some((_, chain) => isPlace(chain)))
    throw new RoadFileError('no roads that a truck may use, or none that lead anywhere and back');
  const graph = graphOf(chains, turned, isPlace);
  const millimetres = chains.reduce((sum, chain, at) => sum + (isPlace(at) ? chain.millimetres : 0), 0);
  return {
    graph,
    report: {
      ways: extract.ways.length,
      nodes: graph.nodeCount,
      arcs: graph.arcCount,
      kilometres: Math.round(millimetres / MM_PER_KM),
      restrictions: extract.restrictions.length - turned.ignored,
      restrictionsIgnored: turned.ignored,
      nodesLeftOut,
    },
  };
};
