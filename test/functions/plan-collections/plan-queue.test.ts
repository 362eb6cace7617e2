import { describe, expect, it, vi } from 'vitest';
import type { PlanRequest } from '../../../events/plan-request.ts';
import { planEach } from '../../../functions/plan-collections/plan-queue.ts';
import type { PlanningOutcome } from '../../../shared/routing/plan-collections.ts';
import { StoreUnavailableError } from '../../../shared/telemetry/reading-store.ts';

const finished = async ({ planId = '' }: PlanRequest): Promise<PlanningOutcome> => ({
  status: 'already-finished',
  planId,
});
const message = (messageId: string, body: unknown) => ({
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('the plan queue', () => {
  it('hands each request to the planner, in order', async () => {
    const plan = vi.fn(finished);
    const retry = await planEach(plan)([
      message('1', { trigger: 'schedule' }),
      message('2', { planId: 'p', serviceDate: '2026-11-22', trigger: 'dispatcher', solveSeconds: 3 }),
    ]);
    expect(retry).toEqual([]);
    expect(plan.mock.calls.map(([request]) => request.trigger)).toEqual(['schedule', 'dispatcher']);
  });

  it.each([['hello'], ['{}'], [{ trigger: 'somebody' }], [{ trigger: 'schedule', serviceDate: '2026-02-30' }]])(
    'sends back what is no request (%j), which takes it to the dead-letter queue, and plans the rest',
    async (body) => {
      const plan = vi.fn(finished);
      const retry = await planEach(plan)([message('bad', body), message('good', { trigger: 'schedule' })]);
      expect(retry).toEqual(['bad']);
      expect(plan).toHaveBeenCalledTimes(1);
    },
  );

  it('sends back a request that met a store which cannot answer now', async () => {
    const plan = vi.fn(finished).mockRejectedValueOnce(new StoreUnavailableError('throttled'));
    const messages = [message('1', { trigger: 'schedule' }), message('2', { trigger: 'schedule' })];
    expect(await planEach(plan)(messages)).toEqual(['1']);
  });

  it('takes the time of sending for the time of asking, so that a redelivery means the same night', async () => {
    const plan = vi.fn(finished);
    const sent = { ...message('1', { trigger: 'schedule' }), attributes: { SentTimestamp: '1795345200000' } };
    await planEach(plan)([sent]);
    expect(plan).toHaveBeenCalledWith({ trigger: 'schedule', requestedAt: 1_795_345_200_000 });
  });

  it('does not send back a request whose plan failed for good', async () => {
    const failed = async (): Promise<PlanningOutcome> => ({ status: 'failed', planId: 'p', reason: 'no depot' });
    expect(await planEach(failed)([message('1', { trigger: 'schedule' })])).toEqual([]);
  });
});
