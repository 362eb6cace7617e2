import type { Registry } from '../../shared/city/registry.ts';
import { defaultRecipients, noticeSettingsSchema } from '../../shared/environment/notices/recipient.ts';
import { registeredCity } from '../registered-city.ts';
import type { NoticesCommand } from './options.ts';

type Change = Exclude<NoticesCommand, { readonly command: 'help' }>;

const setAlarm = async (registry: Registry, { id, quantity, value }: Extract<Change, { command: 'alarm' }>) => {
  const sensor = await registry.get('sensor', id);
  if (sensor === undefined) throw new Error(`There is no sensor ${id}`);
  const { [quantity]: _, ...others } = sensor.alarms ?? {};
  const alarms = value === 'usual' ? others : { ...others, [quantity]: value === 'none' ? null : value };
  await registry.put('sensor', { ...sensor, alarms });
  return [`${id}: ${quantity} ${value}. Ingest knows within half a minute.`];
};

const list = async (registry: Registry, cityId: string): Promise<readonly string[]> => {
  const { notices = noticeSettingsSchema.parse({}) } = await registeredCity(registry, cityId);
  const { quietHours, escalateAfterHours } = notices;
  const recipients = await registry.list('recipient');
  const shown = recipients.length === 0 ? defaultRecipients : recipients;
  return [
    ...shown.map((one) => [one.id, `group ${one.group}`, one.language, one.severities.join('+'), one.name].join('  ')),
    `Quiet from ${quietHours.from} to ${quietHours.to}; the next group after ${escalateAfterHours} h.`,
  ];
};

/**
 * Does what a line of `npm run notices` says; answers what to print.
 * @throws Error when it names what is not there.
 */
export const changeNotices = async (registry: Registry, cityId: string, change: Change): Promise<readonly string[]> => {
  switch (change.command) {
    case 'add':
      await registry.put('recipient', change.recipient);
      return [`${change.recipient.id} is told.`];
    case 'remove':
      if ((await registry.get('recipient', change.id)) === undefined)
        throw new Error(`There is no recipient ${change.id}`);
      await registry.remove('recipient', change.id);
      return [`${change.id} is told no more.`];
    case 'hours':
      await registry.put('city', { ...(await registeredCity(registry, cityId)), notices: change.settings });
      return list(registry, cityId);
    case 'alarm':
      return setAlarm(registry, change);
    case 'list':
      return list(registry, cityId);
  }
};
