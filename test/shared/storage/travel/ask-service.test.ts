import { afterEach, describe, expect, it } from 'vitest';
import { askService } from '../../../../shared/storage/travel/ask-service.ts';
import { startRoutingServer, type Told } from '../../../support/routing-server.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

const serving = async (...answers: readonly Told[]) => {
  const server = await startRoutingServer((_, count) => answers[Math.min(count, answers.length) - 1] ?? 'hang up');
  close = server.close;
  return server;
};
const patience = { timeoutMs: 30_000, attempts: 3 };

describe('asking a routing service', () => {
  it.each<[string, Told]>([
    ['is overloaded', { status: 429, body: {} }],
    ['is restarted', { status: 503, body: {} }],
    ['breaks off', 'hang up'],
  ])('asks again when it %s', async (_, first) => {
    const server = await serving(first, { body: { fine: true } });
    const answer = await askService({ name: 'OSRM', url: server.url }, patience);
    expect(answer).toEqual({ status: 200, body: { fine: true } });
    expect(server.asked).toHaveLength(2);
  });

  it('gives up after so many attempts, and says what came of the last', async () => {
    const server = await serving({ status: 502, body: {} });
    await expect(askService({ name: 'OSRM', url: server.url }, patience)).rejects.toThrow(
      'OSRM did not answer: status 502',
    );
    expect(server.asked).toHaveLength(3);
  });

  it('does not wait for ever', async () => {
    const server = await serving('never');
    const impatient = { timeoutMs: 50, attempts: 1 };
    await expect(askService({ name: 'OSRM', url: server.url }, impatient)).rejects.toThrow('no answer within 0.05 s');
  });

  it('says that nobody is there', async () => {
    const server = await serving('never');
    await server.close();
    close = undefined;
    await expect(askService({ name: 'OSRM', url: server.url }, { ...patience, attempts: 1 })).rejects.toThrow(
      'OSRM did not answer: ECONNREFUSED',
    );
  });

  it('leaves refusals in words to the caller, refuses what is not JSON, and follows nobody elsewhere', async () => {
    const refusing = await serving({ status: 400, body: { code: 'InvalidQuery' } }, { text: '<html>' });
    expect(await askService({ name: 'OSRM', url: refusing.url }, patience)).toMatchObject({ status: 400 });
    await expect(askService({ name: 'OSRM', url: refusing.url }, patience)).rejects.toThrow(
      'OSRM answered 200 with something that is not JSON',
    );
    await refusing.close();
    const redirecting = await serving({ status: 307, body: {} });
    expect(await askService({ name: 'OSRM', url: redirecting.url }, patience)).toMatchObject({ status: 307 });
  });
});
