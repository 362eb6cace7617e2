import type { RefusalCode } from './crew-report-archive.ts';

export type Refusal = { readonly code: RefusalCode; readonly reason: string; readonly reasonVi: string };

const words: Readonly<Record<RefusalCode, (what: string) => readonly [en: string, vi: string]>> = {
  'not-a-report': (what) => [`This is not a report: ${what}`, `Không phải báo cáo hợp lệ: ${what}`],
  'unknown-plan': (what) => [`There is no plan ${what}`, `Không có kế hoạch ${what}`],
  'unknown-truck': (what) => [`There is no truck ${what}`, `Không có xe ${what}`],
  'unknown-bin': (what) => [`There is no bin ${what}`, `Không có thùng ${what}`],
  'unknown-report': (what) => [
    `There is no report ${what} of this crew's that could be taken back`,
    `Không có báo cáo ${what} của tổ này để rút lại`,
  ],
  'clock-ahead': (what) => [
    `The phone's clock is ahead: the report says ${what}. Set the clock and report the stop again`,
    `Đồng hồ của điện thoại chạy trước: báo cáo ghi ${what}. Hãy chỉnh giờ và báo cáo lại`,
  ],
  'too-old': (what) => [
    `The report is of ${what}, too long ago to change anything; tell the dispatcher`,
    `Báo cáo ghi lúc ${what}, đã quá cũ; hãy báo cho điều độ viên`,
  ],
  'id-reused': (what) => [
    `Another report has the id ${what} already; report the stop again`,
    `Mã ${what} đã thuộc về báo cáo khác; hãy báo cáo lại`,
  ],
};

/** A refusal in both languages. @param what the thing at fault. */
export const refusal = (code: RefusalCode, what: string): Refusal => {
  const [reason, reasonVi] = words[code](what);
  return { code, reason, reasonVi };
};
