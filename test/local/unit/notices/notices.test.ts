import { beforeEach, describe, expect, it } from 'vitest';
import { changeNotices } from '../../../../local/notices/change-notices.ts';
import { readNoticesCommand } from '../../../../local/notices/options.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { aSensor, city } from '../../../support/small-city.ts';

describe('npm run notices', () => {
  let registry: ReturnType<typeof memoryRegistry>;
  const say = async (...args: readonly string[]) => {
    const command = readNoticesCommand(args);
    if (command.command === 'help') throw new Error('help');
    return changeNotices(registry, 'tdm', command);
  };
  beforeEach(() => {
    registry = memoryRegistry({ city: [city], sensor: [aSensor('a1', 'air-1', 'air')] });
  });

  it('enters, lists and removes recipients', async () => {
    await say('add', 'head', '--name', 'Trưởng phòng', '--language', 'en', '--group', '2', '--severity', 'hazard');
    expect(await registry.get('recipient', 'head')).toEqual({
      id: 'head',
      name: 'Trưởng phòng',
      language: 'en',
      group: 2,
      severities: ['hazard'],
    });
    expect((await say('list'))[0]).toBe('head  group 2  en  hazard  Trưởng phòng');
    await say('remove', 'head');
    expect((await say('list'))[0]).toContain('everyone');
    await expect(say('remove', 'head')).rejects.toThrow('There is no recipient head');
  });

  it('sets the quiet hours and the time to escalation', async () => {
    expect(await say('hours', '--quiet', '21:30-05:00', '--escalate', '2')).toContain(
      'Quiet from 21:30 to 05:00; the next group after 2 h.',
    );
    expect((await registry.get('city', 'tdm'))?.notices).toEqual({
      quietHours: { from: '21:30', to: '05:00' },
      escalateAfterHours: 2,
    });
  });

  it('sets a sensor’s own alarm, none, and the usual one again', async () => {
    const alarms = async () => (await registry.get('sensor', 'a1'))?.alarms;
    await say('alarm', 'a1', '--quantity', 'pm25', '--value', '150');
    await say('alarm', 'a1', '--quantity', 'no2', '--value', 'none');
    expect(await alarms()).toEqual({ pm25: 150, no2: null });
    await say('alarm', 'a1', '--quantity', 'pm25', '--value', 'usual');
    expect(await alarms()).toEqual({ no2: null });
    await expect(say('alarm', 'b1', '--quantity', 'pm25', '--value', '1')).rejects.toThrow('There is no sensor b1');
  });

  it.each([
    [['add'], /id/],
    [['add', 'x', '--language', 'fr'], /language/],
    [['add', 'x', '--group', '9'], /group/],
    [['hours', '--quiet', '25:00-06:00', '--escalate', '2'], /quiet: HH:MM/],
    [['hours', '--quiet', '22:00', '--escalate', '2'], /HH:MM-HH:MM/],
    [['alarm', 'a1', '--quantity', 'noise', '--value', '1'], /quantity/],
    [['alarm', 'a1', '--quantity', 'pm25', '--value', 'much'], /value/],
    [['call', 'x'], /No such command/],
    [['remove', 'x', 'y'], /Too much/],
  ])('refuses %j and says why', (args, reason) => {
    expect(() => readNoticesCommand(args)).toThrow(reason);
  });
});
