import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateFile } from '../../../../local/evaluate/evaluate-file.ts';
import { readEvaluateOptions } from '../../../../local/evaluate/options.ts';
import { writeCsv, writeJson } from '../../../../local/evaluate/write-out.ts';
import { writeText } from '../../../../local/evaluate/write-text.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phosach-evaluate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const evaluate = (text: string, ...args: readonly string[]) => {
  const file = join(folder, 'series.csv');
  writeFileSync(file, text);
  return evaluateFile(readEvaluateOptions([file, '--standard', 'qcvn05-2023', ...args]));
};

const columnsOf = ({ layout }: Awaited<ReturnType<typeof evaluate>>) =>
  layout.columns.map(({ quantity, unit }) => (unit === undefined ? quantity : `${quantity} ${unit}`));

describe('npm run evaluate', () => {
  it('recognizes the headings of HealthyAir, with the day before the month', async () => {
    const found = await evaluate(
      'date,Station_No,TSP,PM2.5,O3,CO,NO2,SO2,Temperature,Humidity\n' +
        '23-02-2021 21:00,1,32.9,15.6,55.4,1330.4,112.7,393,28.3,63.1\n' +
        '05-03-2021 22:00,2,30.9,,58.1,1200.6,112.3,377.5,28.3,63.7\n',
    );
    expect(found.layout).toMatchObject({
      time: ['date'],
      timeFormat: 'DD-MM-YYYY HH:mm',
      station: { column: 'Station_No' },
    });
    expect(columnsOf(found)).toEqual(['tsp', 'pm25', 'o3', 'co', 'no2', 'so2', 'airTemperature', 'relativeHumidity']);
    expect(found.report.stations.map(({ stationId }) => stationId)).toEqual(['1', '2']);
    // 21:00 in Vietnam.
    expect(found.report.stations[0]?.from).toBe(Date.UTC(2021, 1, 23, 14));
    expect(found.layout.account.join('\n')).not.toContain('IN DOUBT');
    const judged = found.report.stations[0]?.quantities.find(({ quantity }) => quantity === 'so2')?.limits;
    expect(judged?.find(({ limit }) => limit.averagingPeriod === '1h')).toMatchObject({
      judged: 1,
      broken: 1,
      brokenInForce: 0,
    });
  });

  it('reads semicolons, decimal commas, units in headings, and a date apart from its time', async () => {
    const found = await evaluate('Ngày;Giờ;SO2 (ppb);CO [mg/m3];Nhiệt độ không khí\n01/02/2026;08:00;10,5;1,25;30,5\n');
    expect(found.layout.account.join('\n')).toContain('IN DOUBT: the times could also be MM/DD/YYYY HH:mm');
    expect(columnsOf(found)).toEqual(['so2 ppb', 'co mg/m3', 'airTemperature']);
    const so2 = found.report.stations[0]?.quantities[0]?.caveats.greatest?.value;
    // 10.5 ppb × 64.058 g/mol / 24.465 L/mol.
    expect(so2).toBeCloseTo(27.49, 2);
    expect(found.report.stations[0]?.quantities[1]?.caveats.greatest?.value).toBe(1_250);
  });

  it('names each bad row and cell by line and column, and counts all of them', async () => {
    const found = await evaluate(
      'time,station,PM2.5\n2026-03-01T01:00:00Z,a,12\nyesterday,a,13\n2026-03-01T02:00:00Z,,14\n2026-03-01T03:00:00Z,a,broken\n2026-03-01T04:00:00Z,a\n2026-03-01T05:00:00Z,a,NA\n',
    );
    expect(found.read).toMatchObject({ rows: 6, taken: 3, refusedRows: 3, refusedCells: 1 });
    expect(found.read.faults.map(({ line, column }) => [line, column])).toEqual([
      [3, 'time'],
      [4, 'station'],
      [5, 'PM2.5'],
      [6, ''],
    ]);
    expect(found.report.stations[0]?.quantities[0]?.caveats).toMatchObject({ values: 1, missing: 2 });
    expect(writeText(found).join('\n')).toContain('line 5, PM2.5: "broken" is no number');
  });

  it('judges samples of water, a heading in a unit that it cannot be left aside aloud', async () => {
    const file = join(folder, 'water.csv');
    writeFileSync(
      file,
      'Ngày lấy mẫu,Trạm,pH,DO (mg/L),COD (furlong),BOD5 (mg/L),N-NH4 (mg/L),Coliform (MPN/100ml),Temp\n' +
        '01/06/2026,S1,7.1,5.5,9,7,0.2,3000,29\n',
    );
    const found = await evaluateFile(readEvaluateOptions([file, '--standard', 'qcvn08-2023:B']));
    expect(found.layout.kind).toBe('water');
    expect(found.layout.account.join('\n')).toContain('"furlong" is no unit of cod');
    const bod5 = found.report.stations[0]?.quantities.find(({ quantity }) => quantity === 'bod5')?.limits;
    expect(bod5).toMatchObject([{ limit: { class: 'B', value: 6 }, judged: 1, broken: 1 }]);
    expect(found.report.stations[0]?.indices).toMatchObject([{ index: 'VN_WQI', period: 'sample', computed: 1 }]);
  });

  it('writes the same numbers as JSON and CSV', async () => {
    const found = await evaluate('time,SO2\n2026-03-01T01:00:00Z,400\n2026-03-01T02:00:00Z,10\n');
    const json = JSON.parse(writeJson(found));
    const oneHour = json.stations[0].quantities[0].limits.find(
      (each: { limit: { averagingPeriod: string } }) => each.limit.averagingPeriod === '1h',
    );
    expect(oneHour).toMatchObject({ judged: 2, broken: 1, worst: { value: 400, at: '2026-03-01T01:00:00.000Z' } });
    expect(writeCsv(found)).toContain(
      'file,qcvn05-2023,qcvn-05-2023-so2-1h-350,,so2,1h,max,350,µg/m³,2,0,1,50.00,1,1,2,1,400,2026-03-01T01:00:00.000Z',
    );
  });

  it.each([
    ['when\n2026\n', [], /Which column is the time/],
    ['time,PM2.5\n', [], /no rows/],
    ['time,weather\n2026-03-01T01:00:00Z,fine\n', [], /No column is a quantity/],
    ['time,PM2.5\nlater,1\n', [], /Say --time-format/],
    ['time,PM2.5\n2026-03-01T01:00:00Z,1\n', ['--map', 'PM10=pm10'], /No column is called PM10/],
    ['time,PM2.5\n2026-03-01T01:00:00Z,1\n', ['--standard', 'qcvn99'], /"qcvn99" is none of/],
    ['time,PM2.5\n2026-03-01T01:00:00Z,1\n', ['--standard', 'qcvn08-2023:Z'], /classes A, B/],
  ])('says what is wrong with %j %j', async (text, args, message) => {
    const run = async () => evaluate(text, ...args);
    await expect(run()).rejects.toThrow(message);
  });
});
