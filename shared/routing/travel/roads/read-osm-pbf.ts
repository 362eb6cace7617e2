import { PbfReader } from 'pbf';
import { type OsmExtract, type OsmTurnRestriction, type OsmWay, RoadFileError, restrictionOf, toE7 } from './osm.ts';
import { pbfBlocks } from './pbf-blocks.ts';

/** Degrees, WGS 84. */
export type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

type E7Node = readonly [longitudeE7: number, latitudeE7: number];
type Take = {
  readonly node?: (id: number, at: E7Node) => void;
  readonly way?: (id: number, refs: readonly number[], tags: Readonly<Record<string, string>>) => void;
  readonly relation?: (tags: Readonly<Record<string, string>>, members: Parameters<typeof restrictionOf>[1]) => void;
};

const memberTypes = ['node', 'way', 'relation'];
/** Of a block's coordinates, whose unit is 1e-9 degrees. */
const NANO_PER_E7 = 100;

type Block = { strings: string[]; groups: Uint8Array[]; granularity: number; latitude: number; longitude: number };
type Dense = { ids: number[]; latitudes: number[]; longitudes: number[] };
type Entity = {
  id: number;
  keys: number[];
  values: number[];
  refs: number[];
  roles: number[];
  types: number[];
  latitude: number;
  longitude: number;
};

const blockOf = (data: Uint8Array): Block =>
  new PbfReader(data).readFields<Block>(
    (tag, block, pbf) => {
      if (tag === 1) pbf.readMessage((inner) => void (inner === 1 && block.strings.push(pbf.readString())), undefined);
      else if (tag === 2) block.groups.push(pbf.readBytes());
      else if (tag === 17) block.granularity = pbf.readVarint();
      else if (tag === 19) block.latitude = pbf.readVarint(true);
      else if (tag === 20) block.longitude = pbf.readVarint(true);
    },
    { strings: [], groups: [], granularity: 100, latitude: 0, longitude: 0 },
  );

const denseOf = (data: Uint8Array): Dense =>
  new PbfReader(data).readFields<Dense>(
    (tag, dense, pbf) => {
      if (tag === 1) pbf.readPackedSVarint(dense.ids);
      else if (tag === 8) pbf.readPackedSVarint(dense.latitudes);
      else if (tag === 9) pbf.readPackedSVarint(dense.longitudes);
    },
    { ids: [], latitudes: [], longitudes: [] },
  );

type FieldReader = (entity: Entity, pbf: PbfReader) => void;

/** What the fields of each kind of entity hold, by number. */
const common: Readonly<Record<number, FieldReader>> = {
  1: (entity, pbf) => {
    entity.id = pbf.readVarint(true);
  },
  2: ({ keys }, pbf) => void pbf.readPackedVarint(keys),
  3: ({ values }, pbf) => void pbf.readPackedVarint(values),
};
const fields: Readonly<Record<'node' | 'way' | 'relation', Readonly<Record<number, FieldReader>>>> = {
  node: {
    ...common,
    1: (entity, pbf) => {
      entity.id = pbf.readSVarint();
    },
    8: (entity, pbf) => {
      entity.latitude = pbf.readSVarint();
    },
    9: (entity, pbf) => {
      entity.longitude = pbf.readSVarint();
    },
  },
  way: { ...common, 8: ({ refs }, pbf) => void pbf.readPackedSVarint(refs) },
  relation: {
    ...common,
    8: ({ roles }, pbf) => void pbf.readPackedVarint(roles),
    9: ({ refs }, pbf) => void pbf.readPackedSVarint(refs),
    10: ({ types }, pbf) => void pbf.readPackedVarint(types),
  },
};

const entityOf = (data: Uint8Array, kind: 'node' | 'way' | 'relation'): Entity =>
  new PbfReader(data).readFields<Entity>((tag, entity, pbf) => fields[kind][tag]?.(entity, pbf), {
    id: 0,
    keys: [],
    values: [],
    refs: [],
    roles: [],
    types: [],
    latitude: 0,
    longitude: 0,
  });

/** Lists of ids and coordinates hold differences to the one before. */
const summed = (differences: readonly number[]): number[] => {
  let sum = 0;
  return differences.map((difference) => {
    sum += difference;
    return sum;
  });
};

