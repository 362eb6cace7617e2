import { percent, type Words } from '../words.ts';

/** A small probability as people read it: whole percent, with a decimal under one. */
const chance = (probability: number, decimal: string): string => {
  if (probability >= 0.995) return '100%';
  if (probability >= 0.095) return percent(probability);
  return `${(100 * probability).toFixed(probability < 0.0095 ? 2 : 1).replace('.', decimal)}%`;
};

const hours = (value: number): string => String(Math.round(value));

export const reportedWords = (count: number): Words => ({
  reason: `reported as overflowing${count > 1 ? ` by ${count} people` : ''}`,
  reasonVi: `người dân báo tràn rác${count > 1 ? ` (${count} lượt báo)` : ''}`,
});

export const levelWords = (now: number, level: number): Words => ({
  reason: `${percent(now)} full, at or over its service level of ${percent(level)}`,
  reasonVi: `đã đầy ${percent(now)}, đạt mức phải thu gom ${percent(level)}`,
});

export const soonWords = (now: number, then: number, level: number): Words => ({
  reason: `${percent(now)} now, expected ${percent(then)} by the collection after this one (service level ${percent(level)})`,
  reasonVi: `hiện ${percent(now)}, dự kiến ${percent(then)} trước lần thu gom sau (mức phải thu gom ${percent(level)})`,
});

export const eventWords = (name: string): Words => ({
  reason: `emptied before ${name}`,
  reasonVi: `thu gom trước sự kiện ${name}`,
});

export const ageWords = (age: number, most: number): Words => ({
  reason: `last emptied ${hours(age)} h before, and may not wait longer than ${hours(most)} h`,
  reasonVi: `đã ${hours(age)} giờ chưa thu gom, không được quá ${hours(most)} giờ`,
});

export const riskWords = (now: number, risk: number): Words => ({
  reason: `${percent(now)} now; overflows before the next collection with a probability of ${chance(risk, '.')}`,
  reasonVi: `hiện ${percent(now)}; xác suất tràn trước lần thu gom sau là ${chance(risk, ',')}`,
});

export const silentWords = (risk: number, lastHeardAt: number | null): Words => {
  const since =
    lastHeardAt === null ? null : `${new Date(lastHeardAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    reason: `nothing heard${since === null ? '' : ` since ${since}`}; by its rate it overflows before the next collection with a probability of ${chance(risk, '.')}`,
    reasonVi: `không có số liệu${since === null ? '' : ` từ ${since}`}; theo tốc độ đầy, xác suất tràn trước lần thu gom sau là ${chance(risk, ',')}`,
  };
};

export const optionalWords = (now: number, nightsLeft: number): Words => ({
  reason: `${percent(now)} now, could wait ${nightsLeft} ${nightsLeft === 1 ? 'time' : 'times'} more; near the route, and going now saves a visit later`,
  reasonVi: `hiện ${percent(now)}, còn chờ được ${nightsLeft} lần; gần tuyến, thu gom luôn đỡ một lần đi sau`,
});

export const turnWords = (expected: number, nightsLeft: number, nightsToTurn: number): Words => ({
  reason: `${percent(expected)} expected, could wait ${nightsLeft} ${nightsLeft === 1 ? 'time' : 'times'} more; trucks come round its part of the city now and again in about ${nightsToTurn} nights, which would be too late`,
  reasonVi: `dự kiến ${percent(expected)}, còn chờ được ${nightsLeft} lần; khu vực này đến lượt thu gom, lượt sau khoảng ${nightsToTurn} đêm nữa thì quá muộn`,
});
