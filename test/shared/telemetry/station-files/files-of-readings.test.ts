import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../shared/telemetry/reading.ts';
import { filesOfReadings } from '../../../../shared/telemetry/station-files/files-of-readings.ts';
import { readStationFile } from '../../../../shared/telemetry/station-files/read-station-file.ts';
import { quantitiesOfKind } from '../../../../shared/telemetry/station-files/symbols.ts';
import { writeStationFile } from '../../../../shared/telemetry/station-files/write-station-file.ts';
import { aReading } from '../../../support/small-city.ts';
import { bytesOf, timeZone } from './station-files.ts';

const station = { province: 'BD', facility: 'BAUB', station: 'KHIBBA' };
const settings = { timeZone, kind: 'air' } as const;
const at = (text: string): number => Date.parse(`2026-11-22T${text}+07:00`);

describe('the files of stored readings', () => {
  it('hold one instant each, named by it, with the device’s status', () => {
    const readings: readonly Reading[] = [
      aReading('s', 'pm25', at('08:05:00'), 12.5),
      aReading('s', 'pm10', at('08:00:00'), 31),
      { ...aReading('s', 'pm25', at('08:00:00'), 12), quality: { flag: 4, test: 'device-calibrating' } },
      aReading('s', 'o3', at('08:00:00'), null),
    ];
    const { files, omitted } = filesOfReadings(station, readings, { ...settings, period: 'instant' });
    expect(omitted).toEqual([]);
    expect(files.map(({ name, text }) => [name, text])).toEqual([
      [
        'BD_BAUB_KHIBBA_20261122080000.txt',
        'O3\t\tµg/Nm3\t20261122080000\t02\r\nPM10\t31\tµg/Nm3\t20261122080000\t00\r\nPM2,5\t12\tµg/Nm3\t20261122080000\t01\r\n',
      ],
      ['BD_BAUB_KHIBBA_20261122080500.txt', 'PM2,5\t12.5\tµg/Nm3\t20261122080500\t00\r\n'],
    ]);
  });

  it('hold an hour each on request: what was measured after the last full hour up to the next, which names it', () => {
    const readings = ['08:00:00', '08:00:01', '08:55:00', '09:00:00', '09:05:00'].map((time, index) =>
      aReading('s', 'pm25', at(time), index + 1),
    );
    const { files } = filesOfReadings(station, readings, { ...settings, period: 'hour' });
    expect(files.map(({ name, text }) => [name.slice(15, 29), text.trim().split('\r\n').length])).toEqual([
      ['20261122080000', 1],
      ['20261122090000', 3],
      ['20261122100000', 1],
    ]);
  });

  it('leave out what the circular has no symbol for, and say so', () => {
    const { files, omitted } = filesOfReadings(station, [aReading('s', 'battery', at('08:00:00'), 88)], {
      ...settings,
      period: 'instant',
    });
    expect(files).toEqual([]);
    expect(omitted).toMatchObject([{ reason: 'no-symbol' }]);
  });

  const stored = fc.record({
    quantity: fc.constantFrom(...quantitiesOfKind('air')),
    value: fc.option(fc.integer({ min: 0, max: 10_000_000 }).map((n) => n / 1_000)),
    measuredAt: fc.integer({ min: at('00:00:00') / 1_000, max: at('03:00:00') / 1_000 }).map((s) => s * 1_000),
    test: fc.constantFrom('gross-range', 'device-calibrating', 'device-fault', 'timing'),
  });

  it('are byte for byte the same when read and written again, and every reading is in one of them or omitted', () => {
    fc.assert(
      fc.property(
        fc.array(stored, { maxLength: 40 }),
        fc.constantFrom('instant' as const, 'hour' as const),
        (rows, period) => {
          const readings = rows.map(({ quantity, value, measuredAt, test }): Reading => {
            return { ...aReading('s', quantity, measuredAt, value), quality: { flag: value === null ? 9 : 1, test } };
          });
          const { files, omitted } = filesOfReadings(station, readings, { ...settings, period });
          let lines = 0;
          for (const { name, text } of files) {
            const read = readStationFile(name, bytesOf(text), settings);
            if (!read.ok) throw new Error(read.reason);
            expect(read.value.refused).toEqual([]);
            lines += read.value.readings.length;
            const again = writeStationFile(read.value.station, read.value.readings, settings);
            expect([again.name, again.text]).toEqual([name, text]);
          }
          expect(lines + omitted.length).toBe(readings.length);
        },
      ),
    );
  });
});
