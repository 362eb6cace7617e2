import type { PlanState } from '../../../shared/routing/plan.ts';
import { type Language, useLocale } from './language.ts';
import { type ReplanWords, replanEn, replanVi } from './replan-words.ts';

type Acts = 'published' | 'started' | 'closed' | 'discarded' | 'superseded';

/** The words for a plan's life: states, edits, re-planning, history. */
export type PlanLifeWords = ReplanWords & {
  readonly states: Readonly<Record<PlanState, string>>;
  readonly acts: Readonly<Record<Acts, string>>;
  readonly version: (version: string) => string;
  readonly unpublished: (published: string) => string;
  readonly publish: string;
  readonly start: string;
  readonly close: string;
  readonly discard: string;
  readonly undo: string;
  readonly redo: string;
  readonly sending: string;
  readonly done: (summary: string) => string;
  readonly change: (bin: string) => string;
  readonly changeShort: string;
  readonly lock: string;
  readonly unlock: string;
  readonly locked: string;
  readonly move: string;
  readonly exclude: string;
  readonly include: string;
  readonly includeBin: (bin: string) => string;
  readonly cheapestTruck: string;
  readonly lockUpToHere: string;
  readonly addTruck: string;
  readonly apply: string;
  readonly cancel: string;
  readonly toTruck: string;
  readonly position: string;
  readonly positionHint: string;
  readonly why: string;
  readonly checking: string;
  readonly feasible: (summary: string) => string;
  readonly infeasible: string;
  readonly doneReported: string;
  readonly doneAssumed: string;
  readonly outOfService: (time: string, reason: string) => string;
  readonly strandedHeading: (count: string) => string;
  readonly underWay: (day: string) => string;
  readonly openUnderWay: string;
  readonly stranded: (litres: string, kilograms: string) => string;
  readonly stood: (from: string, until: string, reason: string) => string;
  readonly cameWith: (litres: string, kilograms: string) => string;
  readonly standing: string;
  readonly lockOrder: string;
  readonly unlockOrder: string;
  readonly orderLocked: (count: string) => string;
  readonly withdraw: string;
  readonly excludedHeading: (count: string) => string;
  readonly excludedBy: (by: string, reason: string) => string;
  readonly history: string;
  readonly differences: string;
  readonly noDifferences: string;
  readonly moreDifferences: (count: string) => string;
  readonly changes: Readonly<Record<'planned' | 'edit' | 'undo' | 'redo' | 'replan', string>>;
  readonly edits: Readonly<Record<string, string>>;
};

const vi: PlanLifeWords = {
  ...replanVi,
  states: {
    draft: 'Bản nháp',
    published: 'Đã ban hành',
    'in-progress': 'Đang thực hiện',
    closed: 'Đã kết thúc',
    superseded: 'Đã bị thay thế',
    discarded: 'Đã hủy',
  },
  acts: {
    published: 'Ban hành',
    started: 'Bắt đầu',
    closed: 'Kết thúc',
    discarded: 'Hủy',
    superseded: 'Bị thay thế',
  },
  version: (version) => `Phiên bản ${version}`,
  unpublished: (published) => `Có thay đổi chưa ban hành: các tổ đang theo phiên bản ${published}`,
  publish: 'Ban hành',
  start: 'Xe đã xuất phát',
  close: 'Kết thúc ngày',
  discard: 'Hủy bản nháp',
  undo: 'Hoàn tác',
  redo: 'Làm lại',
  sending: 'Đang gửi …',
  done: (summary) => `Đã sửa: ${summary}`,
  change: (bin) => `Sửa điểm ${bin}`,
  changeShort: 'Sửa',
  lock: 'Khóa cho xe này',
  unlock: 'Mở khóa',
  locked: 'Đã khóa cho xe này',
  move: 'Chuyển …',
  exclude: 'Loại ra …',
  include: 'Đưa vào …',
  includeBin: (bin) => `Đưa ${bin} vào kế hoạch`,
  cheapestTruck: 'xe ít tốn nhất',
  lockUpToHere: 'Khóa thứ tự đến đây',
  addTruck: 'Lấy lại xe đã rút …',
  apply: 'Áp dụng',
  cancel: 'Thôi',
  toTruck: 'Sang xe',
  position: 'Vị trí',
  positionHint: 'để trống: chỗ ít tốn nhất',
  why: 'Lý do',
  checking: 'Đang kiểm tra …',
  feasible: (summary) => `Thực hiện được: ${summary}`,
  infeasible: 'Không thực hiện được:',
  doneReported: 'Tổ đã báo cáo',
  doneAssumed: 'Coi như đã xong (chưa có báo cáo)',
  outOfService: (time, reason) => `Ngừng lúc ${time}: ${reason}`,
  strandedHeading: (count) => `Rác còn trên xe ngừng, cần người đến lấy (${count})`,
  underWay: (day) => `Đang thực hiện kế hoạch khác: ${day}.`,
  openUnderWay: 'Mở kế hoạch đó',
  stranded: (litres, kilograms) =>
    `Còn khoảng ${litres} (${kilograms} kg) trên xe, chưa đến điểm xử lý: cần cho người đến lấy.`,
  stood: (from, until, reason) => `Đã ngừng ${from}–${until}: ${reason}.`,
  cameWith: (litres, kilograms) => `Chạy lại với khoảng ${litres} (${kilograms} kg) trên xe.`,
  standing: 'xe ngừng tại đây',
  lockOrder: 'Khóa thứ tự',
  unlockOrder: 'Mở khóa thứ tự',
  orderLocked: (count) => `Đã khóa thứ tự ${count} thùng đầu`,
  withdraw: 'Rút xe …',
  excludedHeading: (count) => `Đã loại ra (${count})`,
  excludedBy: (by, reason) => `${by}: ${reason}`,
  history: 'Lịch sử',
  differences: 'Xem thay đổi',
  noDifferences: 'Không có gì thay đổi cho các tổ.',
  moreDifferences: (count) => `và ${count} thay đổi khác`,
  changes: { planned: 'Lập kế hoạch', edit: 'Sửa', undo: 'Hoàn tác', redo: 'Làm lại', replan: 'Lập lại trong ngày' },
  edits: {
    move: 'Chuyển điểm',
    'lock-stop': 'Khóa điểm',
    'unlock-stop': 'Mở khóa điểm',
    'lock-order': 'Khóa thứ tự',
    'unlock-order': 'Mở khóa thứ tự',
    exclude: 'Loại thùng',
    include: 'Đưa thùng vào',
    'withdraw-vehicle': 'Rút xe',
    'add-vehicle': 'Thêm xe',
  },
};

