import { describe, expect, it } from 'vitest';
import { type Spike, spike } from '../../../../shared/telemetry/qartod/spike.ts';

type Values = readonly (number | null)[];

const flagsOf = (values: Values, thresholds: Spike) =>
  values.map((value, index) => (value === null ? 9 : spike(values[index - 1], value, values[index + 1], thresholds)));

const realValues = [
  -0.189, -0.0792, -0.0122, 0.0457, 0.0671, 0.0213, -0.0488, -0.1463, -0.2438, -0.3261, -0.3871, -0.4054, -0.3932,
  -0.3383, -0.2804, -0.2347, -0.2134, -0.2347, -0.2926, -0.3597, -0.442, -0.509, 0, -0.5944, -0.57, -0.4267, -0.2926,
  -0.1585, -0.0945, -0.0762,
];
const methodValues = [3, 4.99, 5, 6, 8, 6, 6, 6.75, 6, 6, 5.3, 6, 6, 9, 5, null, 4, 4];

// ioos_qc, tests/test_qartod.py, class QartodSpikeTest.
const published: readonly (readonly [string, Values, Spike, readonly number[]])[] = [
  [
    'test_spike',
    [10, 12, 999.99, 13, 15, 40, 9, 9],
    { suspect: 25, fail: 50, method: 'average' },
    [2, 4, 4, 4, 1, 3, 1, 2],
  ],
  [
    'test_spike_negative_vals',
    [-10, -12, -999.99, -13, -15, -40, -9, -9],
    { suspect: 25, fail: 50, method: 'average' },
    [2, 4, 4, 4, 1, 3, 1, 2],
  ],
  [
    'test_spike_initial_final_values',
    [-100, -99, -99, -98],
    { suspect: 25, fail: 50, method: 'average' },
    [2, 1, 1, 2],
  ],
  [
    'test_spike_masked',
    [10, 12, 999.99, 13, 15, 40, 9, 9, null, 10, 10, 999.99, 10, null],
    { suspect: 25, fail: 50, method: 'average' },
    [2, 4, 4, 4, 1, 3, 1, 2, 9, 2, 4, 4, 2, 9],
  ],
  [
    'test_spike_realdata',
    realValues,
    { suspect: 0.5, fail: 1, method: 'average' },
    [2, ...Array<number>(21).fill(1), 3, ...Array<number>(6).fill(1), 2],
  ],
  [
    'test_spike_methods, average',
    methodValues,
    { suspect: 0.5, fail: 1, method: 'average' },
    [2, 3, 1, 1, 4, 3, 1, 3, 1, 1, 3, 1, 4, 4, 2, 9, 2, 2],
  ],
  [
    'test_spike_methods, differential',
    methodValues,
    { suspect: 0.5, fail: 1, method: 'differential' },
    [2, 1, 1, 1, 4, 1, 1, 3, 1, 1, 3, 1, 1, 4, 2, 9, 2, 2],
  ],
  [
    'test_spike_methods, differential, all present',
    methodValues.map((value) => value ?? 5),
    { suspect: 0.5, fail: 1, method: 'differential' },
    [2, 1, 1, 1, 4, 1, 1, 3, 1, 1, 3, 1, 1, 4, 1, 1, 1, 2],
  ],
  [
    'test_spike_test_inputs, suspect only',
    methodValues,
    { suspect: 0.5, method: 'average' },
    [2, 3, 1, 1, 3, 3, 1, 3, 1, 1, 3, 1, 3, 3, 2, 9, 2, 2],
  ],
  [
    'test_spike_test_inputs, fail only',
    methodValues,
    { fail: 1, method: 'average' },
    [2, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 1, 4, 4, 2, 9, 2, 2],
  ],
];

describe('the spike test', () => {
  it.each(published)('reproduces ioos_qc’s vector: %s', (_, values, thresholds, flags) => {
    expect(flagsOf(values, thresholds)).toEqual(flags);
  });

  it('lets a spike as high as the threshold pass', () => {
    expect(spike(0, 25, 0, { suspect: 25, fail: 50, method: 'average' })).toBe(1);
    expect(spike(0, 50, 0, { suspect: 25, fail: 50, method: 'average' })).toBe(3);
  });
});
