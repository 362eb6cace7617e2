import type { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { travelSettingsShape } from './travel-services.ts';

const originsSchema = z
  .string()
  .transform((list) => list.split(',').map((each) => each.trim()))
  .pipe(z.array(z.string().regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'https://host or https://host:port')));

/** What a deployment chooses, from `cdk.json` or `-c name=value`. */
const settingsSchema = z.object({
  /** Id of the city: one stack a city. */
  city: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'lower-case letters, digits and "-"'),
  /** IANA time zone of schedules. */
  timeZone: z
    .string()
    .refine(
      (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'Asia/Ho_Chi_Minh',
      'an IANA time zone',
    ),
  /** `timestream` needs an account that used Timestream for LiveAnalytics before 2025-06-20; all others take `dynamodb`. */
  readingStore: z.enum(['timestream', 'dynamodb']),
  /** When the nightly plan is made, five cron fields in `timeZone`; absent = the shared default. */
  planCron: z.string().optional(),
  /** What notices of episodes link to, e.g. `https://city.example`; without it they have no link. */
  consoleUrl: z.url().optional(),
  /** Whether third parties with a token may write into SensorThings. */
  sensorthingsWriting: z.enum(['on', 'off']).default('off'),
  /** Origins that context brokers may have, comma between them; without any the city tells none. */
  contextOrigins: originsSchema.optional(),
  /** Origins that receivers of plans may have, comma between them; without any the city tells none. */
  webhookOrigins: originsSchema.optional(),
  ...travelSettingsShape,
  account: z.string().optional(),
  region: z.string().optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** @throws Error that names every context value at fault. */
export const readSettings = (app: App): Settings => {
  const names = Object.keys(settingsSchema.shape);
  const parsed = settingsSchema.safeParse(
    Object.fromEntries(names.map((name) => [name, app.node.tryGetContext(name)])),
  );
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `-c ${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`Context at fault: ${faults}`);
};