const en: PlanLifeWords = {
  ...replanEn,
  states: {
    draft: 'Draft',
    published: 'Published',
    'in-progress': 'In progress',
    closed: 'Closed',
    superseded: 'Superseded',
    discarded: 'Discarded',
  },
  acts: {
    published: 'Published',
    started: 'Started',
    closed: 'Closed',
    discarded: 'Discarded',
    superseded: 'Superseded',
  },
  version: (version) => `Version ${version}`,
  unpublished: (published) => `Changes wait to be published: crews drive by version ${published}`,
  publish: 'Publish',
  start: 'Trucks have left',
  close: 'Close the day',
  discard: 'Discard draft',
  undo: 'Undo',
  redo: 'Redo',
  sending: 'Sending …',
  done: (summary) => `Changed: ${summary}`,
  change: (bin) => `Change stop ${bin}`,
  changeShort: 'Change',
  lock: 'Lock to this truck',
  unlock: 'Unlock',
  locked: 'Locked to this truck',
  move: 'Move …',
  exclude: 'Take out …',
  include: 'Put in …',
  includeBin: (bin) => `Put ${bin} into the plan`,
  cheapestTruck: 'where it costs least',
  lockUpToHere: 'Lock the order up to here',
  addTruck: 'Take a withdrawn truck back …',
  apply: 'Apply',
  cancel: 'Cancel',
  toTruck: 'To truck',
  position: 'Place',
  positionHint: 'empty: where it costs least',
  why: 'Why',
  checking: 'Checking …',
  feasible: (summary) => `Can be done: ${summary}`,
  infeasible: 'Cannot be done:',
  doneReported: 'Reported by the crew',
  doneAssumed: 'Taken as done (not reported yet)',
  outOfService: (time, reason) => `Out of service at ${time}: ${reason}`,
  strandedHeading: (count) => `Waste on board of stopped trucks, to be fetched (${count})`,
  underWay: (day) => `Another plan is in progress: ${day}.`,
  openUnderWay: 'Open that plan',
  stranded: (litres, kilograms) =>
    `About ${litres} (${kilograms} kg) on board did not reach a disposal site: have it fetched.`,
  stood: (from, until, reason) => `Out of service ${from}–${until}: ${reason}.`,
  cameWith: (litres, kilograms) => `Back with about ${litres} (${kilograms} kg) on board.`,
  standing: 'stood here out of service',
  lockOrder: 'Lock order',
  unlockOrder: 'Unlock order',
  orderLocked: (count) => `Order of the first ${count} bins is locked`,
  withdraw: 'Withdraw truck …',
  excludedHeading: (count) => `Taken out (${count})`,
  excludedBy: (by, reason) => `${by}: ${reason}.`,
  history: 'History',
  differences: 'Show changes',
  noDifferences: 'Nothing changes for crews.',
  moreDifferences: (count) => `and ${count} more changes`,
  changes: { planned: 'Planned', edit: 'Edit', undo: 'Undo', redo: 'Redo', replan: 'Re-planned' },
  edits: {
    move: 'Stop moved',
    'lock-stop': 'Stop locked',
    'unlock-stop': 'Stop unlocked',
    'lock-order': 'Order locked',
    'unlock-order': 'Order unlocked',
    exclude: 'Bin taken out',
    include: 'Bin put back',
    'withdraw-vehicle': 'Truck withdrawn',
    'add-vehicle': 'Truck added',
  },
};

export const planLifeDictionaries: Readonly<Record<Language, PlanLifeWords>> = { vi, en };

export const usePlanLifeWords = (): PlanLifeWords => planLifeDictionaries[useLocale().language];
