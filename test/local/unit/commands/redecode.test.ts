import { describe, expect, it } from 'vitest';
import { readRedecodeArguments } from '../../../../local/redecode/options.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
const read = (line: string) => readRedecodeArguments(line.split(' ').filter(Boolean), NOW);

describe('npm run redecode', () => {
  it('takes everything that is kept, unless it is told which sensor, time and codec', () => {
    expect(read('')).toEqual({ from: NOW - 400 * 86_400_000, to: NOW + 86_400_000, dryRun: false });
    expect(read('--sensor bin-7 --from 2026-11-01 --to 2026-11-20T00:00:00+07:00 --codec elsys --dry-run')).toEqual({
      sensorId: 'bin-7',
      from: Date.UTC(2026, 10, 1),
      to: Date.parse('2026-11-19T17:00:00Z'),
      codec: 'elsys',
      dryRun: true,
    });
    expect(read('--help')).toBeUndefined();
  });

  it.each([
    ['--codec elsys', '--codec needs --sensor'],
    ['--sensor a --codec morse', '--codec morse'],
    ['--from yesterday', '--from yesterday'],
    ['--from 2026-11-20 --to 2026-11-20', '--from is not before --to'],
    ['--everything', "'--everything'"],
  ])('refuses %s', (line, words) => {
    expect(() => read(line)).toThrow(words);
  });
});
