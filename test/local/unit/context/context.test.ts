import { describe, expect, it } from 'vitest';
import { changeBrokers } from '../../../../local/context/change-brokers.ts';
import { type ContextCommand, readContextCommand } from '../../../../local/context/options.ts';
import { memoryPushLedger } from '../../../support/memory-push-ledger.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { city } from '../../../support/small-city.ts';

const setUp = () => {
  const registry = memoryRegistry({ city: [city] });
  const pushLedger = memoryPushLedger();
  const run = (line: string) => {
    const command = readContextCommand(line.split(' '));
    if (command.command === 'help') throw new Error('help');
    return changeBrokers({ registry, pushLedger }, 'tdm', command as Exclude<ContextCommand, { command: 'help' }>);
  };
  return { registry, pushLedger, run };
};

describe('npm run context', () => {
  it('enters a broker with the usual settings, changes it, and takes it away', async () => {
    const { registry, run } = setUp();
    expect(await run('list')).toEqual(['No context broker is told of anything.']);
    await run('add ioc --endpoint https://ioc.example.vn/ngsi-ld/v1/ --secret-header Authorization');
    expect((await registry.get('city', 'tdm'))?.contextBrokers).toEqual([
      {
        id: 'ioc',
        endpoint: 'https://ioc.example.vn/ngsi-ld/v1',
        mode: 'upsert',
        types: ['AirQualityObserved', 'WasteContainer', 'WaterQualityObserved'],
        throttleSeconds: 60,
        batchSize: 100,
        secretHeader: 'Authorization',
      },
    ]);
    await run(
      'add ioc --endpoint https://ioc.example.vn/in --mode notify --type WasteContainer --throttle 300 --batch 20',
    );
    expect((await registry.get('city', 'tdm'))?.contextBrokers).toMatchObject([
      { id: 'ioc', mode: 'notify', types: ['WasteContainer'], throttleSeconds: 300, batchSize: 20 },
    ]);
    await run('remove ioc');
    expect((await registry.get('city', 'tdm'))?.contextBrokers).toEqual([]);
    await expect(run('remove ioc')).rejects.toThrow('There is no context broker ioc');
  });

  it('tells everything anew to a broker that is entered again, and still of what goes', async () => {
    const { pushLedger, run } = setUp();
    await pushLedger.record('ioc', [{ entityId: 'urn:1', digest: 'x', toldAt: 9 }]);
    await run('add ioc --endpoint https://ioc.example.vn/ngsi-ld/v1');
    expect(await pushLedger.told('ioc')).toEqual([{ entityId: 'urn:1', digest: '', toldAt: 0 }]);
  });

  it('tells how it goes with a broker', async () => {
    const { pushLedger, run } = setUp();
    await run('add ioc --endpoint https://ioc.example.vn/ngsi-ld/v1');
    expect((await run('list'))[0]).toContain('0 entities told, 0 refused  never told of anything yet');
    await pushLedger.record('ioc', [{ entityId: 'urn:1', digest: 'x', toldAt: 0, refused: true }]);
    await pushLedger.hold('ioc', { owner: 'a', at: 0, until: 1 });
    await pushLedger.release('ioc', 'a', { failures: 3, notBefore: 60_000, lastTakenAt: 0, reason: '503 down' });
    expect((await run('list'))[0]).toContain(
      '0 entities told, 1 refused  last taken 1970-01-01T00:00:00.000Z; 3 failures in a row (503 down), next attempt 1970-01-01T00:01:00.000Z',
    );
  });

  it.each([
    ['add ioc', 'endpoint'],
    ['add ioc --endpoint https://u:p@ioc.example.vn', 'no user'],
    ['add IOC --endpoint https://ioc.example.vn', 'lower-case'],
    ['add ioc --endpoint https://ioc.example.vn --type Vehicle', 'type'],
    ['add ioc --endpoint https://ioc.example.vn --throttle -1', 'throttle'],
    ['tell ioc', 'No such command'],
    ['list all of them', 'Too much'],
  ])('refuses "%s" and says why', (line, reason) => {
    expect(() => readContextCommand(line.split(' '))).toThrow(reason);
  });
});
