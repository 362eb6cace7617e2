import type { AveragingPolicy } from '../averaging-policy.ts';
import type { Bilingual, Report } from './report.ts';

/** Raised whenever the same inputs would give another report. */
export const REPORT_VERSION = 'phosach-report, 1';

const percent = (share: number): string => `${Math.round(share * 1_000) / 10}`;

/** How the numbers came about, for whoever has to defend them. */
export const reportMethods = (policy: AveragingPolicy, indices: readonly string[]): Report['methods'] => [
  {
    name: { vi: 'Giá trị trung bình', en: 'Means' },
    version: `hour-ending, ${percent(policy.hour)} / ${percent(policy.day)} %`,
    text: {
      vi: `Trung bình theo giờ kết thúc, giờ địa phương; trung bình ngày từ các giờ hợp lệ, tháng và năm từ các ngày hợp lệ. Hợp lệ khi có ít nhất ${percent(policy.hour)} % số đo của giờ, ${percent(policy.day)} % số giờ của ngày, ${percent(policy.month)} % số ngày của tháng, ${percent(policy.year)} % số ngày của năm: đây là quy tắc của hệ thống, không phải của QCVN. Chỉ dùng số đo có cờ 1 (đạt) và 2 (chưa đánh giá).`,
      en: `Hour-ending means in the city’s time; a day’s from its valid hours, a month’s and a year’s from their valid days. Valid with at least ${percent(policy.hour)} % of an hour’s readings, ${percent(policy.day)} % of a day’s hours, ${percent(policy.month)} % of a month’s and ${percent(policy.year)} % of a year’s days: a rule of this system, not of the regulations. Only readings flagged 1 (good) or 2 (not evaluated) count.`,
    },
  },
  {
    name: { vi: 'Phân vị', en: 'Percentiles' },
    version: 'nearest rank, 1',
    text: {
      vi: 'Theo hạng gần nhất: giá trị nhỏ nhất mà ít nhất p % số giá trị hợp lệ không vượt quá; luôn là một giá trị đo được.',
      en: 'By nearest rank: the least value that at least p % of the valid values do not exceed; always a measured one.',
    },
  },
  {
    name: { vi: 'Vượt giới hạn', en: 'Exceedances' },
    version: 'strictly beyond, 1',
    text: {
      vi: 'Chỉ giá trị lớn hơn giới hạn tối đa (hoặc nhỏ hơn giới hạn tối thiểu) là vượt; bằng giới hạn thì không. Kỳ không có giá trị hợp lệ không được đánh giá và không phải là đạt. Giá trị đơn được xét theo từng giờ có số đo, lấy giá trị bất lợi nhất.',
      en: 'Only a value above a greatest (or below a least) limit breaks it, one equal to it does not. A period without a valid value is not judged, and is not compliance. Single values are judged for each hour that has any, by the worst.',
    },
  },
  {
    name: { vi: 'Làm tròn', en: 'Rounding' },
    version: '4 significant digits, 1',
    text: {
      vi: 'Bốn chữ số có nghĩa, tối đa sáu chữ số thập phân; giá trị vượt được ghi đủ chữ số để thấy rõ là vượt. So sánh với giới hạn dùng giá trị chưa làm tròn. Dấu phẩy là dấu thập phân.',
      en: 'Four significant digits, at most six decimals; values beyond a limit with as many as it takes to see it. Limits are compared with unrounded values.',
    },
  },
  ...indices.map((version) => ({
    name: { vi: 'Chỉ số', en: 'Index' },
    version,
    text: {
      vi: 'Mức của chỉ số không phải là kết luận tuân thủ QCVN: so sánh với giới hạn ở bảng vượt giới hạn.',
      en: 'A category of an index is no verdict on compliance with a regulation: that is in the table of exceedances.',
    },
  })),
];

type Caveat = { readonly code: string; readonly text: Bilingual };

export const caveats = {
  'still-running': {
    vi: 'Kỳ báo cáo chưa kết thúc: số liệu chỉ đến thời điểm ghi ở đầu báo cáo.',
    en: 'The period still runs: the report covers it up to the instant at its head.',
  },
  registry: {
    vi: 'Tên trạm, thiết bị và quy chuẩn áp dụng là theo danh mục lúc lập báo cáo; danh mục thay đổi thì mã dữ liệu thay đổi. Thiết bị đã gỡ khỏi trạm không có trong báo cáo.',
    en: 'Stations, sensors and the standards applied are those of the registry when the report was made; when it changes, so does the data version. Sensors that have left their station are not in the report.',
  },
  'no-stations': { vi: 'Thành phố chưa có trạm quan trắc nào.', en: 'The city has no monitoring station.' },
  'no-data': {
    vi: 'Không có số liệu nào của trạm: báo cáo này không nói gì về chất lượng môi trường tại đây.',
    en: 'Nothing is known of this station: the report says nothing about the environment here.',
  },
  'reference-station': {
    vi: 'Trạm tham khảo: được công bố nồng độ, không công bố chỉ số chất lượng (Thông tư 10/2021/TT-BTNMT, Điều 29).',
    en: 'Reference station: concentrations may be published, an index may not (Circular 10/2021/TT-BTNMT, Article 29).',
  },
  'laboratory-point': {
    vi: 'Điểm lấy mẫu thủ công, phân tích tại phòng thí nghiệm.',
    en: 'A point sampled by hand and analysed in a laboratory.',
  },
  'automatic-station': {
    vi: 'Trạm tự động đáp ứng yêu cầu của Thông tư 10/2021/TT-BTNMT, theo khai báo của thành phố.',
    en: 'An automatic station that meets Circular 10/2021/TT-BTNMT, as the city has declared.',
  },
  'position-approximate': {
    vi: 'Vị trí trạm là gần đúng, chưa được đo đạc.',
    en: 'The station’s position is approximate; nobody has surveyed it.',
  },
  'no-limits': {
    vi: 'Thành phố chưa chọn quy chuẩn để đánh giá trạm này: không có đánh giá vượt giới hạn, điều đó không có nghĩa là đạt.',
    en: 'The city has chosen no standard for this station: nothing was judged, which does not mean that it complies.',
  },
  'unverified-limits': {
    vi: 'Một số giới hạn chưa được kiểm chứng với văn bản gốc nên không áp dụng.',
    en: 'Some limits have not been checked against their source and are not applied.',
  },
  'raw-not-counted': {
    vi: 'Số đo quá nhiều để đếm từng số trong một báo cáo: bảng sẵn có đếm theo giờ; cờ chất lượng và giá trị đơn xem ở báo cáo tháng hoặc báo cáo của từng trạm.',
    en: 'Too many readings to count one by one in one report: availability is counted in hours; for quality flags and single values see reports of months or of one station.',
  },
} as const satisfies Record<string, Bilingual>;

export const caveat = (code: keyof typeof caveats): Caveat => ({ code, text: caveats[code] });
