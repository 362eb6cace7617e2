import type { Language } from '../i18n/language.ts';
import { useCrewWords } from './words.ts';

/** The words for a bin that a crew saw overflow, in both languages. */
const vi = {
  heading: 'Báo thùng tràn',
  hint: 'Thùng tràn mà bạn nhìn thấy, có trong tuyến hay không.',
  asking: 'Đang tìm vị trí…',
  nearYou: 'Các thùng gần bạn nhất:',
  nearStop: (stop: string) => `Không rõ vị trí của điện thoại. Các thùng gần ${stop}:`,
  byName: 'Không rõ vị trí. Tìm theo tên hoặc mã:',
  found: 'Các thùng tìm thấy:',
  search: 'Tìm thùng theo tên, mã, phường',
  none: 'Không có thùng nào khớp.',
  onlyRoute: 'Chưa tải danh sách thùng của thành phố: chỉ có các thùng trong tuyến.',
  choose: 'Chọn thùng',
  metres: (metres: string) => `cách ${metres} m`,
  send: 'Báo tràn',
  sendFor: (bin: string) => `Báo tràn: ${bin}`,
  chooseFirst: 'Hãy chọn một thùng trước.',
  done: (bin: string) => `Đã ghi: ${bin} bị tràn. Trang sẽ tự gửi.`,
  undone: (bin: string) => `Đã rút lại: ${bin}.`,
  mine: 'Đã báo tràn',
  overflows: 'Bị tràn',
  takenBack: 'Rút lại báo tràn',
  undo: 'Hoàn tác',
  undoOf: (bin: string) => `Hoàn tác báo tràn: ${bin}`,
};
export type OverflowWords = typeof vi;

const en: OverflowWords = {
  heading: 'Report overflowing bin',
  hint: 'A bin that you see overflow, on your route or not.',
  asking: 'Looking where you are…',
  nearYou: 'The bins nearest to you:',
  nearStop: (stop) => `Nobody knows where this phone is. The bins near ${stop}:`,
  byName: 'Nobody knows where this phone is. Search by name or id:',
  found: 'Bins found:',
  search: 'Find a bin by name, id, ward',
  none: 'No bin matches.',
  onlyRoute: 'The list of the city’s bins has not been loaded yet: these are the bins of your route.',
  choose: 'Choose the bin',
  metres: (metres) => `${metres} m away`,
  send: 'Report overflowing',
  sendFor: (bin) => `Report overflowing: ${bin}`,
  chooseFirst: 'Choose a bin first.',
  done: (bin) => `Noted: ${bin} overflows. The page sends it by itself.`,
  undone: (bin) => `Taken back: ${bin}.`,
  mine: 'Reported overflowing',
  overflows: 'Overflows',
  takenBack: 'Overflow taken back',
  undo: 'Undo',
  undoOf: (bin) => `Undo overflow report: ${bin}`,
};

const words: Readonly<Record<Language, OverflowWords>> = { vi, en };

export const useOverflowWords = (): OverflowWords => words[useCrewWords().language];
