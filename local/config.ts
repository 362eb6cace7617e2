import * as z from 'zod';
import { entityIdSchema } from '../shared/city/entities.ts';
import { phosachHome } from './home.ts';
import { DEMO_CITY_ID } from './names.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const environmentSchema = z.object({
  PORT: port.default(8080),
  MQTT_PORT: port.default(8883),
  SFTP_PORT: port.default(2222),
  PHOSACH_SFTP: z.enum(['on', 'off']).default('on'),
  /** How long a station file in the watched folder must stay as it is before it counts as complete. */
  PHOSACH_SETTLE_SECONDS: z.coerce.number().min(0.1).max(3_600).default(10),
  /** The interface that all doors open on. The operations API asks nobody who they are here, so by default only this machine gets in. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PHOSACH_DEMO: z.enum(['on', 'off']).default('on'),
  /** Id and time zone of a city that is not the demo's. */
  PHOSACH_CITY: entityIdSchema.default('city'),
  PHOSACH_TIME_ZONE: z.string().default('Asia/Ho_Chi_Minh'),
  PHOSACH_SPEED: z.coerce.number().min(0.01).max(100_000).default(1),
  PHOSACH_READING_STORE: z.enum(['timestream', 'dynamodb']).default('timestream'),
  PHOSACH_SOLVE_SECONDS: z.coerce.number().min(0.1).max(300).default(10),
  PHOSACH_SOLVE_ISLANDS: z.coerce.number().int().min(1).max(64).default(2),
  /** Who acknowledges episodes: nobody is asked for a token here. */
  PHOSACH_OFFICER: z.string().min(1).max(200).default('officer@local'),
  /** Told of every notice, as an HTTPS subscription of the topic would be. */
  PHOSACH_NOTICE_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
  /** Origins that context brokers may have, comma between them, e.g. `https://ioc.example.vn,http://localhost:9090`. */
  PHOSACH_CONTEXT_ORIGINS: z.string().default(''),
  /** Origins that receivers of plans may have, the same way. */
  PHOSACH_WEBHOOK_ORIGINS: z.string().default(''),
  /** Units of open data that one address may ask for a minute; `off` limits nobody. */
  PHOSACH_RATE_LIMIT: z.union([z.literal('off'), z.coerce.number().int().min(1).max(1_000_000)]).default(6_000),
  /** Routing services, where the city uses one instead of the roads that `npm run roads` stored (docs/travel.md). */
  PHOSACH_TRAVEL_SOURCE: z.string().optional(),
  PHOSACH_OSRM_URL: z.url().optional(),
  PHOSACH_OSRM_TABLE_SIZE: z.string().optional(),
  PHOSACH_VALHALLA_URL: z.url().optional(),
  /** Raster tiles for the console's map, e.g. `https://tiles.example/{z}/{x}/{y}.png`; without them it draws its own backdrop. */
  PHOSACH_TILES_URL: z.string().optional(),
  PHOSACH_TILES_ATTRIBUTION: z.string().optional(),
  /** Whether SensorThings takes entities and observations of third parties; nobody is asked who they are here. */
  PHOSACH_STA_WRITE: z.enum(['on', 'off']).default('off'),
});

export type LocalConfig = {
  readonly home: string;
  readonly host: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  /** Absent when SFTP is switched off. */
  readonly sftpPort?: number;
  /** Whether that port was asked for; the usual one may be taken by another city on this machine. */
  readonly sftpPortChosen: boolean;
  /** How long a station file in the watched folder must stay as it is. */
  readonly settleMs: number;
  readonly cityId: string;
  readonly timeZone: string;
  readonly demo: boolean;
  readonly speed: number;
  readonly readingStore: 'timestream' | 'dynamodb';
  readonly solveSeconds: number;
  /** Searches at once for a plan, one a core at most. */
  readonly solveIslands: number;
  /** Who acts where nobody shows a token. */
  readonly officer: string;
  readonly noticeWebhook?: string;
  /** Whether everyone who reaches SensorThings may write. */
  readonly sensorthingsWrite: boolean;
  /** As it was written; empty: the city tells no context broker. */
  readonly contextOrigins: string;
  /** As it was written; empty: nobody is told of plans. */
  readonly webhookOrigins: string;
  /** Units of open data for one address a minute; absent: no limit. */
  readonly rateLimit?: number;
  /** As the planner's environment says it. */
  readonly travel: Readonly<Record<string, string>>;
  readonly tiles?: { readonly url: string; readonly attribution: string };
};

/** @throws Error that names every variable at fault. */
export const readConfig = (environment: NodeJS.ProcessEnv = process.env): LocalConfig => {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new Error(`Environment variables at fault: ${faults}`);
  }
  const values = parsed.data;
  return {
    home: phosachHome(environment),
    host: values.HOST,
    httpPort: values.PORT,
    mqttPort: values.MQTT_PORT,
    ...(values.PHOSACH_SFTP === 'on' && { sftpPort: values.SFTP_PORT }),
    sftpPortChosen: environment.SFTP_PORT !== undefined,
    settleMs: values.PHOSACH_SETTLE_SECONDS * 1_000,
    cityId: values.PHOSACH_DEMO === 'on' ? DEMO_CITY_ID : values.PHOSACH_CITY,
    timeZone: values.PHOSACH_TIME_ZONE,
    demo: values.PHOSACH_DEMO === 'on',
    speed: values.PHOSACH_SPEED,
    readingStore: values.PHOSACH_READING_STORE,
    solveSeconds: values.PHOSACH_SOLVE_SECONDS,
    solveIslands: values.PHOSACH_SOLVE_ISLANDS,
    officer: values.PHOSACH_OFFICER,
    sensorthingsWrite: values.PHOSACH_STA_WRITE === 'on',
    contextOrigins: values.PHOSACH_CONTEXT_ORIGINS,
    webhookOrigins: values.PHOSACH_WEBHOOK_ORIGINS,
    travel: {
      ...(values.PHOSACH_TRAVEL_SOURCE && { TRAVEL_SOURCE: values.PHOSACH_TRAVEL_SOURCE }),
      ...(values.PHOSACH_OSRM_URL && { OSRM_URL: values.PHOSACH_OSRM_URL }),
      ...(values.PHOSACH_OSRM_TABLE_SIZE && { OSRM_TABLE_SIZE: values.PHOSACH_OSRM_TABLE_SIZE }),
      ...(values.PHOSACH_VALHALLA_URL && { VALHALLA_URL: values.PHOSACH_VALHALLA_URL }),
    },
    ...(values.PHOSACH_RATE_LIMIT !== 'off' && { rateLimit: values.PHOSACH_RATE_LIMIT }),
    ...(values.PHOSACH_NOTICE_WEBHOOK && { noticeWebhook: values.PHOSACH_NOTICE_WEBHOOK }),
    ...(values.PHOSACH_TILES_URL && {
      tiles: { url: values.PHOSACH_TILES_URL, attribution: values.PHOSACH_TILES_ATTRIBUTION ?? '' },
    }),
  };
};
