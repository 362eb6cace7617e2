/** Prefix of Basic Ingest: `$aws/rules/<rule name>/...` reaches one rule by its name, whatever its FROM says. */
const BASIC_INGEST_PREFIX = '$aws/rules/';

/** What is wrong with a topic filter (MQTT 3.1.1 §4.7), or `undefined`. */
export const topicFilterFault = (filter: string): string | undefined => {
  const levels = filter.split('/');
  if (filter === '') return 'A topic filter cannot be empty';
  if (levels.some((level) => level.includes('+') && level !== '+')) return '+ must be a whole level of a topic filter';
  if (levels.some((level, i) => level.includes('#') && (level !== '#' || i < levels.length - 1))) {
    return '# must be the last level of a topic filter';
  }
  return undefined;
};

/** Whether a topic matches a filter; topics that start with `$` never match a wildcard at their first level (§4.7.2). */
export const topicMatches = (filter: string, topic: string): boolean => {
  if (topic.startsWith('$') && (filter.startsWith('+') || filter.startsWith('#'))) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  const everyLevel = wanted.every(
    (level, i) => level === '#' || (i < levels.length && (level === '+' || level === levels[i])),
  );
  return everyLevel && (wanted.at(-1) === '#' || wanted.length === levels.length);
};

/** The topic that `topic()` sees: without the prefix that addressed this rule by name; `undefined` when none did. */
export const basicIngestTopic = (ruleName: string, topic: string): string | undefined => {
  const prefix = `${BASIC_INGEST_PREFIX}${ruleName}`;
  if (topic === prefix) return '';
  return topic.startsWith(`${prefix}/`) ? topic.slice(prefix.length + 1) : undefined;
};
