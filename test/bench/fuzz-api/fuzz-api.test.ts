import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicApis } from '../../../bench/fuzz-api/apis.ts';
import { documentFaults, readDocument } from '../../../bench/fuzz-api/document.ts';
import { fuzz } from '../../../bench/fuzz-api/fuzz.ts';
import { openJudge } from '../../../bench/fuzz-api/judge.ts';
import { openSchemas } from '../../../bench/fuzz-api/schemas.ts';
import { openPublicCity } from '../../support/open-city.ts';

const REQUESTS = 250;
const NOW = Date.UTC(2026, 10, 23, 10, 30);
const SEED = 20_261_123;

let folder: string;
let city: Awaited<ReturnType<typeof openPublicCity>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phosach-fuzz-'));
  city = await openPublicCity(folder, () => NOW);
});
afterAll(async () => {
  await city.close();
  rmSync(folder, { recursive: true });
});

const described = async (path: string) => readDocument(await (await fetch(`${city.origin}${path}`)).json());

describe.each(publicApis)('The API described by $document', ({ document, hints }) => {
  it('is described without contradictions, by schemas that compile', async () => {
    const api = await described(document);
    expect(documentFaults(api)).toEqual([]);
    const { faults } = openSchemas(api.components);
    for (const { responses, parameters } of api.operations) {
      const contents = [...responses.values()].flatMap(({ content }) => Object.values(content));
      for (const schema of [...contents.map((each) => each.schema ?? {}), ...parameters.map((each) => each.schema)]) {
        expect(() => faults(schema, null)).not.toThrow();
      }
    }
  });

  it('answers only what it describes, and never with a fault of its own', async () => {
    const api = await described(document);
    const report = await fuzz({ origin: city.origin, api, seed: SEED, hints, goOn: (asked) => asked < REQUESTS });
    expect(report.findings).toEqual([]);
    // A fuzzer that is refused everywhere finds nothing.
    const ways = [...report.answered.values()].map((counts) => (counts.get(200) ?? 0) > 0);
    expect(ways.filter(Boolean).length).toBeGreaterThan(ways.length * 0.4);
  });
});

describe('The judge', () => {
  it('finds a status, a media type, a member and a header that nobody described', async () => {
    const api = await described('/open/v1/openapi.json');
    const judge = openJudge(api);
    const operation = api.operations.find(({ operationId }) => operationId === 'listStations');
    if (operation === undefined) throw new Error('There is no listStations');
    const request = { method: 'GET', target: '/open/v1/stations', headers: {}, operation };
    const answer = await fetch(`${city.origin}/open/v1/stations`);
    const good = { status: 200, headers: Object.fromEntries(answer.headers), body: await answer.text() };
    expect(judge(request, good)).toEqual([]);
    const html = { ...good.headers, 'content-type': 'text/html' };
    const wrong = [
      { ...good, status: 500 },
      { ...good, status: 201 },
      { ...good, headers: html },
      { ...good, body: '{"stations":[{"id":1}]}' },
      { ...good, body: '{"stations":[],"more":1}' },
      { ...good, body: '<html>' },
      { ...good, headers: { 'content-type': 'application/json' } },
    ];
    for (const each of wrong) expect(judge(request, each)).not.toEqual([]);
  });
});
