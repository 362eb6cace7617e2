import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quantity, quantityNames } from '../../../../shared/telemetry/quantity.ts';
import { type DeviceStatus, statusOfQuality } from '../../../../shared/telemetry/station-files/device-status.ts';
import { readStationFile } from '../../../../shared/telemetry/station-files/read-station-file.ts';
import { type StationEntry, writeStationFile } from '../../../../shared/telemetry/station-files/write-station-file.ts';
import { air, bytesOf, timeZone, water } from './station-files.ts';

const AT = Date.parse('2022-12-01T00:00:00+07:00');
const station = { province: 'BD', facility: 'BAUB', station: 'NUOBBA', at: AT };
const entry = (quantity: Quantity, value: number | null, status: DeviceStatus = 'measuring'): StationEntry => ({
  quantity,
  value,
  status,
  measuredAt: AT,
});

describe('writing a station file', () => {
  it('writes the circular’s symbols and units, and an empty field for a missing value', () => {
    const written = writeStationFile(
      station,
      [
        entry('waterTemperature', 29.4),
        entry('ph', 7.12),
        entry('cod', 23.1, 'calibrating'),
        entry('tss', null, 'fault'),
      ],
      water,
    );
    expect(written).toEqual({
      name: 'BD_BAUB_NUOBBA_20221201000000.txt',
      text:
        'Temp\t29.4\t°C\t20221201000000\t00\r\n' +
        'pH\t7.12\t-\t20221201000000\t00\r\n' +
        'COD\t23.1\tmg/L\t20221201000000\t01\r\n' +
        'TSS\t\tmg/L\t20221201000000\t02\r\n',
      omitted: [],
    });
  });

  it('writes PM2.5 with a comma', () => {
    expect(writeStationFile(station, [entry('pm25', 31.4)], air).text).toBe(
      'PM2,5\t31.4\tµg/Nm3\t20221201000000\t00\r\n',
    );
  });

  it('says what it leaves out, and why', () => {
    const entries = [
      entry('fillDistance', 800),
      entry('waterTemperature', 29),
      entry('pm25', Number.NaN),
      entry('pm25', 1e-9),
      { ...entry('pm25', 5), measuredAt: 0 },
      entry('pm25', 5),
      entry('pm25', 6),
    ];
    expect(writeStationFile(station, entries, air).omitted.map(({ reason }) => reason)).toEqual([
      'no-symbol',
      'no-symbol',
      'no-number',
      'no-number',
      'no-instant',
      'same-second',
    ]);
  });

  it('does not write a name that could not be read again', () => {
    expect(() => writeStationFile({ ...station, facility: '../x' }, [], air)).toThrow(/station code/);
  });

  const entries = fc.array(
    fc.record({
      quantity: fc.constantFrom(...quantityNames),
      value: fc.option(
        fc.oneof(
          fc.double(),
          fc.integer().map((hundredths) => hundredths / 100),
        ),
      ),
      measuredAt: fc.oneof(
        fc.integer({ min: AT - 3 * 366 * 86_400_000, max: AT + 3 * 366 * 86_400_000 }),
        fc.constant(AT),
        fc.integer(),
      ),
      status: fc.constantFrom<DeviceStatus>('measuring', 'calibrating', 'fault'),
    }),
    { maxLength: 40 },
  );
  // Vietnam's clock never changes; a city's that does must come through as well.
  const zones = fc.constantFrom(timeZone, 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');

  it('gives the same bytes when it is read and written again', () => {
    fc.assert(
      fc.property(entries, zones, fc.constantFrom('air', 'water'), (given, zone, kind) => {
        const settings = { timeZone: zone, kind };
        const first = writeStationFile(station, given, settings);
        expect(first.text.split('\r\n').length - 1 + first.omitted.length).toBe(given.length);

        const file = readStationFile(first.name, bytesOf(first.text), settings);
        if (!file.ok) throw new Error(file.reason);
        expect(file.value.refused).toEqual([]);
        const second = writeStationFile(file.value.station, file.value.readings, settings);
        expect(second).toEqual({ ...first, omitted: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives back values, whole seconds and status', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const { name, text, omitted } = writeStationFile(station, given, air);
        const left = new Set(omitted.map((omission) => omission.entry));
        const file = readStationFile(name, bytesOf(text), air);
        if (!file.ok) throw new Error(file.reason);
        expect(
          file.value.readings.map(({ quantity, value, measuredAt, status }) => [quantity, value, measuredAt, status]),
        ).toEqual(
          given
            .filter((one) => !left.has(one))
            .map(({ quantity, value, measuredAt, status }) => [
              quantity,
              value === null ? null : value + 0,
              Math.floor(measuredAt / 1_000) * 1_000,
              status,
            ]),
        );
      }),
    );
  });

  it.each([
    [{ flag: 1, test: 'gross-range' }, 'measuring'],
    [{ flag: 4, test: 'spike' }, 'measuring'],
    [{ flag: 4, test: 'device-calibrating' }, 'calibrating'],
    [{ flag: 4, test: 'device-fault' }, 'fault'],
    [{ flag: 9, test: 'no-echo' }, 'fault'],
    [{ flag: 9, test: 'device-calibrating' }, 'calibrating'],
  ] as const)('writes a reading of quality %j as %s', (quality, status) => {
    expect(statusOfQuality(quality)).toBe(status);
  });
});
