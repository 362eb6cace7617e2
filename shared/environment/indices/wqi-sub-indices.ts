import { type Quantity, quantities } from '../../telemetry/quantity.ts';
import type { IndexInput, SubIndex } from './index-result.ts';
import { interpolate } from './interpolate.ts';
import {
  groupI,
  groupIi,
  groupIii,
  groupIv,
  groupV,
  oxygenTable,
  type SubIndexTable,
  saturatedOxygen,
} from './vn-wqi-tables.ts';

/** A value of a water as the index takes it, in canonical units. */
export type WaterValue = {
  readonly value: number;
  readonly origin: 'laboratory' | 'sensor';
  /** Of a sensor's mean, 0..1; 1 when absent. */
  readonly completeness?: number;
};

export type WaterValues = Partial<Readonly<Record<Quantity, WaterValue>>>;

export type WqiPart = { readonly input: IndexInput; readonly sub: SubIndex; readonly origin: WaterValue['origin'] };

/** The five groups of QĐ 1460/QĐ-TCMT, 2.1. */
export type WqiGroups = Readonly<Record<'i' | 'ii' | 'iii' | 'iv' | 'v', readonly WqiPart[]>>;

const lookUp = ({ points, below, above }: SubIndexTable, value: number): { exact: number; beyondScale: boolean } => {
  const exact = interpolate(points, value);
  if (exact !== undefined) return { exact, beyondScale: false };
  const isBelow = value < (points[0]?.[0] ?? 0);
  return { exact: isBelow ? below : above, beyondScale: !isBelow };
};

const known = (value: WaterValue | undefined): value is WaterValue =>
  value !== undefined && Number.isFinite(value.value);

const partOf = (quantity: Quantity, measured: WaterValue, table: SubIndexTable, lookedUp: number): WqiPart => {
  const { exact, beyondScale } = lookUp(table, lookedUp);
  const { value, origin, completeness = 1 } = measured;
  const { unit } = quantities[quantity];
  return {
    origin,
    input: { quantity, period: 'sample', value, unit, completeness },
    sub: { quantity, period: 'sample', value: exact, exact, beyondScale, verified: true },
  };
};

const partsOf = (tables: Readonly<Partial<Record<Quantity, SubIndexTable>>>, values: WaterValues): readonly WqiPart[] =>
  Object.entries(tables).flatMap(([name, table]) => {
    const quantity = name as Quantity;
    const measured = values[quantity];
    return known(measured) ? [partOf(quantity, measured, table, measured.value)] : [];
  });

/** DO counts by its share of what saturates water of the same temperature; without the temperature it says nothing. */
const oxygenPart = ({ dissolvedOxygen, waterTemperature }: WaterValues): readonly WqiPart[] => {
  if (!known(dissolvedOxygen) || !known(waterTemperature)) return [];
  const saturated = saturatedOxygen(waterTemperature.value);
  if (saturated <= 0) return [];
  return [partOf('dissolvedOxygen', dissolvedOxygen, oxygenTable, (dissolvedOxygen.value / saturated) * 100)];
};

/** The sub-indices of all values that the decision knows, in its order; others, TSS and turbidity among them, are no part of it. */
export const subIndicesOf = (values: WaterValues): WqiGroups => ({
  i: partsOf(groupI, values),
  ii: partsOf(groupIi, values),
  iii: partsOf(groupIii, values),
  iv: [...oxygenPart(values), ...partsOf(groupIv, values)],
  v: partsOf(groupV, values),
});

/** Every quantity of the five groups, in the decision's order. */
export const wqiQuantities: readonly Quantity[] = [
  ...Object.keys({ ...groupI, ...groupIi, ...groupIii }),
  'dissolvedOxygen',
  ...Object.keys({ ...groupIv, ...groupV }),
] as readonly Quantity[];
