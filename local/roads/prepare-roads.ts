import { buildRoadGraph } from '../../shared/routing/travel/roads/build-road-graph.ts';
import { buildHierarchy } from '../../shared/routing/travel/roads/hierarchy.ts';
import { type OsmExtract, RoadFileError } from '../../shared/routing/travel/roads/osm.ts';
import { readOsmGeoJson } from '../../shared/routing/travel/roads/read-osm-geojson.ts';
import { readOsmJson } from '../../shared/routing/travel/roads/read-osm-json.ts';
import { type Box, readOsmPbf } from '../../shared/routing/travel/roads/read-osm-pbf.ts';
import type { RoadGraphReport } from '../../shared/routing/travel/roads/road-graph.ts';
import type { RoadNetwork } from '../../shared/routing/travel/roads/road-network.ts';
import type { TruckClass } from '../../shared/routing/travel/roads/truck-access.ts';

const OPENING_BRACE = 0x7b;
const BYTE_ORDER_MARK = 0xef;

/** JSON begins with a brace (or white space, or a byte order mark); PBF with the length of its first block. */
const isJson = (file: Uint8Array): boolean => {
  const first = file.find((byte) => byte > 0x20);
  return file[0] !== 0 && (first === OPENING_BRACE || first === BYTE_ORDER_MARK);
};

const parsedJson = (file: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(file));
  } catch (error) {
    throw new RoadFileError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const isFeatureCollection = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'type' in json && json.type === 'FeatureCollection';

const insideBox = (extract: OsmExtract, { west, south, east, north }: Box): OsmExtract => {
  const isInside = (ref: number): boolean => {
    const [longitude, latitude] = (extract.nodes.get(ref) ?? [Number.NaN, Number.NaN]).map((e7) => e7 / 1e7);
    return (
      Number(longitude) >= west && Number(longitude) <= east && Number(latitude) >= south && Number(latitude) <= north
    );
  };
  return { ...extract, ways: extract.ways.filter(({ nodes }) => nodes.some(isInside)) };
};

/**
 * An extract of any of the formats that we read, told apart by its content; of a box when one is given.
 * @throws RoadFileError with what is wrong, and where.
 */
export const readExtract = (file: Uint8Array, box?: Box): OsmExtract => {
  if (!isJson(file)) return readOsmPbf(file, box);
  const json = parsedJson(file);
  const extract = isFeatureCollection(json) ? readOsmGeoJson(json) : readOsmJson(json);
  return box === undefined ? extract : insideBox(extract, box);
};

/** The network of an extract for a class of truck, and what it was made of. @throws RoadFileError when no road leads anywhere and back. */
export const prepareRoads = (
  extract: OsmExtract,
  truck: TruckClass,
): { readonly network: RoadNetwork; readonly report: RoadGraphReport } => {
  const { graph, report } = buildRoadGraph(extract, truck);
  const day = extract.timestamp?.slice(0, 10);
  const source = `roads © OpenStreetMap contributors${day === undefined ? '' : ` ${day}`} (ODbL), ${graph.nodeCount} crossings`;
  return { network: { graph, hierarchy: buildHierarchy(graph), source }, report };
};
