import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStationFile, readStationLines } from '../../../../shared/telemetry/station-files/read-station-file.ts';
import { air, bytesOf, fileLine, mutatedBytes, water, waterSample } from './station-files.ts';

const AT = Date.parse('2023-05-06T00:05:00+07:00');
const read = (text: string, settings = water) => readStationLines(bytesOf(text), settings);
const valuesOf = (text: string, settings = water) =>
  read(text, settings).readings.map(({ quantity, value }) => [quantity, value]);
const only = (value: string, symbol = 'COD', unit = 'mg/L') =>
  read(`${symbol}\t${value}\t${unit}\t20230506000500\t00\n`);

describe('a station file', () => {
  it('becomes observations in local time with the device’s status', () => {
    const file = readStationFile('VL_CANG_NUOC01_20230506000500.txt', bytesOf(waterSample), water);
    expect(file).toEqual({
      ok: true,
      value: {
        station: { province: 'VL', facility: 'CANG', station: 'NUOC01', at: AT },
        lines: 4,
        refused: [],
        readings: [
          {
            quantity: 'waterTemperature',
            value: 29.4,
            measuredAt: AT,
            status: 'measuring',
            quality: { flag: 1, test: 'device-status' },
            line: 1,
            rawValue: '29.4',
          },
          {
            quantity: 'ph',
            value: 7.12,
            measuredAt: AT,
            status: 'measuring',
            quality: { flag: 1, test: 'device-status' },
            line: 2,
            rawValue: '7.12',
          },
          {
            quantity: 'cod',
            value: 23.1,
            measuredAt: AT,
            status: 'calibrating',
            quality: { flag: 4, test: 'device-calibrating' },
            line: 3,
            rawValue: '23.1',
          },
          {
            quantity: 'tss',
            value: null,
            missing: 'device-fault',
            measuredAt: AT,
            status: 'fault',
            quality: { flag: 9, test: 'device-fault' },
            line: 4,
            rawValue: '',
          },
        ],
      },
    });
  });

  it('is refused as a whole when its name tells no station', () => {
    expect(readStationFile('data.txt', bytesOf(waterSample), water)).toMatchObject({
      ok: false,
      code: 'invalid-payload',
    });
  });

  it('is refused as a whole when it is far larger than such files are', () => {
    const file = readStationFile('VL_CANG_NUOC01_20230506000500.txt', new Uint8Array(2 ** 21 + 1), water);
    expect(file).toMatchObject({ ok: false, code: 'payload-too-large' });
  });

  it('does not choke on a line without end', () => {
    for (const character of ['\t', ' ', '1', 'x']) {
      expect(read(`Temp\t${character.repeat(2_000_000)}x\n`)).toMatchObject({
        readings: [],
        refused: [{ fault: 'malformed-line' }],
      });
    }
  });

  it.each([
    ['LF', waterSample],
    ['CR LF', waterSample.replaceAll('\n', '\r\n')],
    ['CR', waterSample.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${waterSample}`],
    ['trailing blank lines', `${waterSample}\r\n\r\n \t\r\n\n`],
    ['blanks around the fields', waterSample.replaceAll('\t', ' \t ')],
    ['blanks at the ends of lines', waterSample.replaceAll('\n', '\t \n')],
  ])('reads the same with %s', (_, text) => {
    const { readings, refused, lines } = read(text);
    expect(readings.map(({ value }) => value)).toEqual([29.4, 7.12, 23.1, null]);
    expect([refused, lines]).toEqual([[], 4]);
  });

  it('reads lines without a tab by their white space, as the receiving system does', () => {
    expect(valuesOf('Temp 29.4 oC 20230506000500 00\n')).toEqual([['waterTemperature', 29.4]]);
  });

  it('reads the bytes of a logger that does not write UTF-8', () => {
    const latin1 = Uint8Array.from(
      [...'PM10\t31.5\t\u00b5g/m\u00b3\t20230506000500\t00\n'].map((c) => c.charCodeAt(0)),
    );
    expect(readStationLines(latin1, air).readings).toMatchObject([{ quantity: 'pm10', value: 31.5 }]);
  });

  it.each([
    ['PM2,5', 'pm25'],
    ['PM2.5', 'pm25'],
    ['PM-2-5', 'pm25'],
    ['PM 2.5', 'pm25'],
    ['PM₂.₅', 'pm25'],
    ['PM-10', 'pm10'],
    ['PM10', 'pm10'],
    ['SO2', 'so2'],
    ['O3', 'o3'],
  ])('knows the symbol %s', (symbol, quantity) => {
    expect(valuesOf(`${symbol}\t31.5\tµg/m3\t20230506000500\t00\n`, air)).toEqual([[quantity, 31.5]]);
  });

  it('takes Temp for what the station observes', () => {
    const line = 'Temp\t29.4\t°C\t20230506000500\t00\n';
    expect([valuesOf(line, air), valuesOf(line, water)]).toEqual([
      [['airTemperature', 29.4]],
      [['waterTemperature', 29.4]],
    ]);
  });

  it.each(['°C', 'oC', 'OC', 'o C', 'ºC', '℃', 'độ C', 'Độ C', 'độC', 'do C', 'C', 'deg C'])(
    'knows the degree %s',
    (unit) => {
      expect(valuesOf(`Temp\t29.4\t${unit}\t20230506000500\t00\n`)).toEqual([['waterTemperature', 29.4]]);
    },
  );

  it.each([
    ['NO2', '50', 'µg/m3', 50],
    ['NO2', '50', 'ug/m3', 50],
    ['NO2', '50', 'µg/Nm3', 50],
    ['NO2', '50', 'ug/Nm³', 50],
    ['CO', '1.2', 'mg/Nm3', 1_200],
    // 46.005 g/mol at 25 °C and 1 atm, where a mole fills 24.4654 l.
    ['NO2', '50', 'ppb', 94.0205],
  ])('takes %s %s %s as %d µg/m³', (symbol, value, unit, canonical) => {
    const [reading] = read(`${symbol}\t${value}\t${unit}\t20230506000500\t00\n`, air).readings;
    expect(reading?.value).toBeCloseTo(canonical, 3);
  });

  it('does not take a value whose unit it does not know', () => {
    for (const unit of ['', '-', 'NTU', 'µg/m3']) {
      expect(only('5', 'COD', unit)).toMatchObject({ readings: [], refused: [{ fault: 'unknown-unit' }] });
    }
    expect(only('7.1', 'pH', '')).toMatchObject({ readings: [{ value: 7.1 }] });
  });

  it('keeps a value missing that has none, with the reason and the text', () => {
    const { readings, refused } = only('1,234');
    expect(refused).toEqual([]);
    expect(readings).toMatchObject([
      {
        value: null,
        missing: 'ambiguous-decimal-comma',
        rawValue: '1,234',
        quality: { flag: 9, test: 'ambiguous-decimal-comma' },
      },
    ]);
  });

  it('names line, byte and reason of what it refuses, and keeps the rest', () => {
    const text =
      '\uFEFFTemp\t29.4\toC\t20230506000500\t00\r\n\r\nđộ mặn\t3\tg/L\t20230506000500\t00\r\npH\t7.1\t-\t20230506000500\t00';
    const { readings, refused } = read(text);
    expect(readings.map(({ quantity, line }) => [quantity, line])).toEqual([
      ['waterTemperature', 1],
      ['ph', 4],
    ]);
    expect(refused).toEqual([
      {
        line: 3,
        byteOffset: bytesOf(text.slice(0, text.indexOf('độ'))).length,
        raw: 'độ mặn\t3\tg/L\t20230506000500\t00',
        fault: 'unknown-symbol',
        reason: '"độ mặn" is no quantity of a station that observes water',
      },
    ]);
  });

  it('counts a byte order mark among the bytes, and not as text', () => {
    expect(read('\uFEFFTemp\n').refused).toMatchObject([{ line: 1, byteOffset: 3, raw: 'Temp' }]);
  });

  it.each([
    ['COD\t5\tmg/L\t20230506000500\t03', 'unknown-status'],
    ['COD\t5\tmg/L\t20230506000500', 'malformed-line'],
    ['COD\t5\tmg/L\t20230506000500\t00\textra', 'malformed-line'],
    ['COD\t5\tmg/L\t20230231000500\t00', 'invalid-instant'],
    ['COD\t5\tmg/L\t20230506006000\t00', 'invalid-instant'],
    ['COD\t5\tmg/L\t19700101070000\t00', 'invalid-instant'],
    ['Flow\t5\tm3/h\t20230506000500\t00', 'unknown-symbol'],
    ['PM10\t5\tµg/m3\t20230506000500\t00', 'unknown-symbol'],
    ['__proto__\t5\tmg/L\t20230506000500\t00', 'unknown-symbol'],
  ])('refuses %j as %s', (line, fault) => {
    expect(read(`${line}\n`)).toMatchObject({ readings: [], refused: [{ line: 1, raw: line, fault }], lines: 1 });
  });

  it('refuses what was measured after it arrived, by more than clocks differ', () => {
    const settings = { ...water, receivedAt: AT - 15 * 60_000 - 1 };
    expect(read('COD\t5\tmg/L\t20230506000500\t00\n', settings)).toMatchObject({ refused: [{ fault: 'clock-ahead' }] });
  });

  it('takes neither of two lines that contradict each other, and a repeated one once', () => {
    const line = (value: number) => `COD\t${value}\tmg/L\t20230506000500\t00\n`;
    expect(read(line(5) + line(5))).toMatchObject({
      readings: [{ value: 5, line: 1 }],
      refused: [{ line: 2, fault: 'repeated' }],
    });
    expect(read(line(5) + line(6) + line(5))).toMatchObject({
      readings: [],
      refused: [1, 2, 3].map((number) => ({ line: number, fault: 'contradicted' })),
    });
  });

  it('says when it does not know the zone', () => {
    expect(() => readStationLines(bytesOf(waterSample), { ...water, timeZone: 'Asia/Saigon2' })).toThrow(RangeError);
  });

  it('never takes a cut line for a whole one, wherever the upload stops', () => {
    const whole = read(waterSample).readings;
    const bytes = bytesOf(waterSample);
    for (let length = 0; length <= bytes.length; length += 1) {
      const { readings, refused } = readStationLines(bytes.subarray(0, length), water);
      expect(readings).toEqual(whole.slice(0, readings.length));
      expect(refused.every(({ fault }) => fault === 'cut-off')).toBe(true);
    }
  });
});

describe('a mutated station file', () => {
  const settings = fc.constantFrom(air, water);

  it('has each of its lines read or refused, and none lost', () => {
    fc.assert(
      fc.property(mutatedBytes, settings, (bytes, how) => {
        const { readings, refused, lines } = readStationLines(bytes, how);
        expect(readings.length + refused.length).toBe(lines);
        expect(new Set([...readings, ...refused].map(({ line }) => line)).size).toBe(lines);
        for (const { raw, byteOffset } of refused) {
          const start = new TextDecoder().decode(bytes.subarray(byteOffset, byteOffset + 1));
          if (/[ -~]/.test(start)) expect(raw.startsWith(start)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never makes a 0 of what is not written as 0, and no value of what is no number', () => {
    fc.assert(
      fc.property(mutatedBytes, settings, (bytes, how) => {
        for (const { quantity, value, rawValue, quality } of readStationLines(bytes, how).readings) {
          const fromZeroDegrees = quantity.endsWith('Temperature');
          if (value === 0 && !fromZeroDegrees) expect(rawValue).toMatch(/^[+-]?[0.,]*0[0.,]*(?:e.*)?$/i);
          expect(value === null).toBe(quality.flag === 9);
          expect(value === null || Number.isFinite(value)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the same readings when a bad line comes between', () => {
    const lines = fc.array(fileLine.map((line) => `${line.replace(/[\r\n]/g, '')}\n`));
    fc.assert(
      fc.property(lines, lines, fc.string({ unit: 'binary' }), (before, after, noise) => {
        const junk = `X${noise.replace(/[\r\n]/g, '')}\n`;
        const without = read([...before, ...after].join(''));
        const readings = read([...before, junk, ...after].join('')).readings;
        expect(readings.map(({ line, ...rest }) => rest)).toEqual(without.readings.map(({ line, ...rest }) => rest));
      }),
    );
  });
});
