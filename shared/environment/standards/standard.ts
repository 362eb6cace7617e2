import type { Quantity } from '../../telemetry/quantity.ts';
import type { AveragingPeriod, Limit } from '../limit.ts';

/** A standard as a city names it in a station's `standards`. Adding a country is adding a file with one of these (docs/standards.md). */
export type Standard = {
  readonly standardId: string;
  readonly titleEn: string;
  readonly titleVi: string;
  /** What its limits are about: it can be applied to stations of this kind only. */
  readonly kind: 'air' | 'water';
  /** What a station must choose among, e.g. classes of water; empty where there is nothing to choose. */
  readonly classes: readonly string[];
  /** Of every class; a limit without `class` belongs to each. Versions that replaced each other are told apart by `inForce`. */
  readonly limits: readonly Limit[];
  /** What the standard says and we do not judge, with the reason, so that nobody takes it for kept. */
  readonly notJudged?: readonly { readonly what: string; readonly why: string }[];
};

type Common = Pick<Limit, 'standardId' | 'standard' | 'decision' | 'inForce'> & {
  /** Begins the ids of its limits: letters, digits and `-`. */
  readonly prefix: string;
} & Partial<Pick<Limit, 'class' | 'role' | 'source'>>;

export type Row = Pick<Limit, 'quantity' | 'averagingPeriod' | 'value'> &
  Partial<Pick<Limit, 'bound' | 'verified' | 'inForce' | 'allowance' | 'printed' | 'role' | 'source'>>;

/** Values by averaging period, as a table's row has them. */
export type Periods = Partial<Record<AveragingPeriod, number>>;

/** A table's rows as limits; what a row does not say is as the table says. `-min` in an id tells the lower end of a range. */
export const limitsOf = ({ prefix, ...common }: Common, rows: readonly Row[]): readonly Limit[] =>
  rows.map((row) => ({
    ...common,
    bound: 'max',
    verified: true,
    ...row,
    limitId: [
      prefix,
      ...(common.class === undefined ? [] : [common.class.toLowerCase()]),
      row.quantity.toLowerCase(),
      row.averagingPeriod,
      ...(row.bound === 'min' ? ['min'] : []),
      String(row.printed?.value ?? row.value).replace('.', 'p'),
    ].join('-'),
  }));

/** Rows of maxima from a table that has a column for each averaging period. */
export const rowsOf = (table: Partial<Record<Quantity, Periods>>): readonly Row[] =>
  Object.entries(table).flatMap(([quantity, periods]) =>
    Object.entries(periods).map(([averagingPeriod, value]) => ({
      quantity: quantity as Quantity,
      averagingPeriod: averagingPeriod as AveragingPeriod,
      value,
    })),
  );
