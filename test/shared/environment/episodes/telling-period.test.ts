import { describe, expect, it } from 'vitest';
import { tellingPeriod } from '../../../../shared/environment/episodes/telling-period.ts';

const limit = { bound: 'max', value: 45 } as const;
const data = (latest: number) => ({ latest: { value: latest }, peak: { value: 60 } });

describe('the period that shows what an event tells of', () => {
  it('is the last one known', () => {
    expect(tellingPeriod({ kind: 'opened', data: data(52) }, limit).value).toBe(52);
    expect(tellingPeriod({ kind: 'closed', data: data(17) }, limit).value).toBe(17);
  });

  it('is the worst where a beginning was found together with its end', () => {
    expect(tellingPeriod({ kind: 'opened', data: data(17) }, limit).value).toBe(60);
    expect(tellingPeriod({ kind: 'deepened', data: data(17) }, limit).value).toBe(60);
  });
});
