import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gridCity } from '../../../../bench/travel/grid-city.ts';
import { ROADS_BUCKET } from '../../../../local/roads/objects.ts';
import { readRoadsOptions } from '../../../../local/roads/options.ts';
import { prepareRoads, readExtract } from '../../../../local/roads/prepare-roads.ts';
import { startObjectEndpoint } from '../../../../local/station-files/object-endpoint.ts';
import { RoadFileError } from '../../../../shared/routing/travel/roads/osm.ts';
import { readRoadNetwork, writeRoadNetwork } from '../../../../shared/routing/travel/roads/road-file.ts';
import { twoAxleCompactor } from '../../../../shared/routing/travel/roads/truck-access.ts';
import { s3RoadFiles } from '../../../../shared/storage/s3/road-files.ts';

const grid = gridCity({ longitude: 106.6, latitude: 10.9, columns: 12, rows: 12, stepE7: 10_000 });

/** As Overpass answers. */
const overpass = JSON.stringify({
  osm3s: { timestamp_osm_base: '2026-11-20T10:00:00Z' },
  elements: [
    ...[...grid.nodes].map(([id, [lon, lat]]) => ({ type: 'node', id, lon: lon / 1e7, lat: lat / 1e7 })),
    ...grid.ways.map((way) => ({ type: 'way', ...way })),
  ],
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const about = (source: string) => ({
  source,
  file: 'grid.json',
  attribution: 'invented',
  truck: twoAxleCompactor,
  storedAt: '2026-11-22T00:00:00Z',
});

let home: string;
let endpoint: Awaited<ReturnType<typeof startObjectEndpoint>>;
const openStore = () =>
  s3RoadFiles(
    new S3Client({
      endpoint: endpoint.url,
      forcePathStyle: true,
      region: 'ap-southeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    ROADS_BUCKET,
  );

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'roads-'));
  endpoint = await startObjectEndpoint({ home, host: '127.0.0.1' });
});
afterAll(async () => {
  await endpoint.close();
  await rm(home, { recursive: true });
});

describe('an extract', () => {
  it('is told apart by its content, and says its day', () => {
    const { network, report } = prepareRoads(readExtract(bytes(overpass)), twoAxleCompactor);
    expect(network.source).toMatch(/^roads © OpenStreetMap contributors 2026-11-20 \(ODbL\), \d+ crossings$/);
    expect(report.ways).toBe(grid.ways.length);
    const features = grid.ways.map(({ nodes, tags }) => ({
      type: 'Feature',
      properties: tags,
      geometry: {
        type: 'LineString',
        coordinates: nodes.map((id) => (grid.nodes.get(id) ?? []).map((e7) => e7 / 1e7)),
      },
    }));
    const geojson = bytes(`\ufeff${JSON.stringify({ type: 'FeatureCollection', features })}`);
    expect(prepareRoads(readExtract(geojson), twoAxleCompactor).report.arcs).toBe(report.arcs);
  });

  it('is cut to a box', () => {
    const box = { west: 106.6, south: 10.9, east: 106.6045, north: 10.9045 };
    const { report } = prepareRoads(readExtract(bytes(overpass), box), twoAxleCompactor);
    expect(report.ways).toBeLessThan(grid.ways.length / 2);
    expect(report.ways).toBeGreaterThan(20);
  });

  it.each([
    ['a text', 'xin chào', /PBF|header|block/i],
    ['broken JSON', '{"elements": [', /not JSON/],
    ['JSON of another kind', '{"bins": []}', /not an OpenStreetMap extract/],
  ])('that is %s is refused with what is wrong', (_, text, words) => {
    const read = () => readExtract(bytes(text));
    expect(read).toThrow(RoadFileError);
    expect(read).toThrow(words);
  });
});

describe('the store of roads', () => {
  it('keeps a network under its hash, and names the one in use', async () => {
    const store = openStore();
    expect(await store.current()).toBeUndefined();
    const { network } = prepareRoads(grid, twoAxleCompactor);
    const file = writeRoadNetwork(network);
    const stored = await store.put(file, about('the first'));
    expect(stored.key).toBe(`roads/${stored.sha256}.roads`);
    expect(await store.current()).toEqual(stored);
    expect(readRoadNetwork(await store.read(stored))).toEqual(network);
    // Again: the bytes are there, and their description is the newer one.
    await store.put(file, about('the same'));
    expect((await store.current())?.source).toBe('the same');
    expect(new Set(await readdir(join(home, 'roads')))).toEqual(new Set([`${stored.sha256}.roads`, 'current.json']));
  });

  it('hands out no bytes that are not those it was given', async () => {
    const store = openStore();
    const stored = await store.put(bytes('not roads, but bytes'), about('x'));
    const path = join(home, stored.key);
    const file = await readFile(path);
    await writeFile(path, file.subarray(1));
    await expect(store.read(stored)).rejects.toThrow('does not have the bytes that were stored');
    await rm(path);
    await expect(store.read(stored)).rejects.toThrow('is not there');
  });

  it('has no other keys than roads have', async () => {
    for (const key of ['roads/../bulk/x', 'x', 'roads/abc.roads', 'roads/current.json.partial']) {
      const response = await fetch(`${endpoint.url}/${ROADS_BUCKET}/${encodeURIComponent(key)}`);
      expect(response.status).toBe(403);
    }
  });
});

describe('npm run roads', () => {
  it('reads its options', () => {
    expect(
      readRoadsOptions(['hanoi.osm.pbf', '--box', '105.7,20.9,105.95,21.1', '--tonnes', '8', '--dry-run']),
    ).toEqual({
      file: 'hanoi.osm.pbf',
      box: { west: 105.7, south: 20.9, east: 105.95, north: 21.1 },
      truck: { ...twoAxleCompactor, tonnes: 8 },
      dryRun: true,
      cloud: false,
    });
  });

  it.each([
    [[], /which file/],
    [['a', 'b'], /which file/],
    [['a', '--box', '106,11,105,12'], /no box/],
    [['a', '--box', '106,,107,12'], /no box/],
    [['a', '--width', '0'], /no measure/],
  ])('refuses %j in words', (args, words) => {
    expect(() => readRoadsOptions(args)).toThrow(words);
  });
});
