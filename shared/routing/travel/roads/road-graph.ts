/**
 * A directed road graph in typed arrays. A node is a crossing, an end of a road, or a copy of a crossing that stands for having
 * come from one road (that is how turn restrictions are kept without a table of turns). A chain is a road between two nodes with
 * its shape; an arc is a chain in a direction that may be driven.
 */
export type RoadGraph = {
  readonly nodeCount: number;
  readonly arcCount: number;
  readonly chainCount: number;
  readonly arcTail: Int32Array;
  readonly arcHead: Int32Array;
  /** Driving time and length of an arc. */
  readonly arcMilliseconds: Int32Array;
  readonly arcMillimetres: Int32Array;
  readonly arcChain: Int32Array;
  /** 1 where the arc runs as its chain is drawn, 0 where against it. */
  readonly arcForward: Uint8Array;
  /** 1 where a truck gets to the chain and away again. */
  readonly chainIsPlace: Uint8Array;
  /** Shape points of chain `c`: indices `chainStart[c]` … `chainStart[c + 1]`, in units of 1e-7 degrees (WGS 84). */
  readonly chainStart: Int32Array;
  readonly shapeLongitudeE7: Int32Array;
  readonly shapeLatitudeE7: Int32Array;
};

/** What was made of an extract, for a person to judge it by. */
export type RoadGraphReport = {
  readonly ways: number;
  readonly nodes: number;
  readonly arcs: number;
  /** Of roads that are connected. */
  readonly kilometres: number;
  readonly restrictions: number;
  /** Turn restrictions whose ways or node are not in the graph or do not meet there. */
  readonly restrictionsIgnored: number;
  /** Crossings that are on no way from or to the connected roads: islands. */
  readonly nodesLeftOut: number;
};
