import type { BinCircumstances, OverflowChannel, WireOverflowReport } from '../api/circumstances.ts';
import { type Language, useLocale } from './language.ts';

/** The words for what people know of a bin, in both languages. */
export type CircumstanceWords = {
  readonly heading: string;
  readonly decision: Readonly<Record<BinCircumstances['decision']['status'], (day: string) => string>>;
  readonly whyInPlan: string;
  readonly event: (name: string, from: string, to: string) => string;
  readonly reports: string;
  readonly report: (channel: OverflowChannel, seenAt: string, by: string) => string;
  readonly standing: Readonly<Record<WireOverflowReport['standing'], string>>;
  readonly withdrawnBy: (by: string, at: string, why: string) => string;
  readonly form: string;
  readonly who: string;
  readonly channels: Readonly<Record<OverflowChannel, string>>;
  readonly note: string;
  readonly noteHint: string;
  readonly send: string;
  readonly sending: string;
  readonly sent: string;
  readonly withdraw: string;
  readonly why: string;
  readonly withdrawNow: string;
  readonly keep: string;
  readonly withdrawn: string;
};

const channelsVi: CircumstanceWords['channels'] = {
  citizen: 'Người dân',
  crew: 'Tổ thu gom',
  dispatcher: 'Điều độ viên',
  'control-room': 'Trung tâm điều hành',
};

const channelsEn: CircumstanceWords['channels'] = {
  citizen: 'A citizen',
  crew: 'A crew',
  dispatcher: 'The dispatcher',
  'control-room': 'The control room',
};

const vi: CircumstanceWords = {
  heading: 'Báo tràn và sự kiện',
  decision: {
    due: (day) => `Phải thu gom ở kế hoạch ${day}`,
    optional: (day) => `Có thể thu gom ở kế hoạch ${day} nếu thuận đường`,
    'not-due': (day) => `Chưa cần thu gom ở kế hoạch ${day}`,
    'no-data': (day) => `Không rõ có cần thu gom ở kế hoạch ${day}: cần người đến xem`,
  },
  whyInPlan: 'Lý do',
  event: (name, from, to) => `${name}: ${from} – ${to}`,
  reports: 'Báo tràn trong 7 ngày qua',
  report: (channel, seenAt, by) => `${channelsVi[channel]} thấy lúc ${seenAt}; ${by} nhập`,
  standing: {
    open: 'Đang chờ thu gom',
    emptied: 'Đã thu gom sau đó',
    withdrawn: 'Đã rút lại',
    expired: 'Quá 7 ngày, không còn tính',
  },
  withdrawnBy: (by, at, why) => `${by} rút lại lúc ${at}: ${why}`,
  form: 'Báo thùng tràn',
  who: 'Ai thấy',
  channels: channelsVi,
  note: 'Ghi chú (không bắt buộc)',
  noteHint: 'Không ghi tên hay số điện thoại của người dân.',
  send: 'Báo tràn',
  sending: 'Đang gửi …',
  sent: 'Đã ghi nhận. Thùng này phải thu gom ở kế hoạch sau, cho đến khi được thu gom.',
  withdraw: 'Rút lại',
  why: 'Vì sao rút lại',
  withdrawNow: 'Rút lại báo tràn này',
  keep: 'Giữ lại',
  withdrawn: 'Đã rút lại; báo tràn vẫn được lưu.',
};

const en: CircumstanceWords = {
  heading: 'Reports and events',
  decision: {
    due: (day) => `Due in the plan of ${day}`,
    optional: (day) => `May be collected in the plan of ${day} if it lies on the way`,
    'not-due': (day) => `Not due in the plan of ${day}`,
    'no-data': (day) => `Nobody knows whether it is due in the plan of ${day}: somebody should have a look`,
  },
  whyInPlan: 'Why',
  event: (name, from, to) => `${name}: ${from} – ${to}`,
  reports: 'Reports of the last 7 days',
  report: (channel, seenAt, by) => `${channelsEn[channel]} saw it at ${seenAt}; entered by ${by}`,
  standing: {
    open: 'Waits to be emptied',
    emptied: 'Emptied since',
    withdrawn: 'Withdrawn',
    expired: 'Older than 7 days, counts no more',
  },
  withdrawnBy: (by, at, why) => `Withdrawn by ${by} at ${at}: ${why}`,
  form: 'Report overflowing',
  who: 'Who saw it',
  channels: channelsEn,
  note: 'Note (may be left out)',
  noteHint: 'No names or telephone numbers of citizens.',
  send: 'Report overflowing',
  sending: 'Sending …',
  sent: 'Taken down. The bin is due in the next plans until it has been emptied.',
  withdraw: 'Withdraw',
  why: 'Why it is withdrawn',
  withdrawNow: 'Withdraw this report',
  keep: 'Keep it',
  withdrawn: 'Withdrawn; the report stays on record.',
};

const words: Readonly<Record<Language, CircumstanceWords>> = { vi, en };

export const useCircumstanceWords = (): CircumstanceWords => words[useLocale().language];
