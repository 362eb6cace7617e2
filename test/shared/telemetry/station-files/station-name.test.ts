import { describe, expect, it } from 'vitest';
import {
  kindOfStationCode,
  readStationName,
  stationFileName,
} from '../../../../shared/telemetry/station-files/station-name.ts';
import { timeZone } from './station-files.ts';

describe('the name of a station file', () => {
  // Names seen in public code and files.
  it.each([
    ['BD_BAUB_NUOBBA_20221201000000.txt', 'BD', 'BAUB', 'NUOBBA', '2022-12-01T00:00:00+07:00', 'water'],
    ['VL_CANG_NUOC01_20230506000500.txt', 'VL', 'CANG', 'NUOC01', '2023-05-06T00:05:00+07:00', 'water'],
    ['TH_BSON_KHILO2_20240101235959.TXT', 'TH', 'BSON', 'KHILO2', '2024-01-01T23:59:59+07:00', 'air'],
    ['TH_BSON_KHILO2__20240101235959.txt', 'TH', 'BSON', 'KHILO2', '2024-01-01T23:59:59+07:00', 'air'],
    [
      'KHILO2/2024/Thang01/NgayDD/TH_BSON_KHILO2_20240101000000.txt',
      'TH',
      'BSON',
      'KHILO2',
      '2024-01-01T00:00:00+07:00',
      'air',
    ],
  ])('%s tells the station and the instant', (path, province, facility, station, at, kind) => {
    const name = readStationName(path, timeZone);
    expect(name).toEqual({ ok: true, value: { province, facility, station, at: Date.parse(at) } });
    expect(kindOfStationCode({ province, facility, station })).toBe(kind);
  });

  it.each([
    '',
    'data.txt',
    'BD_BAUB_20221201000000.txt',
    'BD_BAUB_NUOBBA_202212010000.txt',
    'BD_BAUB_NUOBBA_20221301000000.txt',
    'BD_BAUB_NUOBBA_20221201000000.csv',
    'BD_BAUB_NUOBBA_20221201000000.txt.part',
    'BD_BAUB_NUO BA_20221201000000.txt',
  ])('%j is refused', (path) => {
    expect(readStationName(path, timeZone)).toMatchObject({ ok: false, code: 'invalid-payload' });
  });

  it('is written as it was read', () => {
    const name = 'BD_BAUB_NUOBBA_20221201000000.txt';
    const read = readStationName(name, timeZone);
    expect(read.ok && stationFileName(read.value, timeZone)).toBe(name);
  });

  it('guesses no kind from other codes', () => {
    expect(kindOfStationCode({ province: 'BD', facility: 'BAUB', station: 'X1' })).toBeUndefined();
  });
});
