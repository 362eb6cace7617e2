import { describe, expect, it } from 'vitest';
import { readBulkOptions } from '../../../../local/bulk/options.ts';

describe('npm run bulk', () => {
  it('does what is due when nothing is asked for', () => {
    expect(readBulkOptions([])).toEqual({ cloud: false });
  });
  it('builds a day, or days, and one quantity', () => {
    expect(readBulkOptions(['--from', '2026-11-01'])).toEqual({
      cloud: false,
      days: { from: '2026-11-01', to: '2026-11-01' },
    });
    expect(readBulkOptions(['--from', '2026-11-01', '--to', '2026-11-07', '--quantity', 'pm25', '--cloud'])).toEqual({
      cloud: true,
      days: { from: '2026-11-01', to: '2026-11-07' },
      quantity: 'pm25',
    });
  });
  it.each([
    [['--from', 'yesterday'], /not a day/],
    [['--from', '2026-02-30'], /not a day/],
    [['--to', '2026-01-01'], /need --from/],
    [['--quantity', 'pm25'], /need --from/],
    [['--from', '2026-01-02', '--to', '2026-01-01'], /before --from/],
    [['--from', '2026-01-02', '--quantity', 'happiness'], /no quantity/],
    [['--form', '2026-01-02'], /form/],
  ])('refuses %j and says why', (args, reason) => {
    expect(() => readBulkOptions(args)).toThrow(reason);
  });
});
