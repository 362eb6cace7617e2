import type { RegistryKind, WireChange } from '../api/registry.ts';
import type { TypedError } from '../panel/fleet/field-text.ts';
import { fieldNamesEn, fieldNamesVi, hintsEn, hintsVi, optionNamesEn, optionNamesVi } from './fleet-field-words.ts';
import { type Language, useLocale } from './language.ts';

/** The words for fleet and rules, in both languages; those of the fields stand in a file of their own. */
export type FleetWords = {
  readonly heading: string;
  readonly cityRules: string;
  readonly cityRulesHint: string;
  readonly idleTrucks: (count: string) => string;
  readonly kinds: string;
  readonly kind: Readonly<Record<RegistryKind, string>>;
  readonly count: (count: string) => string;
  readonly add: string;
  readonly nothing: string;
  readonly editing: (name: string) => string;
  readonly adding: (kind: string) => string;
  readonly back: string;
  readonly save: string;
  readonly saving: string;
  readonly saved: (name: string) => string;
  readonly remove: string;
  readonly confirmRemove: (name: string) => string;
  readonly keep: string;
  readonly removed: (name: string) => string;
  readonly reload: string;
  readonly faults: (count: string) => string;
  readonly typed: Readonly<Record<TypedError['words'], string>>;
  readonly unset: string;
  readonly addItem: string;
  readonly removeItem: (what: string, number: string) => string;
  readonly changes: string;
  readonly noChanges: string;
  readonly change: (change: {
    who: string;
    when: string;
    act: WireChange['act'];
    through: WireChange['through'];
  }) => string;
  readonly tables: string;
  readonly tablesHint: string;
  readonly download: string;
  readonly chooseFile: string;
  readonly check: string;
  readonly importAll: string;
  readonly importGood: string;
  readonly wouldDo: (created: string, changed: string, unchanged: string) => string;
  readonly did: (created: string, changed: string, unchanged: string) => string;
  readonly faultyLines: (count: string) => string;
  readonly line: string;
  readonly column: string;
  readonly problem: string;
  readonly field: Readonly<Record<string, string>>;
  readonly hint: Readonly<Record<string, string>>;
  readonly option: Readonly<Record<string, string>>;
};

const vi: FleetWords = {
  heading: 'Đội xe và quy định',
  cityRules: 'Quy định chung của thành phố',
  cityRulesHint: 'Áp dụng cho mọi xe, trong các kế hoạch lập từ nay.',
  idleTrucks: (count) => `Xe không được xếp (${count})`,
  kinds: 'Danh mục',
  kind: {
    vehicles: 'Xe',
    crews: 'Tổ lái',
    depots: 'Bãi xe',
    'disposal-sites': 'Nơi xử lý',
    zones: 'Vùng cấm',
    'special-days': 'Ngày đặc biệt',
    'special-events': 'Sự kiện',
    bins: 'Thùng rác',
  },
  count: (count) => `${count} mục`,
  add: 'Thêm mới',
  nothing: 'Chưa đăng ký mục nào.',
  editing: (name) => `Sửa: ${name}`,
  adding: (kind) => `Thêm vào danh mục ${kind}`,
  back: 'Về danh sách',
  save: 'Lưu',
  saving: 'Đang lưu…',
  saved: (name) => `Đã lưu ${name}. Kế hoạch lập sau đây sẽ dùng.`,
  remove: 'Xóa',
  confirmRemove: (name) => `Xóa hẳn ${name}`,
  keep: 'Không xóa',
  removed: (name) => `Đã xóa ${name}.`,
  reload: 'Tải bản hiện tại',
  faults: (count) => `Có ${count} chỗ cần sửa; xem ở từng ô.`,
  typed: {
    notANumber: 'Không phải là số',
    notAWindow: 'Ghi khung giờ như 20:00-04:00',
    notABreak: 'Mỗi dòng: khung giờ và số phút, như 23:00-01:00 30',
    notASpan: 'Mỗi dòng: ngày..ngày lý do, như 2026-11-20..2026-11-25 bảo dưỡng',
    notAnArea: 'Ghi ít nhất ba góc, mỗi dòng một cặp vĩ độ, kinh độ; hoặc dán GeoJSON có Polygon; hoặc ghi city',
  },
  unset: '— không đặt —',
  addItem: 'Thêm dòng',
  removeItem: (what, number) => `Bỏ ${what} ${number}`,
  changes: 'Ai đã sửa, khi nào',
  noChanges: 'Chưa ai sửa qua trang này.',
  change: ({ who, when, act, through }) =>
    `${when}: ${who} ${{ created: 'đã thêm', changed: 'đã sửa', removed: 'đã xóa' }[act]}${through === 'csv' ? ' bằng bảng CSV' : ''}`,
  tables: 'Bảng tính (CSV)',
  tablesHint:
    'Tải xuống, sửa trong bảng tính, lưu dạng CSV UTF-8 rồi tải lên. Cột và dòng không có trong tệp được giữ nguyên.',
  download: 'Tải xuống CSV',
  chooseFile: 'Tệp CSV',
  check: 'Kiểm tra tệp',
  importAll: 'Ghi vào danh mục',
  importGood: 'Chỉ ghi các dòng không lỗi',
  wouldDo: (created, changed, unchanged) => `Sẽ thêm ${created}, sửa ${changed}, giữ nguyên ${unchanged}.`,
  did: (created, changed, unchanged) => `Đã thêm ${created}, sửa ${changed}, giữ nguyên ${unchanged}.`,
  faultyLines: (count) => `${count} dòng có lỗi:`,
  line: 'Dòng',
  column: 'Cột',
  problem: 'Lỗi',
  field: fieldNamesVi,
  hint: hintsVi,
  option: optionNamesVi,
};

