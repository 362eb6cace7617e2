import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import type { OsmExtract } from '../../../../../shared/routing/travel/roads/osm.ts';

const message = (write: (pbf: PbfWriter) => void): Uint8Array => {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
};

const differences = (numbers: readonly number[]): number[] =>
  numbers.map((value, at) => value - (numbers[at - 1] ?? 0));

/** A block as the file holds it: a length, its header, its blob. */
export const pbfBlock = (
  kind: string,
  data: Uint8Array,
  compression: 'zlib' | 'none' | 'lzma' = 'zlib',
): Uint8Array => {
  const blob = message((pbf) => {
    if (compression === 'none') pbf.writeBytesField(1, data);
    else pbf.writeBytesField(compression === 'zlib' ? 3 : 4, deflateSync(data));
  });
  const header = message((pbf) => {
    pbf.writeStringField(1, kind);
    pbf.writeVarintField(3, blob.length);
  });
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length);
  return Buffer.concat([length, header, blob]);
};

export const headerBlock = (features: readonly string[], seconds?: number): Uint8Array =>
  pbfBlock(
    'OSMHeader',
    message((pbf) => {
      for (const feature of features) pbf.writeStringField(4, feature);
      if (seconds !== undefined) pbf.writeVarintField(32, seconds);
    }),
  );

type Tags = Readonly<Record<string, string>>;

/** An extract as an OpenStreetMap PBF file, nodes dense or one by one. */
export const pbfFile = (extract: OsmExtract, { dense = true, seconds = 1_747_195_868 } = {}): Uint8Array => {
  const strings = [''];
  const text = (value: string): number => {
    const known = strings.indexOf(value);
    return known > 0 ? known : strings.push(value) - 1;
  };
  const writeTags = (pbf: PbfWriter, tags: Tags): void => {
    pbf.writePackedVarint(2, Object.keys(tags).map(text));
    pbf.writePackedVarint(3, Object.values(tags).map(text));
  };
  const ids = [...extract.nodes.keys()];
  const [longitudes, latitudes] = [0, 1].map((axis) => [...extract.nodes.values()].map((at) => at[axis] ?? 0));
  const nodes = message((group) => {
    if (!dense)
      for (const [id, [longitude, latitude]] of extract.nodes)
        group.writeBytesField(
          1,
          message((pbf) => {
            pbf.writeSVarintField(1, id);
            pbf.writeSVarintField(8, latitude);
            pbf.writeSVarintField(9, longitude);
          }),
        );
    else
      group.writeBytesField(
        2,
        message((pbf) => {
          pbf.writePackedSVarint(1, differences(ids));
          pbf.writePackedSVarint(8, differences(latitudes ?? []));
          pbf.writePackedSVarint(9, differences(longitudes ?? []));
        }),
      );
  });
  const ways = message((group) => {
    for (const way of extract.ways)
      group.writeBytesField(
        3,
        message((pbf) => {
          pbf.writeVarintField(1, way.id);
          writeTags(pbf, way.tags);
          pbf.writePackedSVarint(8, differences(way.nodes));
        }),
      );
  });
  const relations = message((group) => {
    for (const { kind, fromWay, viaNode, toWay } of extract.restrictions)
      group.writeBytesField(
        4,
        message((pbf) => {
          pbf.writeVarintField(1, 1);
          writeTags(pbf, { type: 'restriction', restriction: kind === 'no' ? 'no_left_turn' : 'only_straight_on' });
          pbf.writePackedVarint(8, ['from', 'via', 'to'].map(text));
          pbf.writePackedSVarint(9, differences([fromWay, viaNode, toWay]));
          pbf.writePackedVarint(10, [1, 0, 1]);
        }),
      );
  });
  const block = (group: Uint8Array): Uint8Array =>
    message((pbf) => {
      pbf.writeMessage(
        1,
        (_, table) => {
          for (const value of strings) table.writeStringField(1, value);
        },
        undefined,
      );
      pbf.writeBytesField(2, group);
    });
  return Buffer.concat([
    headerBlock(['OsmSchema-V0.6', 'DenseNodes'], seconds),
    pbfBlock('OSMData', block(nodes)),
    pbfBlock('OSMData', block(ways), 'none'),
    pbfBlock('OSMData', block(relations)),
  ]);
};
