import type { ProblemStop } from '../../problem.ts';

/** What dispatchers read when a stop stays behind. */
export type Words = { readonly en: string; readonly vi: string };

const streamNames: Readonly<Record<string, Words>> = {
  recyclable: { en: 'recyclable', vi: 'rác tái chế' },
  food: { en: 'food', vi: 'rác thực phẩm' },
  other: { en: 'other', vi: 'rác khác' },
};

const streamOf = ({ stream }: ProblemStop): Words => streamNames[stream] ?? { en: stream, vi: stream };

const needsOf = ({ lift, skills = [] }: ProblemStop): string =>
  [...(lift === undefined ? [] : [lift]), ...skills].join(', ');

/** Seconds since midnight as a clock shows them; past 24:00 it starts again. */
export const clockTime = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

export const words = {
  noCarrier: (stop: ProblemStop): Words => ({
    en: `no truck may carry ${streamOf(stop).en} waste`,
    vi: `không xe nào được chở ${streamOf(stop).vi}`,
  }),
  noEquipment: (stop: ProblemStop): Words => ({
    en: `no truck for it has ${needsOf(stop)}`,
    vi: `không xe phù hợp nào có ${needsOf(stop)}`,
  }),
  noAccess: (stop: ProblemStop): Words =>
    stop.vehicleId === undefined
      ? {
          en: `no truck with what it needs may enter zone ${stop.zone}`,
          vi: `không xe phù hợp nào được vào khu vực ${stop.zone}`,
        }
      : {
          en: `it is kept for truck ${stop.vehicleId}, which cannot take it`,
          vi: `được giữ cho xe ${stop.vehicleId}, nhưng xe này không nhận được`,
        },
  tooMuch: ({ load }: ProblemStop): Words => ({
    en: `its ${Math.round(load.litres)} litres (${Math.round(load.kg)} kg) are more than any truck for it holds`,
    vi: `${Math.round(load.litres)} lít (${Math.round(load.kg)} kg) vượt sức chứa của mọi xe phù hợp`,
  }),
  noSite: (stop: ProblemStop): Words => ({
    en: `no disposal site takes ${streamOf(stop).en} waste`,
    vi: `không nơi xử lý nào nhận ${streamOf(stop).vi}`,
  }),
  noTime: {
    en: 'no truck can go there, empty and be back within its shift',
    vi: 'không xe nào kịp đi, đổ rác và về trong ca',
  },
  windowMissed: (spans: string): Words => ({
    en: `cannot be reached inside its time window ${spans}`,
    vi: `không thể đến trong khung giờ ${spans}`,
  }),
  noEquipmentInWindow: (stop: ProblemStop, spans: string): Words => ({
    en: `no truck with ${needsOf(stop)} can be there in ${spans}`,
    vi: `không xe nào có ${needsOf(stop)} kịp đến trong khung giờ ${spans}`,
  }),
  fleetIsFull: {
    en: 'no truck has time or room left in its shift',
    vi: 'không xe nào còn thời gian hoặc chỗ chứa trong ca',
  },
  canWait: {
    en: 'can wait: going there now costs more than it saves',
    vi: 'có thể chờ: đi bây giờ tốn hơn phần tiết kiệm được',
  },
} as const;
