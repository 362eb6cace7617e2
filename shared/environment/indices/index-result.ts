import type { Quantity } from '../../telemetry/quantity.ts';
import type { Mean } from '../averaging.ts';

/** Every index that the city computes, by the name that it is published under. */
export const indexNames = ['VN_AQI', 'US_AQI', 'VN_WQI', 'WQI_INDICATIVE'] as const;
export type IndexName = (typeof indexNames)[number];

/** A mean as an index takes it; one that is not valid counts as missing, however near its value is. */
export type MeanInput = Pick<Mean, 'value' | 'completeness' | 'isValid'>;

/** A series of means, one slot for each hour in time's order as the function says; a slot without a mean is `undefined`. */
export type Slots = readonly (MeanInput | undefined)[];

/** What an index took of a quantity. */
export type InputPeriod = 'nowcast' | '1h' | '8h' | 'max 1h' | 'max 8h' | '24h' | 'sample';

export type IndexInput = {
  readonly quantity: Quantity;
  readonly period: InputPeriod;
  /** In `unit`. */
  readonly value: number;
  readonly unit: string;
  /** 0..1: the share of the expected data under the value; 1 for a laboratory's sample. */
  readonly completeness: number;
};

export type SubIndex = {
  readonly quantity: Quantity;
  /** The period that decided, where a pollutant has two. */
  readonly period: InputPeriod;
  /** As published: whole for an AQI, as computed for a WQI. */
  readonly value: number;
  /** Before rounding. */
  readonly exact: number;
  /** True where the concentration lies beyond the last break-point and the sub-index stays at its end. */
  readonly beyondScale: boolean;
  /** False where nobody has read the source of the break-points that decided. */
  readonly verified: boolean;
};

/** A band of an index, with the colour and words it is published with. `red;green;blue`, 0..255. */
export type IndexCategory = {
  /** 1 is the best. */
  readonly level: number;
  readonly min: number;
  readonly max: number;
  readonly nameEn: string;
  readonly nameVi: string;
  readonly colourEn: string;
  readonly colourVi: string;
  readonly rgb: readonly [red: number, green: number, blue: number];
  readonly healthEn?: string;
  readonly healthVi?: string;
  /** What anybody should do, and what sensitive people should. */
  readonly adviceEn?: string;
  readonly adviceVi?: string;
  readonly sensitiveAdviceEn?: string;
  readonly sensitiveAdviceVi?: string;
  /** The other name that QĐ 1460, Bảng 7 gives the band, where the two differ, and what the water can be used for. */
  readonly alsoNamedVi?: string;
  readonly useEn?: string;
  readonly useVi?: string;
};

export type ComputedIndex = {
  readonly status: 'computed';
  readonly index: IndexName;
  /** Whole number: 0..500 for an AQI, 0..100 for a WQI. */
  readonly value: number;
  readonly category: IndexCategory;
  /** What decided; of a WQI, the quantity with the worst sub-index. */
  readonly dominant: Quantity;
  readonly subIndices: readonly SubIndex[];
  readonly inputs: readonly IndexInput[];
  /** The least completeness among the inputs. */
  readonly completeness: number;
  /** Quantities that the index knows and this value does without. */
  readonly missing: readonly Quantity[];
  /** Decision and our own version of how it is computed, e.g. `1459/QĐ-TCMT hourly, 1`. */
  readonly methodVersion: string;
  /** What a reader must know of this value, in both languages. */
  readonly notes: readonly { readonly en: string; readonly vi: string }[];
};

export type NotComputableIndex = {
  readonly status: 'not-computable';
  readonly index: IndexName;
  readonly reason: NotComputableReason;
  readonly reasonEn: string;
  readonly reasonVi: string;
  readonly methodVersion: string;
};

export type IndexResult = ComputedIndex | NotComputableIndex;

const reasons = {
  'reference-station': {
    en: 'A reference station may publish concentrations, not an index (Circular 10/2021/TT-BTNMT, Article 29)',
    vi: 'Trạm tham khảo chỉ được công bố nồng độ, không công bố chỉ số (Thông tư 10/2021/TT-BTNMT, Điều 29)',
  },
  'no-data': {
    en: 'None of the index’s quantities has enough data',
    vi: 'Không thông số nào của chỉ số có đủ dữ liệu',
  },
  'no-particles': {
    en: 'Neither PM2.5 nor PM10 has enough data; the decision demands one of them (1459/QĐ-TCMT)',
    vi: 'Thiếu dữ liệu PM2.5 và PM10; bắt buộc phải có ít nhất một trong hai (1459/QĐ-TCMT)',
  },
  'sensors-only': {
    en: 'Sensor values alone make no VN_WQI: the decision is for periodic sampling (1460/QĐ-TCMT, 1.1)',
    vi: 'Chỉ có số liệu cảm biến thì không tính VN_WQI: quyết định áp dụng cho quan trắc định kỳ (1460/QĐ-TCMT, 1.1)',
  },
  'too-few-in-group-4': {
    en: 'Group IV (DO, BOD5, COD, TOC, N-NH4, N-NO3, N-NO2, P-PO4) needs at least three values (1460/QĐ-TCMT)',
    vi: 'Nhóm IV (DO, BOD5, COD, TOC, N-NH4, N-NO3, N-NO2, P-PO4) cần ít nhất 3 thông số (1460/QĐ-TCMT)',
  },
  'too-few-groups': {
    en: 'At least three of the five groups need values (1460/QĐ-TCMT)',
    vi: 'Cần số liệu của ít nhất 3 trong 5 nhóm thông số (1460/QĐ-TCMT)',
  },
  'no-pesticides': {
    en: 'This water is affected by pesticides: group II must be among the values (1460/QĐ-TCMT)',
    vi: 'Nguồn nước chịu ảnh hưởng của thuốc bảo vệ thực vật: bắt buộc phải có nhóm II (1460/QĐ-TCMT)',
  },
  'no-metals': {
    en: 'This water is affected by heavy metals: group III must be among the values (1460/QĐ-TCMT)',
    vi: 'Nguồn nước chịu ảnh hưởng của kim loại nặng: bắt buộc phải có nhóm III (1460/QĐ-TCMT)',
  },
  'too-few-for-indication': {
    en: 'An indication needs two sensor values of group IV at least; DO counts with the water’s temperature',
    vi: 'Chỉ số tham khảo cần ít nhất hai thông số nhóm IV đo bằng cảm biến; DO phải kèm nhiệt độ nước',
  },
} as const;

export type NotComputableReason = keyof typeof reasons;
export const notComputableReasons = Object.keys(reasons) as readonly NotComputableReason[];

/** An index that cannot be computed, with the reason in both languages. */
export const notComputable = (
  { index, methodVersion }: Pick<NotComputableIndex, 'index' | 'methodVersion'>,
  reason: NotComputableReason,
): NotComputableIndex => ({
  status: 'not-computable',
  index,
  reason,
  reasonEn: reasons[reason].en,
  reasonVi: reasons[reason].vi,
  methodVersion,
});
