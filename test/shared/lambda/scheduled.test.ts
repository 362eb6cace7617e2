import { describe, expect, it, vi } from 'vitest';
import { logger } from '../../../shared/lambda/observability.ts';
import { scheduled } from '../../../shared/lambda/scheduled.ts';
import { lambdaContext } from '../../support/api-gateway.ts';

describe('A scheduled handler', () => {
  it('works on the instant it was scheduled for, not on the instant it runs', async () => {
    const handler = scheduled(async ({ time }) => time);
    expect(await handler({ time: '2026-11-22T17:00:00Z' }, lambdaContext())).toBe(Date.UTC(2026, 10, 22, 17));
  });

  it('takes the clock when it is invoked by hand without a time', async () => {
    const handler = scheduled(
      async ({ time }) => time,
      () => 42,
    );
    expect(await handler(undefined, lambdaContext())).toBe(42);
    expect(await handler({}, lambdaContext())).toBe(42);
  });

  it('hands other members of the event over', async () => {
    const handler = scheduled(async ({ event }) => event);
    expect(await handler({ time: '2026-11-22T17:00:00+07:00', trigger: 'schedule' }, lambdaContext())).toMatchObject({
      trigger: 'schedule',
    });
  });

  it('refuses a time that is no instant', async () => {
    await expect(scheduled(async () => 'ran')({ time: 'noon' }, lambdaContext())).rejects.toThrow();
  });

  it('throws on what the work throws, so that the scheduler tries again', async () => {
    const spy = vi.spyOn(logger, 'error').mockImplementation(() => {});
    const handler = scheduled(async () => Promise.reject(new Error('no data today')));
    await expect(handler({}, lambdaContext())).rejects.toThrow('no data today');
    expect(spy).toHaveBeenCalledOnce();
    spy.mockRestore();
  });
});
