/**
 * What runs by the clock, in the city's time zone: the CDK makes EventBridge schedules of them, the local city runs them itself.
 */
export type Schedule = {
  readonly name: string;
  readonly description: string;
  /** Five cron fields: minute, hour, day of month, month, day of week. */
  readonly cron: string;
};

/** An hour before evening shifts begin; a deployment with other shifts says so (`-c planCron=...`). */
export const nightlyPlanSchedule: Schedule = {
  name: 'nightly-plan',
  description: 'Plans the collections of the coming shift',
  cron: '0 19 * * *',
};

/** Ten minutes past, so that the hour that just ended has arrived. */
export const hourlyEvaluationSchedule: Schedule = {
  name: 'hourly-evaluation',
  description: 'Compares the hourly and daily means with the limits',
  cron: '10 * * * *',
};

/** Often enough that an alarm that is over does not stand for long, and the morning's letters come in the morning. */
export const episodeClockSchedule: Schedule = {
  name: 'episode-clock',
  description: 'Follows alarms, sends the letters of the quiet hours, calls in who comes next',
  cron: '*/15 * * * *',
};

/** What a sensor says is with the city's operations centre a minute later at the latest. */
export const contextPushSchedule: Schedule = {
  name: 'context-push',
  description: 'Tells context brokers of bins and stations whose state changed',
  cron: '* * * * *',
};

/** Between the hours, so that what reports on the hour has arrived. */
export const sensorWatchSchedule: Schedule = {
  name: 'sensor-watch',
  description: 'Looks for sensors that fell silent, batteries that fade and clocks that drift',
  cron: '25 * * * *',
};

/**
 * Twenty minutes before the nightly plan, and every six hours: what a level is now comes from the sensor itself, models change
 * slowly, and each run writes every bin's record (hourly would cost six times as much and say little more).
 */
export const outlookSchedule: Schedule = {
  name: 'outlooks',
  description: 'Follows the level of every bin and makes its forecast anew',
  cron: '40 0,6,12,18 * * *',
};

/** Late readings of the evening have come by then; offices open with yesterday's figures. */
export const daySummarySchedule: Schedule = {
  name: 'day-summary',
  description: 'Sums up collections, overflows and routes of the days that are over',
  cron: '20 4 * * *',
};

/** More than the three hours that a day must be over, and before offices open. */
export const bulkFilesSchedule: Schedule = {
  name: 'bulk-files',
  description: 'Issues the files of the days that ended or changed',
  cron: '40 3 * * *',
};
