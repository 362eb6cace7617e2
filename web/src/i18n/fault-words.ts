import type { FaultCode, FaultValues } from '../../../shared/city/editing/fault-code.ts';
import { kindWords } from '../../../shared/city/editing/kind-words.ts';
import { fieldNamesEn, fieldNamesVi, optionNamesEn, optionNamesVi } from './fleet-field-words.ts';
import { type Language, tagOf } from './language.ts';

/** The words for everything that the server can find wrong, in both languages: its own are English. */
type FaultWords = {
  readonly fault: Readonly<Record<FaultCode, (values: FaultValues) => string>>;
  /** By the last part of the problem's type. */
  readonly detail: Readonly<Record<string, string>>;
  readonly status: Readonly<Record<number, string>>;
  readonly field: Readonly<Record<string, string>>;
  readonly inUse: (names: string) => string;
  readonly unknown: (message: string) => string;
};

const textOf = (values: FaultValues, key: string): string => String(values[key] ?? '');

const numberIn = (language: Language, value: string | number | undefined): string =>
  typeof value === 'number' && Number.isFinite(value)
    ? new Intl.NumberFormat(tagOf(language), { maximumFractionDigits: 6 }).format(value)
    : String(value ?? '');

const optionsIn = (names: Readonly<Record<string, string>>, values: FaultValues): string =>
  textOf(values, 'options')
    .split(' ')
    .map((option) => names[option] ?? option)
    .join(', ');

const isOpen = ({ inclusive }: FaultValues): boolean => inclusive === 'false';

const tooSmallVi = (values: FaultValues): string => {
  const limit = numberIn('vi', values.limit);
  if (values.of === 'string') return values.limit === 1 ? 'Không được để trống' : `Cần ít nhất ${limit} ký tự`;
  if (values.of === 'array') return `Cần ít nhất ${limit} mục`;
  return isOpen(values) ? `Phải lớn hơn ${limit}` : `Phải từ ${limit} trở lên`;
};

const tooSmallEn = (values: FaultValues): string => {
  const limit = numberIn('en', values.limit);
  if (values.of === 'string') return values.limit === 1 ? 'Must not be empty' : `At least ${limit} characters`;
  if (values.of === 'array') return `At least ${limit} entries`;
  return isOpen(values) ? `Must be more than ${limit}` : `Must be at least ${limit}`;
};

const tooBigVi = (values: FaultValues): string => {
  const limit = numberIn('vi', values.limit);
  if (values.of === 'string') return `Nhiều nhất ${limit} ký tự`;
  if (values.of === 'array') return `Nhiều nhất ${limit} mục`;
  return isOpen(values) ? `Phải nhỏ hơn ${limit}` : `Không được quá ${limit}`;
};

const tooBigEn = (values: FaultValues): string => {
  const limit = numberIn('en', values.limit);
  if (values.of === 'string') return `At most ${limit} characters`;
  if (values.of === 'array') return `At most ${limit} entries`;
  return isOpen(values) ? `Must be less than ${limit}` : `Must be at most ${limit}`;
};

const named = (kinds: Readonly<Record<string, string>>, values: FaultValues): string =>
  `${kinds[textOf(values, 'kind')] ?? textOf(values, 'kind')} ${textOf(values, 'id')}`;

const kindVi = {
  bin: 'thùng rác',
  vehicle: 'xe',
  crew: 'tổ lái',
  depot: 'bãi xe',
  'disposal-site': 'nơi xử lý',
  zone: 'vùng cấm',
  'special-day': 'ngày đặc biệt',
  'special-event': 'sự kiện',
  sensor: 'cảm biến',
};

const formatVi = {
  'HH:MM': 'Ghi giờ dạng HH:MM, như 20:00',
  'letters, digits, ".", "_", "-"; at most 64': 'Chỉ chữ không dấu, chữ số và . _ -; nhiều nhất 64 ký tự',
  'capitals and digits, e.g. C or C1': 'Chữ in hoa và chữ số, như C hoặc C1',
  'capitals, digits, ".", "-", spaces': 'Chữ in hoa, chữ số, dấu chấm, gạch nối, dấu cách; như 61C-123.45',
  date: 'Ghi ngày dạng năm-tháng-ngày, như 2026-11-20',
  datetime: 'Ghi ngày giờ theo ISO 8601',
};

const formatEn: typeof formatVi = {
  'HH:MM': 'Write a time as HH:MM, like 20:00',
  'letters, digits, ".", "_", "-"; at most 64': 'Only letters without accents, digits, . _ -; at most 64',
  'capitals and digits, e.g. C or C1': 'Capitals and digits, like C or C1',
  'capitals, digits, ".", "-", spaces': 'Capitals, digits, dots, hyphens, spaces; like 61C-123.45',
  date: 'Write a date as year-month-day, like 2026-11-20',
  datetime: 'Write date and time as in ISO 8601',
};

