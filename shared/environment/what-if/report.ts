import type { Quantity } from '../../telemetry/quantity.ts';
import type { IndexCategory, IndexName } from '../indices/index-result.ts';
import type { Limit } from '../limit.ts';
import type { SeriesCaveats } from './caveats.ts';
import type { LimitOutcome } from './judge-limit.ts';

/** One limit against one quantity of one station. */
export type JudgedLimit = { readonly limit: Limit } & LimitOutcome;

/** Periods found and expected between a station's first and last hour. */
export type Coverage = { readonly expected: number; readonly withData: number; readonly valid: number };

export type QuantityReport = {
  readonly quantity: Quantity;
  readonly unit: string;
  readonly caveats: SeriesCaveats;
  /** Cells of repeated rows that contradict the earlier row. */
  readonly contradictions: number;
  /** Values that the quality tests left out of every mean, by flag and test. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Values that count. */
  readonly counted: number;
  readonly hours: Coverage;
  readonly days: Coverage;
  readonly limits: readonly JudgedLimit[];
};

/** One index of a station: its days or hours by category, and those that it could not be computed for, by reason. */
export type IndexReport = {
  readonly index: IndexName;
  readonly period: 'hour' | 'day' | 'sample';
  readonly methodVersion: string;
  readonly computed: number;
  readonly categories: readonly {
    readonly category: Pick<IndexCategory, 'level' | 'min' | 'max' | 'nameEn' | 'nameVi'>;
    readonly count: number;
  }[];
  readonly notComputable: readonly { readonly reason: string; readonly reasonEn: string; readonly count: number }[];
  /** How often each quantity decided. */
  readonly dominant: Readonly<Partial<Record<Quantity, number>>>;
  readonly worst?: { readonly value: number; readonly at: number };
};

export type StationReport = {
  readonly stationId: string;
  /** First and last instant, UTC epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly intervalSeconds: number;
  readonly rows: number;
  readonly repeatedRows: number;
  /** Rows in which PM2.5 is greater than PM10 or TSP, which hold it. */
  readonly partsAboveWhole: readonly { readonly part: Quantity; readonly whole: Quantity; readonly rows: number }[];
  readonly quantities: readonly QuantityReport[];
  readonly indices: readonly IndexReport[];
};

/** What a file says under some standards. Pure numbers: how they are written is the caller's business. */
export type WhatIfReport = {
  readonly timeZone: string;
  readonly stations: readonly StationReport[];
  /** Limits of the chosen standards that nothing was compared with, and why. */
  readonly limitsLeftOut: readonly { readonly limit: Limit; readonly why: 'no-such-column' | 'not-verified' }[];
};
