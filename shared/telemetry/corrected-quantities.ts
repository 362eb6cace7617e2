import type { QuantityDefinition } from './quantity.ts';

/**
 * What a correction makes of a raw quantity (see `corrections/`) is a quantity of its own, so that a series never mixes the two: the raw
 * one stays as the device said it. No device can send these.
 */
export const correctedQuantities = {
  fillDistanceCorrected: {
    unit: 'mm',
    kind: 'bin',
    nameEn: 'Distance to waste, corrected',
    nameVi: 'Khoảng cách đến rác (đã hiệu chỉnh)',
    failSpan: [0, 10_500],
    suspectSpan: [20, 6_300],
  },
  pm25Corrected: {
    unit: 'µg/m³',
    kind: 'air',
    nameEn: 'PM2.5, corrected',
    nameVi: 'Bụi PM2.5 (đã hiệu chỉnh)',
    failSpan: [0, 1_000],
    suspectSpan: [0, 500],
  },
} as const satisfies Record<string, QuantityDefinition>;
