import { expect, it } from 'vitest';
import { assessObservations } from '../../../../shared/telemetry/qartod/assess-observations.ts';
import { sensorThresholds } from '../../../../shared/telemetry/qartod/thresholds.ts';
import { asTested } from '../../../../shared/telemetry/station-files/as-tested.ts';
import { readStationLines } from '../../../../shared/telemetry/station-files/read-station-file.ts';
import { bytesOf, water } from './station-files.ts';

it('does not measure the river by the buffer solution of a calibration', () => {
  const lines = [
    'pH\t7.1\t-\t20230506000000\t00',
    'pH\t4.01\t-\t20230506000500\t01',
    'pH\t\t-\t20230506001000\t02',
    'pH\tx\t-\t20230506001500\t00',
    'pH\t7.1\t-\t20230506002000\t00',
  ];
  const { readings } = readStationLines(bytesOf(lines.map((line) => `${line}\n`).join('')), water);
  const { qualities } = assessObservations(undefined, readings.map(asTested), sensorThresholds(300));
  expect(qualities).toEqual([
    { flag: 1, test: 'gross-range' },
    { flag: 9, test: 'device-calibrating' },
    { flag: 9, test: 'device-fault' },
    { flag: 9, test: 'unparsable-value' },
    { flag: 1, test: 'gross-range' },
  ]);
});
