import * as z from 'zod';

/** Why a figure is not there. No data is never zero, empty or "fine". */
export const missingReasons = {
  'no-bins': { en: 'There are no bins here', vi: 'Không có thùng rác ở đây' },
  'no-fill-data': {
    en: 'No bin here has a usable level of the last 24 hours',
    vi: 'Không thùng nào ở đây có số liệu mức đầy dùng được trong 24 giờ qua',
  },
  'no-plan': { en: 'No plan has been made for the coming shift yet', vi: 'Chưa có kế hoạch thu gom cho ca tới' },
  'whole-city-only': {
    en: 'Told of the whole city only, so that nobody can see where crews are',
    vi: 'Chỉ công bố cho toàn thành phố, để không lộ vị trí của tổ thu gom',
  },
  'no-stations': { en: 'There are no stations of this kind here', vi: 'Không có trạm loại này ở đây' },
  'no-index': {
    en: 'No station here has an index now: too little data, or it may not publish one (Circular 10/2021/TT-BTNMT)',
    vi: 'Hiện không trạm nào ở đây có chỉ số: thiếu số liệu, hoặc không được công bố (Thông tư 10/2021/TT-BTNMT)',
  },
  'no-recent-data': {
    en: 'No station here was heard in the last 24 hours: nobody knows whether a limit is broken',
    vi: 'Không trạm nào ở đây gửi số liệu trong 24 giờ qua: không ai biết có vượt giới hạn hay không',
  },
  'not-judged': {
    en: 'The last three hours have not been compared with limits',
    vi: 'Ba giờ gần nhất chưa được so sánh với giới hạn',
  },
  'no-sensors': { en: 'There are no sensors in use here', vi: 'Không có cảm biến nào đang dùng ở đây' },
  'not-watched': {
    en: 'The sensors here have not been checked yet; that is done every hour',
    vi: 'Chưa kiểm tra tình trạng cảm biến ở đây; việc này làm mỗi giờ một lần',
  },
  'nothing-heard': { en: 'Nothing was ever heard from here', vi: 'Chưa từng nhận được tin nào từ đây' },
} as const;
export type MissingReason = keyof typeof missingReasons;

const entry = (unit: string, nameVi: string, nameEn: string) => ({ unit, nameVi, nameEn });

/** The 20 figures of a control room, in the order in which they are shown. */
const indicatorDefinitions = {
  binsTotal: entry('1', 'Tổng số thùng rác', 'Bins'),
  binsReporting: entry('1', 'Thùng có số liệu', 'Bins with a known fill'),
  binsOver80: entry('1', 'Thùng đầy từ 80 %', 'Bins at 80 % or more'),
  binsOverflowing: entry('1', 'Thùng đầy tràn (từ 95 %)', 'Bins overflowing (95 % or more)'),
  meanFill: entry('%', 'Mức đầy trung bình', 'Mean fill'),
  planStops: entry('1', 'Điểm thu gom theo kế hoạch', 'Stops planned for the shift'),
  planDistance: entry('km', 'Quãng đường theo kế hoạch', 'Distance planned'),
  planTrucks: entry('1', 'Số xe theo kế hoạch', 'Trucks planned'),
  planTonnes: entry('t', 'Khối lượng rác ước tính', 'Waste expected, estimated'),
  collections24h: entry('1', 'Lượt thu gom trong 24 giờ', 'Collections in 24 hours'),
  airStations: entry('1', 'Trạm không khí có VN_AQI', 'Air stations with VN_AQI'),
  airWorst: entry('1', 'VN_AQI xấu nhất', 'Worst VN_AQI'),
  waterStations: entry('1', 'Trạm nước có chỉ số chất lượng', 'Water stations with a quality index'),
  waterWorst: entry('1', 'Chỉ số chất lượng nước xấu nhất', 'Worst water quality index'),
  openEpisodes: entry('1', 'Đợt vượt giới hạn chưa kết thúc', 'Exceedances under way'),
  openAlarms: entry('1', 'Báo động chưa kết thúc', 'Alarms under way'),
  sensorsSilent: entry('1', 'Cảm biến mất tín hiệu', 'Sensors silent'),
  sensorsLowBattery: entry('1', 'Cảm biến pin yếu', 'Sensors with a low battery'),
  completeness24h: entry('%', 'Số liệu nhận được trong 24 giờ', 'Readings received of those expected in 24 hours'),
  newestMessageAge: entry('s', 'Tin mới nhất cách đây', 'Age of the newest message'),
} as const;
export type IndicatorId = keyof typeof indicatorDefinitions;
export const indicatorIds = Object.keys(indicatorDefinitions) as readonly IndicatorId[];

const reasonSchema = z.object({ code: z.string(), en: z.string(), vi: z.string() });

/** How many stations an index puts into each of its categories, and whose the worst value is. */
const detailSchema = z.object({
  categories: z
    .array(z.object({ level: z.int(), nameEn: z.string(), nameVi: z.string(), colour: z.string(), count: z.int() }))
    .optional(),
  station: z.object({ id: z.string(), name: z.string() }).optional(),
  category: z.object({ level: z.int(), nameEn: z.string(), nameVi: z.string(), colour: z.string() }).optional(),
  index: z.string().optional().meta({ description: 'VN_AQI, VN_WQI, or WQI_INDICATIVE of sensors alone' }),
});
export type Detail = z.infer<typeof detailSchema>;

const figureShape = {
  value: z.number().nullable().meta({ description: 'Null where nobody knows; never zero for that' }),
  reason: reasonSchema.nullable().meta({ description: 'Why there is no value; null where there is one' }),
  at: z.iso.datetime().meta({ description: 'When it was worked out; of an index, the end of its period' }),
  detail: detailSchema.optional(),
};

export const indicatorSchema = z
  .object({
    id: z.enum(indicatorIds as [IndicatorId, ...IndicatorId[]]),
    nameVi: z.string(),
    nameEn: z.string(),
    unit: z.string(),
    ...figureShape,
    wards: z.array(z.object({ ward: z.string(), ...figureShape })),
  })
  .meta({ id: 'Indicator' });
export type Indicator = z.infer<typeof indicatorSchema>;

/** A figure of one area. `at`: UTC epoch milliseconds. */
export type Figure =
  | { readonly value: number; readonly at: number; readonly detail?: Detail }
  | { readonly value: null; readonly reason: MissingReason; readonly at: number };
export type Figures = Readonly<Record<IndicatorId, Figure>>;

export const known = (value: number, at: number, detail?: Detail): Figure => ({
  value,
  at,
  ...(detail !== undefined && { detail }),
});
export const unknown = (reason: MissingReason, at: number): Figure => ({ value: null, reason, at });

const figureAnswer = (figure: Figure) => ({
  value: figure.value,
  reason: figure.value === null ? { code: figure.reason, ...missingReasons[figure.reason] } : null,
  at: new Date(figure.at).toISOString(),
  ...(figure.value !== null && figure.detail !== undefined && { detail: figure.detail }),
});

/** The figures of the city and of its wards, as the public sees them. */
export const indicatorsOf = (whole: Figures, wards: ReadonlyMap<string, Figures>): Indicator[] =>
  indicatorIds.map((id) => ({
    id,
    ...indicatorDefinitions[id],
    ...figureAnswer(whole[id]),
    wards: [...wards].map(([ward, figures]) => ({ ward, ...figureAnswer(figures[id]) })),
  }));
