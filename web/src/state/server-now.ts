import type { Instant } from '../api/wire.ts';
import type { Resource } from './resource.ts';

/** The present by the server's clock, epoch milliseconds: a phone whose clock is wrong must not make fresh readings look old. */
export const serverNow = ({ data, receivedAt }: Resource<{ readonly generatedAt: Instant }>): number => {
  if (data === undefined || receivedAt === undefined) return Date.now();
  return new Date(data.generatedAt).getTime() + (Date.now() - receivedAt);
};
