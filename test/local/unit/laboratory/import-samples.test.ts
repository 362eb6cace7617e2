import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importSamples } from '../../../../local/laboratory/import-samples.ts';
import { readLaboratoryOptions } from '../../../../local/laboratory/options.ts';
import { readSamples } from '../../../../local/laboratory/read-samples.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import { memoryLaboratorySamples, memoryRegistry, memorySensorStates } from '../../../support/memory-stores.ts';
import { aStation, city } from '../../../support/small-city.ts';

const heading =
  'Trạm,Ngày lấy mẫu,Phòng thí nghiệm,pH,BOD5 (mg/L),COD (mg/L),N-NH4 (mg/L),Coliform (MPN/100ml),As (µg/L)';
const good = 'nuoc-1,05/10/2026 08:30,VILAS 123,7.1,6,9,0.1,2400,<1';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phosach-laboratory-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const openCity = () => ({
  cityId: 'tdm',
  registry: memoryRegistry({ city: [city], station: [aStation('nuoc-1', { kind: 'water' })] }),
  readings: memoryReadingStore(),
  sensorStates: memorySensorStates(),
  laboratorySamples: memoryLaboratorySamples(),
  clock: () => Date.UTC(2026, 10, 22),
});

const read = (lines: readonly string[], ...args: readonly string[]) => {
  const file = join(folder, 'samples.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return readSamples(readLaboratoryOptions(['import', file, ...args]));
};

describe('npm run laboratory -- import', () => {
  it('enters a row as a sample, with units and what lies below detection', async () => {
    const ports = openCity();
    const { rows } = await read([heading, good]);
    const summary = await importSamples(rows, 'minh', ports);
    expect(summary).toMatchObject({ entered: 1, refused: 0 });
    expect(summary.lines[0]).toMatch(/VN_WQI \d+/);
    const [sample] = await ports.laboratorySamples.versions('nuoc-1', Date.UTC(2026, 9, 5, 1, 30));
    expect(sample).toMatchObject({ laboratory: 'VILAS 123', enteredBy: 'minh', enteredThrough: 'import' });
    // 1 µg/L is 0.001 mg/L.
    expect(sample?.results.at(-1)).toMatchObject({ quantity: 'arsenic', qualifier: '<', value: 0.001 });
    expect(await importSamples(rows, 'minh', ports)).toMatchObject({ entered: 0, unchanged: 1 });
  });

  it('refuses a sample whole for one bad cell, by line and column, and enters the others', async () => {
    const ports = openCity();
    const { rows } = await read([
      heading,
      'nuoc-1,06/10/2026 08:30,VILAS 123,7.1,six,9,KPH,2400,',
      good,
      'nuoc-1,soon,,7.1,6,9,0.1,2400,',
      'nuoc-9,07/10/2026 08:30,VILAS 123,7.1,6,9,0.1,2400,',
    ]);
    const summary = await importSamples(rows, 'minh', ports);
    expect(summary).toMatchObject({ entered: 1, refused: 3 });
    const told = summary.lines.join('\n');
    expect(told).toMatch(/line 2, BOD5 \(mg\/L\): "six" is no number/);
    expect(told).toMatch(/line 2, N-NH4 \(mg\/L\): .*write "<" and the detection limit/);
    expect(told).toMatch(/line 4, Ngày lấy mẫu: "soon" is no time/);
    expect(told).toMatch(/line 4: no laboratory/);
    expect(told).toMatch(/line 5, stationId: There is no station nuoc-9/);
    expect(await ports.laboratorySamples.versions('nuoc-1', Date.UTC(2026, 9, 6, 1, 30))).toEqual([]);
  });

  it('believes neither of two rows for one sample', async () => {
    const { rows } = await read([heading, good, good.replace(',6,', ',7,')]);
    expect(rows.map((row) => row.ok)).toEqual([false, false]);
    expect(rows[0]).toMatchObject({ faults: [{ line: 2, reason: expect.stringContaining('line 3') }] });
  });

  it('stops at a column that it does not know, until it is told to leave it out', async () => {
    const lines = [`${heading},Màu`, `${good},trong`];
    await expect(read(lines)).rejects.toThrow(/Not known: Màu/);
    expect((await read(lines, '--ignore', 'Màu')).rows).toMatchObject([{ ok: true }]);
  });

  it('corrects only with a reason', async () => {
    const ports = openCity();
    await importSamples((await read([heading, good])).rows, 'minh', ports);
    const changed = [heading, good.replace(',2400,', ',9300,')];
    expect(await importSamples((await read(changed)).rows, 'minh', ports)).toMatchObject({ refused: 1 });
    const corrected = await read(changed, '--correct', 'Report of 12 October');
    expect(await importSamples(corrected.rows, 'minh', ports)).toMatchObject({ corrected: 1 });
    expect(await ports.laboratorySamples.versions('nuoc-1', Date.UTC(2026, 9, 5, 1, 30))).toHaveLength(2);
  });
});
