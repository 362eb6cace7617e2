import * as z from 'zod';

/**
 * What each function reads from its environment: one schema shared by the handler, which parses it when it loads, and by the
 * CDK, whose constructs must supply exactly these keys, so that a missing variable fails at synthesis and not at 5 a.m.
 */
const storesSchema = z.object({
  CITY_ID: z.string().min(1),
  TABLE_NAME: z.string().min(1),
  READING_STORE: z.enum(['timestream', 'dynamodb']),
  /** With `timestream`. */
  TIMESTREAM_DATABASE: z.string().min(1).optional(),
  TIMESTREAM_TABLE: z.string().min(1).optional(),
  /** With `dynamodb`. */
  READINGS_TABLE_NAME: z.string().min(1).optional(),
});

export const storesEnvironmentSchema = storesSchema;
export const ingestUplinksEnvironmentSchema = storesSchema.extend({
  REFUSED_QUEUE_URL: z.url(),
  EPISODE_QUEUE_URL: z.url(),
});
export const ingestStationFilesEnvironmentSchema = storesSchema.extend({
  REFUSED_QUEUE_URL: z.url(),
  EPISODE_QUEUE_URL: z.url(),
});
export const planCollectionsEnvironmentSchema = storesSchema.extend({
  SOLVE_SECONDS: z.coerce.number().min(0.1).max(600).default(20),
  /** Searches at once, on as many cores; no more than there are. */
  SOLVE_ISLANDS: z.coerce.number().int().min(1).max(64).default(1),
});
export const evaluateEnvironmentEnvironmentSchema = storesSchema.extend({ EPISODE_QUEUE_URL: z.url() });
export const notifyEnvironmentSchema = storesSchema.extend({
  EPISODE_QUEUE_URL: z.url(),
  NOTICE_TOPIC_ARN: z.string().startsWith('arn:'),
  /** What notices link to, without a slash at its end. */
  CONSOLE_URL: z.url().optional(),
});
export const watchSensorsEnvironmentSchema = storesSchema;
export const updateOutlooksEnvironmentSchema = storesSchema;
export const summarizeDaysEnvironmentSchema = storesSchema;
export const issueBulkFilesEnvironmentSchema = storesSchema.extend({ BULK_BUCKET: z.string().min(1) });
export const operationsApiEnvironmentSchema = storesSchema.extend({
  PLAN_QUEUE_URL: z.url(),
  EPISODE_QUEUE_URL: z.url(),
  /** Who acts where the gateway asks for no token: on one machine only. */
  OFFICER_WITHOUT_TOKEN: z.string().min(1).optional(),
});
/** Units that one address may ask for a minute; absent: nobody is limited, as in tests and in programs of the city's own. */
export const rateLimitSchema = z.object({
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).optional(),
});
/** Where the public finds the city, e.g. `https://city.example`; absent: where the request says it was sent. */
const publicAddressSchema = z.object({ PUBLIC_URL: z.url().optional(), ...rateLimitSchema.shape });
export const openDataApiEnvironmentSchema = storesSchema.extend(publicAddressSchema.shape);
export const featuresApiEnvironmentSchema = storesSchema.extend(publicAddressSchema.shape);
export const sensorthingsApiEnvironmentSchema = storesSchema.extend({
  ...publicAddressSchema.shape,
  /** Who may write: nobody; everyone who gets here (one machine only); who shows a token with `SENSORTHINGS_WRITE_SCOPE`. */
  SENSORTHINGS_WRITE: z.enum(['off', 'everyone', 'authorized']).default('off'),
});
export const ngsiLdApiEnvironmentSchema = storesSchema.extend(publicAddressSchema.shape);
export const reportsApiEnvironmentSchema = storesSchema;
export const provisionSensorEnvironmentSchema = storesSchema;
export const admitDeviceEnvironmentSchema = storesSchema;

export const ingestWebhookEnvironmentSchema = z.object({
  CITY_ID: z.string().min(1),
  UPLINK_QUEUE_URL: z.url(),
  /** What stands before a sender's name in the id of its secret. */
  WEBHOOK_SECRET_PREFIX: z.string().min(1),
  /** Where the AWS Parameters and Secrets Lambda Extension listens. */
  PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z.coerce.number().int().min(1).max(65_535).default(2773),
});

export const pushContextEnvironmentSchema = storesSchema.extend({
  CONTEXT_DEAD_LETTER_QUEUE_URL: z.url(),
  /** Origins that context brokers may have, comma between them; no other is ever called. */
  CONTEXT_BROKER_ORIGINS: z.string(),
  /** What stands before a broker's host in the id of its secret. */
  CONTEXT_SECRET_PREFIX: z.string().min(1),
  PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z.coerce.number().int().min(1).max(65_535).default(2773),
});

export type StoresEnvironment = z.infer<typeof storesSchema>;

/** @throws Error that names every variable at fault. */
export const readEnvironment = <S extends z.ZodType>(
  schema: S,
  source: NodeJS.ProcessEnv = process.env,
): z.infer<S> => {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`Environment variables at fault: ${faults}`);
};
