import { describe, expect, it } from 'vitest';
import { describeKept, overWhatIsKnown } from '../../../../local/sensor/kept-fields.ts';
import { readSensorCommand } from '../../../../local/sensor/options.ts';
import type { Sensor } from '../../../../shared/city/entities.ts';

const known: Sensor = {
  id: 'bin-7',
  kind: 'bin',
  siteId: 'site-7',
  devEui: '24e124713d000042',
  codec: 'milesight-em400-mud',
  intervalSeconds: 300,
  status: 'active',
  thresholds: { fillDistance: { gapSeconds: 900 } },
  corrections: ['ultrasonic-temperature@1'],
};

const add = (line: string, previous: Sensor | undefined) => {
  const command = readSensorCommand(line.split(' '));
  if (command.command !== 'add') throw new Error('not add');
  return overWhatIsKnown(command.sensor, command.named, previous);
};

describe('sensor add of a sensor that is known', () => {
  it('changes what is named and keeps all else, and says what', () => {
    const { sensor, kept } = add('add bin-7 --kind bin --codec milesight-em400-udl', known);
    expect(sensor).toEqual({ ...known, codec: 'milesight-em400-udl' });
    expect(describeKept(kept)).toBe(
      'siteId site-7, devEui 24e124713d000042, intervalSeconds 300, thresholds (--settings), corrections (--settings)',
    );
  });

  it('replaces settings that are named, each as a whole', () => {
    const { sensor } = add('add bin-7 --kind bin --settings {"thresholds":{}} --interval 900', known);
    expect(sensor).toEqual({ ...known, intervalSeconds: 900, thresholds: {} });
  });

  it('brings a retired one back', () => {
    expect(add('add bin-7 --kind bin', { ...known, status: 'retired' }).sensor).toEqual(known);
  });

  it('enters an unknown one with the usual values', () => {
    const { sensor, kept } = add('add bin-7 --kind bin', undefined);
    expect(sensor).toEqual({ id: 'bin-7', kind: 'bin', intervalSeconds: 900, status: 'active' });
    expect(kept).toEqual({});
  });

  it('leaves a contradiction in kind to the registration, which refuses it', () => {
    expect(add('add bin-7 --kind air', known).sensor).toMatchObject({ kind: 'air', siteId: 'site-7' });
  });
});