const typeVi = {
  number: 'Phải là số',
  int: 'Phải là số nguyên',
  string: 'Phải là chữ',
  boolean: 'Phải là có hoặc không',
  array: 'Phải là danh sách',
  tuple: 'Phải là danh sách đủ số phần tử',
  object: 'Phải là một nhóm giá trị',
  record: 'Phải là một nhóm giá trị',
};

const typeEn: typeof typeVi = {
  number: 'Must be a number',
  int: 'Must be a whole number',
  string: 'Must be text',
  boolean: 'Must be yes or no',
  array: 'Must be a list',
  tuple: 'Must be a list with all its parts',
  object: 'Must be a group of values',
  record: 'Must be a group of values',
};

const vi: FaultWords = {
  fault: {
    missing: () => 'Chưa điền',
    'wrong-type': (values) => typeVi[textOf(values, 'expected') as keyof typeof typeVi] ?? 'Sai kiểu giá trị',
    'too-small': tooSmallVi,
    'too-big': tooBigVi,
    'wrong-format': (values) => formatVi[textOf(values, 'format') as keyof typeof formatVi] ?? 'Sai định dạng',
    'not-one-of': (values) => `Chọn một trong: ${optionsIn(optionNamesVi, values)}`,
    'not-a-multiple': (values) => `Phải là bội số của ${textOf(values, 'of')}`,
    'fits-none': () => 'Không đúng dạng nào được chấp nhận ở đây',
    'not-known': () => 'Không có trường này',
    'must-close': () => 'Đường ranh giới phải khép kín: điểm cuối trùng điểm đầu',
    'crosses-itself': ({ latitude, longitude }) => `Đường ranh giới tự cắt nhau gần ${latitude}, ${longitude}`,
    'must-limit': () => 'Phải ghi ít nhất một kích thước, hoặc bỏ trống tất cả',
    'ends-before-start': () => 'Ngày cuối không được trước ngày đầu',
    'must-end-later': () => 'Phải sau lúc bắt đầu',
    'too-long': () => 'Quá dài: tối đa 60 ngày, hoặc 24 giờ nếu lặp lại hằng tuần',
    'needs-weekdays': () => 'Chỉ dùng cho sự kiện lặp lại theo thứ',
    'names-no-bins': () => 'Phải nêu thùng rác, hoặc khoanh một vùng hay vòng tròn',
    'against-a-rule': () => 'Không hợp quy định',
    'other-id': (values) => `Mã phải là ${textOf(values, 'id')}, như trong địa chỉ`,
    'no-such': (values) => `Không có ${named(kindVi, values)}`,
    'named-by': (values) => named(kindVi, values),
    'changed-meanwhile': () => 'Có người vừa sửa mục này: dòng này chưa được ghi',
    'not-utf-8': () => 'Tệp không phải UTF-8: hãy lưu dạng “CSV UTF-8”',
    'no-csv': () => 'Tệp không phải CSV',
    'nothing-in-file': () => 'Tệp trống',
    'not-a-column': () => 'Bảng này không có cột đó',
    'column-twice': () => 'Cột này có hai lần',
    'column-missing': () => 'Thiếu cột này ở dòng đầu',
    'too-many-cells': (values) => `Có ${textOf(values, 'cells')} ô cho ${textOf(values, 'columns')} cột`,
    'row-twice': (values) => `${textOf(values, 'id')} đã có ở dòng ${textOf(values, 'line')}`,
    'not-json': () => 'Mở đầu như JSON nhưng không phải JSON',
    'not-a-number': (values) => `Không phải là số: ${textOf(values, 'text')}`,
    'not-yes-or-no': (values) => `Ghi có hoặc không: ${textOf(values, 'text')}`,
    'not-a-window': (values) => `Ghi khung giờ như 20:00-04:00: ${textOf(values, 'text')}`,
  },
  detail: {
    'changed-meanwhile': 'Có người vừa sửa mục này. Hãy tải bản hiện tại rồi sửa lại; những gì đã nhập vẫn còn đây.',
    'if-match-required': 'Mục này đã có. Hãy mở bản hiện tại trước khi sửa.',
    'not-found': 'Mục này không còn nữa, hoặc chưa có.',
    'too-large': 'Tệp quá lớn: bảng nhiều nhất 6 MB.',
    contended: 'Nhiều người đang sửa cùng lúc: hãy thử lại.',
  },
  status: {
    400: 'Yêu cầu chưa đúng',
    401: 'Cần đăng nhập lại',
    403: 'Tài khoản này không được phép làm việc đó',
    404: 'Không tìm thấy',
    409: 'Không làm được lúc này',
    412: 'Đã có người sửa trước',
    413: 'Tệp quá lớn',
    415: 'Loại tệp không được nhận',
    422: 'Không thực hiện được',
    428: 'Cần mở bản hiện tại trước khi sửa',
    429: 'Quá nhiều yêu cầu, hãy chờ một lát',
    500: 'Lỗi ở máy chủ',
    502: 'Máy chủ tạm thời không trả lời',
    503: 'Hệ thống đang bận, hãy thử lại sau ít phút',
    504: 'Máy chủ trả lời quá chậm',
  },
  field: {
    ...fieldNamesVi,
    serviceDate: 'Ngày làm việc',
    solveSeconds: 'Thời gian tính',
    why: 'Lý do',
    reason: 'Lý do',
    minutes: 'Số phút',
    area: 'Ranh giới',
    position: 'Vị trí',
    size: 'Kích thước',
    over: 'Giới hạn kích thước',
    access: 'Giới hạn xe vào',
    container: 'Thùng chứa',
  },
  inUse: (names) => `Vẫn đang được dùng bởi: ${names}.`,
  unknown: (message) => `Không hợp lệ (máy chủ: ${message})`,
};

