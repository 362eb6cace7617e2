import type { OverflowChannel } from '../overflow/overflow-report.ts';
import { percent, type Words } from '../words.ts';
import type { LeftOpen, SpecialEvent } from './circumstances.ts';

/** A small probability as people read it: whole percent, with a decimal under one. */
const chance = (probability: number, decimal: string): string => {
  if (probability >= 0.995) return '100%';
  if (probability >= 0.095) return percent(probability);
  return `${(100 * probability).toFixed(probability < 0.0095 ? 2 : 1).replace('.', decimal)}%`;
};

const hours = (value: number): string => String(Math.round(value));

const reporters: Readonly<Record<OverflowChannel, readonly [en: string, vi: string]>> = {
  citizen: ['citizens', 'người dân'],
  crew: ['a crew', 'tổ thu gom'],
  dispatcher: ['the dispatcher', 'điều độ viên'],
  'control-room': ['the control room', 'trung tâm điều hành'],
};

/** Who said so, the first to see it first, and how many did. */
export const reportedWords = (channels: readonly OverflowChannel[]): Words => {
  const named = [...new Set(channels)].map((channel) => reporters[channel]);
  const [by, byVi] = [named.map(([en]) => en).join(', '), named.map(([, vi]) => vi).join(', ')];
  const { length } = channels;
  return {
    reason: `reported as overflowing by ${by}${length > 1 ? ` (${length} reports)` : ''}`,
    reasonVi: `${byVi} báo tràn rác${length > 1 ? ` (${length} lượt báo)` : ''}`,
  };
};

/** What a crew left undone, so that it comes back. */
export const leftOpenWords = ({ outcome, fractionLeft }: LeftOpen): Words => {
  if (outcome === 'blocked')
    return { reason: 'the crew could not get to it the last time', reasonVi: 'lần trước xe không vào được' };
  if (outcome === 'not-found')
    return { reason: 'the crew did not find it the last time', reasonVi: 'lần trước tổ thu gom không tìm thấy thùng' };
  const left = fractionLeft === undefined ? '' : percent(fractionLeft);
  return {
    reason: `emptied only in part the last time${left && `: the crew left it ${left} full`}`,
    reasonVi: `lần trước chỉ thu gom một phần${left && `, còn ${left}`}`,
  };
};

export const levelWords = (now: number, level: number): Words => ({
  reason: `${percent(now)} full, at or over its service level of ${percent(level)}`,
  reasonVi: `đã đầy ${percent(now)}, đạt mức phải thu gom ${percent(level)}`,
});

export const soonWords = (now: number, then: number, level: number): Words => ({
  reason: `${percent(now)} now, expected ${percent(then)} by the collection after this one (service level ${percent(level)})`,
  reasonVi: `hiện ${percent(now)}, dự kiến ${percent(then)} trước lần thu gom sau (mức phải thu gom ${percent(level)})`,
});

export const eventWords = ({ name, nameEn }: Pick<SpecialEvent, 'name' | 'nameEn'>, isOn: boolean): Words => ({
  reason: `emptied ${isOn ? 'while it lasts' : 'before it begins'}: ${nameEn}`,
  reasonVi: `thu gom ${isOn ? 'trong thời gian diễn ra' : 'trước khi diễn ra'}: ${name}`,
});

export const ageWords = (age: number, most: number): Words => ({
  reason: `last emptied ${hours(age)} h before, and may not wait longer than ${hours(most)} h`,
  reasonVi: `đã ${hours(age)} giờ chưa thu gom, không được quá ${hours(most)} giờ`,
});

/** Waste of which nobody knows how long it has lain there. */
export const unknownAgeWords = (now: number, most: number): Words => ({
  reason: `${percent(now)} full, nobody knows since when, and its waste may not wait longer than ${hours(most)} h`,
  reasonVi: `đã có ${percent(now)}, không rõ thu gom lần cuối khi nào, mà không được để quá ${hours(most)} giờ`,
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
