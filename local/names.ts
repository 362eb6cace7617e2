/** What the local city calls its resources, where CloudFormation would make names up. */
export const queueNames = {
  uplinks: 'phosach-uplinks',
  uplinksDeadLetter: 'phosach-uplinks-dead-letter',
  stationFiles: 'phosach-station-files',
  stationFilesDeadLetter: 'phosach-station-files-dead-letter',
  plans: 'phosach-plans',
  plansDeadLetter: 'phosach-plans-dead-letter',
  episodes: 'phosach-episodes',
  episodesDeadLetter: 'phosach-episodes-dead-letter',
  contextPushes: 'phosach-context-pushes',
  contextPushesDeadLetter: 'phosach-context-pushes-dead-letter',
} as const;

export const tableNames = { city: 'phosach', readings: 'phosach-readings' } as const;

export const timestreamNames = { database: 'phosach', table: 'readings' } as const;

/** The topic that notices go to. */
export const noticeTopicArn = 'arn:aws:sns:local:000000000000:phosach-notices';

/** What stands before a sender's name, or the host of a context broker or of a receiver of plans, in the id of its secret. */
export const secretNames = {
  webhookPrefix: 'phosach/webhook/',
  contextPrefix: 'phosach/context/',
  planWebhookPrefix: 'phosach/plan-webhook/',
} as const;

export const DEMO_CITY_ID = 'thu-dau-mot';
