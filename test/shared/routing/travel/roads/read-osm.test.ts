import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OsmExtract, RoadFileError } from '../../../../../shared/routing/travel/roads/osm.ts';
import { readOsmGeoJson } from '../../../../../shared/routing/travel/roads/read-osm-geojson.ts';
import { readOsmJson } from '../../../../../shared/routing/travel/roads/read-osm-json.ts';
import { readOsmPbf } from '../../../../../shared/routing/travel/roads/read-osm-pbf.ts';
import { headerBlock, pbfBlock, pbfFile } from './pbf-file.ts';

const corner: OsmExtract = {
  nodes: new Map([
    [5_600_000_001, [1_066_600_000, 109_800_000]],
    [12, [1_066_610_000, 109_800_000]],
    [9_007_199_254, [-1_066_610_000, -109_810_000]],
  ]),
  ways: [
    { id: 9_656_653, nodes: [5_600_000_001, 12], tags: { highway: 'residential', name: 'Phố Mã Mây', oneway: 'yes' } },
    { id: 7, nodes: [12, 9_007_199_254], tags: { highway: 'primary' } },
  ],
  restrictions: [{ kind: 'no', fromWay: 9_656_653, viaNode: 12, toWay: 7 }],
};

describe('OpenStreetMap PBF', () => {
  it.each([true, false])('is read as it was written (nodes dense: %s)', (dense) => {
    expect(readOsmPbf(pbfFile(corner, { dense }))).toEqual({ ...corner, timestamp: '2025-05-14T04:11:08.000Z' });
  });

  it('gives whatever was put in', () => {
    const e7 = fc.integer({ min: -1_800_000_000, max: 1_800_000_000 });
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 44 }), { minLength: 2, maxLength: 20 });
    const extracts = fc.tuple(ids, fc.infiniteStream(e7), fc.string()).map(([nodes, units, name]): OsmExtract => {
      const next = (): number => units.next().value ?? 0;
      return {
        nodes: new Map(nodes.map((id) => [id, [next(), next()] as const])),
        ways: [{ id: 3, nodes, tags: { highway: 'road', name: `x${name}` } }],
        restrictions: [],
      };
    });
    fc.assert(
      fc.property(extracts, (extract) => {
        expect(readOsmPbf(pbfFile(extract))).toMatchObject(extract);
      }),
    );
  });

  it('keeps of a country what touches a box, with the nodes of its roads', () => {
    const box = { west: 106.6605, south: 10.97, east: 106.67, north: 10.99 };
    const { ways, nodes } = readOsmPbf(pbfFile(corner), box);
    expect(ways.map(({ id }) => id)).toEqual([9_656_653, 7]);
    expect(nodes.size).toBe(3);
    expect(readOsmPbf(pbfFile(corner), { ...box, west: 106.662 }).ways).toEqual([]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['text', Buffer.from('this is no map at all, it is a letter'), /byte 0: not OpenStreetMap PBF/],
    ['nothing', new Uint8Array(), /no header block/],
    ['half a file', pbfFile(corner).subarray(0, 150), /byte \d+: not OpenStreetMap PBF: a block longer than the file/],
    ['another compression', pbfBlock('OSMData', new Uint8Array(9), 'lzma'), /byte 0: .*only zlib/],
    ['history', headerBlock(['OsmSchema-V0.6', 'HistoricalInformation']), /HistoricalInformation/],
  ])('refuses %s, saying where', (_, file, words) => {
    expect(() => readOsmPbf(file)).toThrow(RoadFileError);
    expect(() => readOsmPbf(file)).toThrow(words);
  });

  it('never breaks in another way, whatever is wrong with the bytes', () => {
    const file = pbfFile(corner);
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, byte) => {
        const broken = Uint8Array.from(file);
        broken[at] = byte;
        try {
          readOsmPbf(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(RoadFileError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('OpenStreetMap JSON', () => {
  const way = { type: 'way', id: 7, nodes: [1, 2], tags: { highway: 'primary', lanes: '2' } };
  const nodes = [
    { type: 'node', id: 1, lat: 21.025479, lon: 105.8532306 },
    { type: 'node', id: 2, lat: 21.03, lon: 105.85 },
  ];
  const expected = new Map([
    [1, [1_058_532_306, 210_254_790]],
    [2, [1_058_500_000, 210_300_000]],
  ]);

  it('is read as Overpass answers', () => {
    const members = [
      { type: 'way', ref: 7, role: 'from' },
      { type: 'node', ref: 2, role: 'via' },
      { type: 'way', ref: 7, role: 'to' },
    ];
    const turn = { type: 'relation', id: 1, tags: { type: 'restriction', restriction: 'no_u_turn' }, members };
    const others = [
      { ...turn, tags: { type: 'route' } },
      { ...turn, members: [...members, { type: 'way', ref: 8, role: 'via' }, { type: 'node', ref: 9, role: 'via' }] },
      { ...turn, tags: { type: 'restriction', 'restriction:conditional': 'no_left_turn @ (06:00-09:00)' } },
    ];
    const osm3s = { timestamp_osm_base: '2025-05-14T04:11:08Z' };
    expect(readOsmJson({ osm3s, elements: [...nodes, way, turn, ...others] })).toEqual({
      nodes: expected,
      ways: [{ id: 7, nodes: [1, 2], tags: { highway: 'primary', lanes: '2' } }],
      restrictions: [{ kind: 'no', fromWay: 7, viaNode: 2, toWay: 7 }],
      timestamp: '2025-05-14T04:11:08Z',
    });
  });

  it('is read without its wrapping', () => {
    const compact = {
      nodes: { 1: [105.8532306, 21.025479], 2: [105.85, 21.03] },
      ways: [{ id: 7, nodes: [1, 2], length_m: 5, tags: { highway: 'primary' } }],
    };
    expect(readOsmJson(compact)).toEqual({
      nodes: expected,
      ways: [{ id: 7, nodes: [1, 2], tags: { highway: 'primary' } }],
      restrictions: [],
    });
  });

  it.each([
    [{ elements: [{ type: 'node', id: 1, lat: 'north' }] }, /\/elements\/0\/lat/],
    [{ nodes: [], ways: [] }, /\/nodes/],
    ['a map', /not an OpenStreetMap extract/],
  ])('is refused with the member at fault: %j', (json, words) => {
    expect(() => readOsmJson(json)).toThrow(words);
  });
});

describe('GeoJSON roads', () => {
  it('meet where they share a vertex; tags may stand beside or inside', () => {
    const features = [
      {
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: [
            [105.1, 21.1],
            [105.2, 21.2],
          ],
        },
        properties: { tags: { highway: 'primary' } },
      },
      {
        type: 'Feature',
        geometry: {
          type: 'MultiLineString',
          coordinates: [
            [
              [105.2, 21.2, 7],
              [105.3, 21.1],
            ],
          ],
        },
        properties: { highway: 'service', lanes: 2, other: null },
      },
      { type: 'Feature', geometry: { type: 'Point', coordinates: [105.1, 21.1] }, properties: { tags: {} } },
    ];
    expect(readOsmGeoJson({ type: 'FeatureCollection', features })).toEqual({
      nodes: new Map([
        [1, [1_051_000_000, 211_000_000]],
        [2, [1_052_000_000, 212_000_000]],
        [3, [1_053_000_000, 211_000_000]],
      ]),
      ways: [
        { id: 1, nodes: [1, 2], tags: { highway: 'primary' } },
        { id: 2, nodes: [2, 3], tags: { highway: 'service', lanes: '2' } },
      ],
      restrictions: [],
    });
  });

  it('are refused with the member at fault', () => {
    expect(() => readOsmGeoJson({ type: 'FeatureCollection', features: [{ geometry: 5 }] })).toThrow(/\/features\/0/);
  });
});
