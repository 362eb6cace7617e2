import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 25;
const LONGEST_MS = 1_000;

/**
 * Waits before another attempt; `attempt` counts from 0. Full jitter (M. Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015): writers that collided do not collide again in step.
 */
export const backOff = async (attempt: number): Promise<void> => {
  await sleep(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));
};
