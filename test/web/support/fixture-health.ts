import type { SensorHealthAnswer, SensorHealthEntry } from '../../../web/src/api/wire.ts';
import type { ApiMood } from './canned-api.ts';
import { bins, iso, NOW, stations } from './fixture-city.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Problem = SensorHealthEntry['problems'][number];

const problem = (kind: Problem['kind'], hoursAgo: number, en: string, vi: string, fields: Partial<Problem> = {}) => ({
  kind,
  since: iso(NOW - hoursAgo * HOUR),
  openedAt: iso(NOW - hoursAgo * HOUR),
  wellSince: null,
  reason: { code: kind, en, vi },
  ...fields,
});

const sensor = (
  sensorId: string,
  kind: SensorHealthEntry['kind'],
  siteId: string | null,
  ...problems: readonly Problem[]
): SensorHealthEntry => ({
  sensorId,
  kind,
  siteId,
  lastReceivedAt: iso(NOW - 2 * DAY),
  checkedAt: iso(NOW - 20 * 60_000),
  problems,
});

const silent = (hoursAgo: number) =>
  problem('silent', hoursAgo, 'No message for more than 3 h', 'Không có bản tin nào trong hơn 3 giờ');

const ill: readonly SensorHealthEntry[] = [
  sensor('lidar-1', 'bin', bins[0]?.id ?? null, silent(30)),
  sensor('lidar-2', 'bin', bins[1]?.id ?? null, silent(75)),
  sensor('spare-9', 'water', null, silent(400)),
  sensor(
    'air-main',
    'air',
    stations[0]?.id ?? null,
    problem('battery', 5, 'Battery at 14 %, below 20 %', 'Pin còn 14 %, dưới mức 20 %'),
    problem('clock', 50, 'Its clock is 6 min ahead', 'Đồng hồ chạy nhanh 6 phút', { wellSince: iso(NOW - HOUR) }),
  ),
];

/** As `/api/v1/sensors/health?problem=any` answers. */
export const sensorHealthOf = (mood: ApiMood['sensors']): SensorHealthAnswer => {
  const sensors = mood === 'ill' ? ill : [];
  const open = { silent: 0, battery: 0, clock: 0 };
  for (const { kind } of sensors.flatMap(({ problems }) => problems)) open[kind] += 1;
  const checkedAt = { ill: NOW - 20 * 60_000, well: NOW - 20 * 60_000, unchecked: null, 'long-ago': NOW - 5 * HOUR }[
    mood
  ];
  return {
    generatedAt: iso(NOW),
    watched: mood === 'unchecked' ? 0 : 136,
    checkedAt: checkedAt === null ? null : iso(checkedAt),
    open,
    sensors,
  };
};