const en: FleetWords = {
  heading: 'Fleet and rules',
  cityRules: 'Rules of the whole city',
  cityRulesHint: 'They hold for every truck, in plans made from now on.',
  idleTrucks: (count) => `Trucks that stay in their depots (${count})`,
  kinds: 'List',
  kind: {
    vehicles: 'Trucks',
    crews: 'Crews',
    depots: 'Depots',
    'disposal-sites': 'Disposal sites',
    zones: 'Zones with bans',
    'special-days': 'Special days',
    'special-events': 'Events',
    bins: 'Waste bins',
  },
  count: (count) => `${count} registered`,
  add: 'Add',
  nothing: 'Nothing is registered yet.',
  editing: (name) => `Edit: ${name}`,
  adding: (kind) => `Add to ${kind}`,
  back: 'Back to the list',
  save: 'Save',
  saving: 'Saving…',
  saved: (name) => `${name} is saved. Plans made from now on use it.`,
  remove: 'Remove',
  confirmRemove: (name) => `Remove ${name} for good`,
  keep: 'Keep it',
  removed: (name) => `${name} is removed.`,
  reload: 'Load what is there now',
  faults: (count) => `To be mended: ${count}; see the fields.`,
  typed: {
    notANumber: 'This is no number',
    notAWindow: 'Write a window like 20:00-04:00',
    notABreak: 'A line each: window and minutes, like 23:00-01:00 30',
    notASpan: 'A line each: day..day reason, like 2026-11-20..2026-11-25 workshop',
    notAnArea:
      'Write at least three corners, latitude and longitude a line; or paste GeoJSON with a Polygon; or write city',
  },
  unset: '— not set —',
  addItem: 'Add one',
  removeItem: (what, number) => `Take away ${what} ${number}`,
  changes: 'Who changed it, and when',
  noChanges: 'Nobody has changed it here yet.',
  change: ({ who, when, act, through }) =>
    `${when}: ${who} ${{ created: 'added it', changed: 'changed it', removed: 'removed it' }[act]}${through === 'csv' ? ' with a table' : ''}`,
  tables: 'Spreadsheet (CSV)',
  tablesHint:
    'Download, edit in a spreadsheet, save as CSV UTF-8, upload. What the file has no column or row for stays as it is.',
  download: 'Download CSV',
  chooseFile: 'CSV file',
  check: 'Check the file',
  importAll: 'Write all rows',
  importGood: 'Write only the rows without a fault',
  wouldDo: (created, changed, unchanged) => `Would add ${created}, change ${changed}, leave ${unchanged} as they are.`,
  did: (created, changed, unchanged) => `Added ${created}, changed ${changed}, left ${unchanged} as they were.`,
  faultyLines: (count) => `Lines with a fault: ${count}`,
  line: 'Line',
  column: 'Column name',
  problem: 'Fault',
  field: fieldNamesEn,
  hint: hintsEn,
  option: optionNamesEn,
};

export const fleetDictionaries: Readonly<Record<Language, FleetWords>> = { vi, en };

export const useFleetWords = (): FleetWords => fleetDictionaries[useLocale().language];
