import { type Language, useLocale } from './language.ts';

/** The words for laboratory results of water, in both languages. */
export type LaboratoryWords = {
  readonly heading: string;
  readonly noSample: (days: string) => string;
  readonly sampled: (when: string, laboratory: string) => string;
  readonly stands: (until: string) => string;
  readonly notComputable: (reason: string) => string;
  readonly indicative: (value: string, day: string) => string;
  readonly enter: string;
  readonly formHint: string;
  readonly sampledAt: string;
  readonly laboratory: string;
  readonly results: string;
  readonly valueOf: (quantity: string) => string;
  readonly addQuantity: string;
  readonly chooseQuantity: string;
  readonly correctionReason: string;
  readonly send: string;
  readonly sending: string;
  readonly nothingTyped: string;
  readonly done: (status: 'entered' | 'corrected' | 'unchanged') => string;
  readonly samples: string;
  readonly enteredBy: (who: string, when: string) => string;
  readonly corrected: (reason: string) => string;
};

const vi: LaboratoryWords = {
  heading: 'Chất lượng nước (VN_WQI)',
  noSample: (days) => `Không có mẫu phòng thí nghiệm nào trong ${days} ngày qua nên không có VN_WQI.`,
  sampled: (when, laboratory) => `Mẫu lấy ${when}, ${laboratory}`,
  stands: (until) => `Đại diện cho trạm đến ${until}`,
  notComputable: (reason) => `Không tính được VN_WQI: ${reason}`,
  indicative: (value, day) => `Cảm biến (chỉ để tham khảo, không phải VN_WQI): ${value}, ngày ${day}`,
  enter: 'Nhập kết quả phòng thí nghiệm',
  formHint: 'Để trống thông số không phân tích. Dưới giới hạn phát hiện: ghi “<0,01”, không ghi 0.',
  sampledAt: 'Thời điểm lấy mẫu',
  laboratory: 'Phòng thí nghiệm',
  results: 'Kết quả',
  valueOf: (quantity) => `Giá trị ${quantity}`,
  addQuantity: 'Thêm thông số',
  chooseQuantity: '— chọn —',
  correctionReason: 'Lý do đính chính',
  send: 'Lưu kết quả',
  sending: 'Đang lưu…',
  nothingTyped: 'Chưa nhập giá trị nào.',
  done: (status) =>
    ({
      entered: 'Đã lưu mẫu.',
      corrected: 'Đã đính chính; kết quả cũ được giữ lại.',
      unchanged: 'Mẫu này đã có, không thay đổi.',
    })[status],
  samples: 'Các mẫu gần đây',
  enteredBy: (who, when) => `${who} nhập lúc ${when}`,
  corrected: (reason) => `Đính chính: ${reason}`,
};

const en: LaboratoryWords = {
  heading: 'Water quality (VN_WQI)',
  noSample: (days) => `No laboratory sample of the last ${days} days, so there is no VN_WQI.`,
  sampled: (when, laboratory) => `Sampled ${when}, ${laboratory}`,
  stands: (until) => `Speaks for the station until ${until}`,
  notComputable: (reason) => `No VN_WQI: ${reason}`,
  indicative: (value, day) => `Sensors (an indication, not VN_WQI): ${value}, on ${day}`,
  enter: 'Enter laboratory results',
  formHint: 'Leave blank what was not analysed. Below detection: write “<0.01”, never 0.',
  sampledAt: 'Time of sampling',
  laboratory: 'Laboratory',
  results: 'Results',
  valueOf: (quantity) => `Value of ${quantity}`,
  addQuantity: 'Add a quantity',
  chooseQuantity: '— choose —',
  correctionReason: 'Reason for the correction',
  send: 'Save results',
  sending: 'Saving…',
  nothingTyped: 'No value was typed.',
  done: (status) =>
    ({
      entered: 'The sample is saved.',
      corrected: 'Corrected; the earlier results are kept.',
      unchanged: 'This sample was there already; nothing changed.',
    })[status],
  samples: 'Latest samples',
  enteredBy: (who, when) => `${who} entered it ${when}`,
  corrected: (reason) => `Corrected: ${reason}`,
};

export const laboratoryDictionaries: Readonly<Record<Language, LaboratoryWords>> = { vi, en };

export const useLaboratoryWords = (): LaboratoryWords => laboratoryDictionaries[useLocale().language];
