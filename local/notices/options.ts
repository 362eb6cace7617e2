import { parseArgs } from 'node:util';
import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { type NoticeSettings, type Recipient, severities } from '../../shared/environment/notices/recipient.ts';
import { type Quantity, quantityNames } from '../../shared/telemetry/quantity.ts';

export const noticesUsage = `npm run notices -- COMMAND

  add ID                        who is told of exceedance episodes and alarms, or a change of that
      --name NAME               (the id)
      --language vi|en          (vi)
      --group N                 1 is told first, the next when nobody acknowledged in time (1)
      --severity S              ${severities.join(' or ')}; again for both (both)
  remove ID
  list                          recipients, quiet hours, time to escalation
  hours --quiet HH:MM-HH:MM --escalate HOURS
                                city-local hours in which only alarms are told, and how long nobody may
                                have acknowledged before the next group is told
  alarm SENSOR --quantity Q --value V
                                the sensor's own threshold, in the quantity's unit; "none" for no alarm,
                                "usual" for the one of docs/episodes.md

  --cloud                       in AWS instead: the registry of TABLE_NAME, the city of CITY_ID`;

const text = { type: 'string' } as const;
const definitions = {
  name: text,
  language: text,
  group: text,
  severity: { type: 'string', multiple: true },
  quiet: text,
  escalate: text,
  quantity: text,
  value: text,
  cloud: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const number = z.string().trim().min(1).transform(Number).pipe(z.number('a number'));
const cloud = z.boolean();
const quiet = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/;

const add = z.strictObject({
  id: entityIdSchema,
  name: z.string().min(1).max(200).optional(),
  language: z.enum(['vi', 'en']).default('vi'),
  group: number.pipe(z.int().min(1).max(5)).default(1),
  severity: z.array(z.enum(severities)).default([...severities]),
  cloud,
});
const hours = z.strictObject({
  quiet: z.string().regex(quiet, 'HH:MM-HH:MM'),
  escalate: number.pipe(z.number().positive().max(168)),
  cloud,
});
const alarm = z.strictObject({
  id: entityIdSchema,
  quantity: z.enum(quantityNames as [Quantity, ...Quantity[]], 'no quantity that we know'),
  value: z.union([z.literal(['none', 'usual']), number]),
  cloud,
});

const commands = {
  add: add.transform(({ id, name = id, language, group, severity, ...rest }) => {
    const recipient: Recipient = { id, name, language, group, severities: severity };
    return { command: 'add' as const, recipient, ...rest };
  }),
  remove: z.strictObject({ id: entityIdSchema, cloud }).transform((rest) => ({ command: 'remove' as const, ...rest })),
  list: z.strictObject({ cloud }).transform((rest) => ({ command: 'list' as const, ...rest })),
  hours: hours.transform(({ quiet: given, escalate, ...rest }) => {
    const [, from = '', to = ''] = quiet.exec(given) ?? [];
    const settings: NoticeSettings = { quietHours: { from, to }, escalateAfterHours: escalate };
    return { command: 'hours' as const, settings, ...rest };
  }),
  alarm: alarm.transform((rest) => ({ command: 'alarm' as const, ...rest })),
} as const;

type CommandName = keyof typeof commands;
export type NoticesCommand = { readonly command: 'help' } | z.infer<(typeof commands)[CommandName]>;

const isCommand = (name: string | undefined): name is CommandName =>
  name !== undefined && Object.hasOwn(commands, name);

/** @throws Error that says what is wrong with the line. */
export const readNoticesCommand = (args: readonly string[]): NoticesCommand => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const { help, ...options } = values;
  const [name, id, ...more] = positionals;
  if (help || name === undefined || name === 'help') return { command: 'help' };
  if (!isCommand(name)) throw new Error(`No such command: ${name}`);
  if (more.length > 0) throw new Error(`Too much: ${more.join(' ')}`);
  const parsed = commands[name].safeParse({ ...options, ...(id !== undefined && { id }) });
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
};
