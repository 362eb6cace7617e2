import * as z from 'zod';

/** `hazard`: an alarm that does not wait. `exceedance`: a limit of a standard was broken. */
export const severities = ['exceedance', 'hazard'] as const;
export type Severity = (typeof severities)[number];

/** Who is told of episodes. How it reaches them (e-mail, HTTPS) is a subscription of the city's topic, filtered by `recipient`. */
export const recipientSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, ".", "_", "-"; at most 64'),
  name: z.string().min(1).max(200),
  language: z.enum(['vi', 'en']),
  severities: z.array(z.enum(severities)).min(1).default(['exceedance', 'hazard']),
  /** 1 is told first; the next group when nobody acknowledged in time. */
  group: z.int().min(1).max(5).default(1),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** A city that names nobody tells whoever subscribes to its topic. */
export const defaultRecipients: readonly Recipient[] = [
  { id: 'everyone', name: 'Everyone who subscribes', language: 'vi', severities: ['exceedance', 'hazard'], group: 1 },
];

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

/** How a city wants to be told; absent members have the usual values. */
export const noticeSettingsSchema = z.object({
  /** City-local; what is no hazard waits for its end. One that ends before it starts runs past midnight. */
  quietHours: z.object({ from: time, to: time }).default({ from: '22:00', to: '06:00' }),
  escalateAfterHours: z.number().positive().max(168).default(4),
});
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>;

/** Whether a city-local time of day (`HH:MM`) lies in the quiet hours: from their start to before their end. */
export const isQuiet = ({ quietHours: { from, to } }: NoticeSettings, localTime: string): boolean =>
  from <= to ? localTime >= from && localTime < to : localTime >= from || localTime < to;