const en: FaultWords = {
  fault: {
    missing: () => 'Must not be empty',
    'wrong-type': (values) => typeEn[textOf(values, 'expected') as keyof typeof typeEn] ?? 'Is of the wrong kind',
    'too-small': tooSmallEn,
    'too-big': tooBigEn,
    'wrong-format': (values) => formatEn[textOf(values, 'format') as keyof typeof formatEn] ?? 'Is in the wrong format',
    'not-one-of': (values) => `Choose one of: ${optionsIn(optionNamesEn, values)}`,
    'not-a-multiple': (values) => `Must be a multiple of ${textOf(values, 'of')}`,
    'fits-none': () => 'Has none of the forms that are taken here',
    'not-known': () => 'There is no such field',
    'must-close': () => 'The outline must end where it begins',
    'crosses-itself': ({ latitude, longitude }) => `The outline crosses itself near ${latitude}, ${longitude}`,
    'must-limit': () => 'Give at least one size, or leave all blank',
    'ends-before-start': () => 'The last day must not be before the first',
    'must-end-later': () => 'Must be after the beginning',
    'too-long': () => 'Too long: at most 60 days, or 24 hours where it comes again every week',
    'needs-weekdays': () => 'Only for events that come again on weekdays',
    'names-no-bins': () => 'Name bins, or give an area or a circle',
    'against-a-rule': () => 'Is against a rule',
    'other-id': (values) => `Must be ${textOf(values, 'id')}, as in the address`,
    'no-such': (values) => `There is no ${named(kindWords, values)}`,
    'named-by': (values) => named(kindWords, values),
    'changed-meanwhile': () => 'Somebody changed it meanwhile: this line was not written',
    'not-utf-8': () => 'The file is not in UTF-8: save it as “CSV UTF-8”',
    'no-csv': () => 'The file is no CSV',
    'nothing-in-file': () => 'There is nothing in the file',
    'not-a-column': () => 'Is not a column of this table',
    'column-twice': () => 'Is there twice',
    'column-missing': () => 'Is missing from the header',
    'too-many-cells': (values) => `Has ${textOf(values, 'cells')} cells for ${textOf(values, 'columns')} columns`,
    'row-twice': (values) => `${textOf(values, 'id')} stands in line ${textOf(values, 'line')} already`,
    'not-json': () => 'Begins like JSON and is none',
    'not-a-number': (values) => `Is no number: ${textOf(values, 'text')}`,
    'not-yes-or-no': (values) => `Is neither yes nor no: ${textOf(values, 'text')}`,
    'not-a-window': (values) => `Write a window like 20:00-04:00: ${textOf(values, 'text')}`,
  },
  detail: {
    'changed-meanwhile': 'Somebody changed it meanwhile. Load what is there now; what you have typed stays until then.',
  },
  status: {
    400: 'Something is not right yet',
    409: 'This cannot be done now',
    412: 'Somebody else was quicker',
    422: 'This cannot be done',
    428: 'Look at what is there now before you change it',
  },
  field: fieldNamesEn,
  inUse: (names) => `It is still named by ${names}.`,
  unknown: (message) => message,
};

export const faultDictionaries: Readonly<Record<Language, FaultWords>> = { vi, en };
