/**
 * EventBridge's six-field cron expression from our five fields; of day-of-month and day-of-week one must be `?`.
 * @throws Error when both are restricted, which EventBridge cannot say.
 */
export const scheduleCron = (cron: string): string => {
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...rest] = cron.trim().split(/\s+/);
  if (dayOfWeek === undefined || rest.length > 0) throw new Error(`Not five cron fields: ${cron}`);
  if (dayOfMonth !== '*' && dayOfWeek !== '*') throw new Error(`EventBridge cannot restrict both day fields: ${cron}`);
  const days = dayOfWeek === '*' ? { dayOfMonth, dayOfWeek: '?' } : { dayOfMonth: '?', dayOfWeek };
  return `cron(${minute} ${hour} ${days.dayOfMonth} ${month} ${days.dayOfWeek} *)`;
};