const walkBlock = (data: Uint8Array, take: Take): void => {
  const block = blockOf(data);
  const text = (index: number | undefined): string => block.strings[index ?? 0] ?? '';
  const tagsOf = ({ keys, values }: Entity): Record<string, string> =>
    Object.fromEntries(keys.map((key, index) => [text(key), text(values[index])]));
  const unit = block.granularity / NANO_PER_E7;
  const place = (longitude: number, latitude: number): E7Node => [
    Math.round(block.longitude / NANO_PER_E7 + longitude * unit),
    Math.round(block.latitude / NANO_PER_E7 + latitude * unit),
  ];
  const takeDense = (dense: Dense): void => {
    const [longitudes, latitudes] = [summed(dense.longitudes), summed(dense.latitudes)];
    for (const [index, id] of summed(dense.ids).entries())
      take.node?.(id, place(longitudes[index] ?? 0, latitudes[index] ?? 0));
  };
  const takeRelation = (relation: Entity): void => {
    const refs = summed(relation.refs);
    const members = refs.map((ref, index) => ({
      ref,
      type: memberTypes[relation.types[index] ?? 0] ?? '',
      role: text(relation.roles[index]),
    }));
    take.relation?.(tagsOf(relation), members);
  };
  for (const group of block.groups) {
    new PbfReader(group).readFields((tag, _, pbf) => {
      if (tag === 1 && take.node) {
        const node = entityOf(pbf.readBytes(), 'node');
        take.node(node.id, place(node.longitude, node.latitude));
      } else if (tag === 2 && take.node) takeDense(denseOf(pbf.readBytes()));
      else if (tag === 3 && take.way) {
        const way = entityOf(pbf.readBytes(), 'way');
        take.way(way.id, summed(way.refs), tagsOf(way));
      } else if (tag === 4 && take.relation) takeRelation(entityOf(pbf.readBytes(), 'relation'));
    }, undefined);
  }
};

const supported = new Set(['OsmSchema-V0.6', 'DenseNodes']);

type Header = { features: string[]; seconds: number | undefined };

const headerOf = (data: Uint8Array): Header => {
  const header = new PbfReader(data).readFields<Header>(
    (tag, found, pbf) => {
      if (tag === 4) found.features.push(pbf.readString());
      else if (tag === 32) found.seconds = pbf.readVarint(true);
    },
    { features: [], seconds: undefined },
  );
  const foreign = header.features.find((feature) => !supported.has(feature));
  if (foreign !== undefined) throw new RoadFileError(`the file needs ${foreign}, which is not supported`);
  return header;
};

/**
 * The roads of an OpenStreetMap PBF extract, of a whole country when only those in a box are kept. The file is read twice, and
 * only nodes of roads stay in memory.
 * @throws RoadFileError naming the byte at which the file is not as the format says.
 */
export const readOsmPbf = (file: Uint8Array, box?: Box): OsmExtract => {
  let header: Header | undefined;
  const walk = (take: Take): void => {
    for (const { kind, read } of pbfBlocks(file)) {
      if (kind === 'OSMHeader') header = read(headerOf);
      else if (kind === 'OSMData') read((data) => walkBlock(data, take));
    }
    if (header === undefined) throw new RoadFileError('not OpenStreetMap PBF: it has no header block');
  };
  const inBox = new Map<number, E7Node>();
  const [west, south, east, north] = [box?.west, box?.south, box?.east, box?.north].map((edge) => toE7(edge ?? 0));
  const isInside = ([longitude, latitude]: E7Node): boolean =>
    longitude >= (west ?? 0) && longitude <= (east ?? 0) && latitude >= (south ?? 0) && latitude <= (north ?? 0);
  if (box) walk({ node: (id, at) => void (isInside(at) && inBox.set(id, at)) });
  const ways: OsmWay[] = [];
  const restrictions: OsmTurnRestriction[] = [];
  const wanted = new Set<number>();
  walk({
    way: (id, refs, tags) => {
      if (tags.highway === undefined || (box && !refs.some((ref) => inBox.has(ref)))) return;
      ways.push({ id, nodes: refs, tags });
      for (const ref of refs) wanted.add(ref);
    },
    relation: (tags, members) => {
      const restriction = restrictionOf(tags, members);
      if (restriction) restrictions.push(restriction);
    },
  });
  const nodes = new Map<number, E7Node>();
  walk({ node: (id, at) => void (wanted.has(id) && nodes.set(id, at)) });
  const seconds = header?.seconds;
  return { nodes, ways, restrictions, ...(seconds && { timestamp: new Date(seconds * 1_000).toISOString() }) };
};
