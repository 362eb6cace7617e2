import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine } from '../../../../local/decode/decode-line.ts';

describe('a line of npm run decode', () => {
  it('becomes readings in canonical units, missing ones with their reason', () => {
    const line = '{"codec":"dragino-dds20-lb","fPort":2,"hex":"0D020018000CCC01"}';
    expect(decodeLine(line)).toEqual({
      readings: [
        { quantity: 'batteryVoltage', value: 3.33, unit: 'V' },
        { quantity: 'fillDistance', value: 24, unit: 'mm' },
        { quantity: 'binTemperature', value: null, unit: '°C', missing: 'no-probe' },
      ],
    });
  });

  it('says of what was filled in later when that was', () => {
    const log = '{"codec":"milesight-em500-udl","fPort":85,"hex":"20ce80e9d765e803"}';
    expect(decodeLine(log)).toEqual({
      readings: [{ quantity: 'fillDistance', value: 1000, unit: 'mm', measuredAt: '2024-02-23T00:40:32.000Z' }],
    });
    const earlier = '{"codec":"tekelek-tek766","fPort":16,"hex":"1000000001121b7701131baa0000000000000000"}';
    expect(decodeLine(earlier)).toMatchObject({
      readings: [{ value: 2740 }, { value: 27 }, { value: 2750, intervalsAgo: 1 }, { value: 27, intervalsAgo: 1 }],
    });
  });

  it.each([
    ['{"codec":"elsys","fPort":5,"hex":"7f"}', 'byte 0: '],
    ['{"codec":"elsys","fPort":5,"hex":"0"}', '$.hex: '],
    ['{"codec":"elsys","fPort":256,"hex":"00"}', '$.fPort: '],
    ['{"codec":"morse","fPort":5,"hex":"00"}', '$.codec: '],
    ['{"fPort":5,"hex":"00"}', '$.codec: '],
    ['rubbish', '$: '],
    ['null', '$: '],
  ])('%s becomes an error', (line, start) => {
    const decoded = decodeLine(line);
    expect('error' in decoded && decoded.error.startsWith(start)).toBe(true);
  });

  it('never throws, whatever it says', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => decodeLine(line) !== undefined));
  });
});
