import * as z from 'zod';

const share = z.number().gt(0).max(1);

/**
 * How much data makes a valid mean, as shares of what is expected: of the readings of an hour, of the hours of 8 hours and of a day, of
 * the days of a month and of a year. Neither QCVN 05:2023/BTNMT nor QĐ 1459/QĐ-TCMT nor TT 10/2021/TT-BTNMT (as far as we could read it)
 * states a share: 75 % is this product's policy, after Directive (EU) 2024/2881, Annex V (75 % of the values of an hour, 6 of 8 hours, 18
 * of 24 hours). The directive wants more of a year (85 % of its hours): a city that reports by it sets `year`.
 */
export const averagingPolicySchema = z.strictObject({
  hour: share.default(0.75),
  eightHours: share.default(0.75),
  day: share.default(0.75),
  month: share.default(0.75),
  year: share.default(0.75),
});
export type AveragingPolicy = z.infer<typeof averagingPolicySchema>;

export const defaultAveragingPolicy: AveragingPolicy = averagingPolicySchema.parse({});

/** A share of a whole number of parts, by no more than what floating point leaves over. */
const TOLERANCE = 1e-9;

/** The least number of parts that is the share of what is expected: 18 of 24 at 75 %, and never none. */
export const partsNeeded = (share: number, expected: number): number =>
  Math.max(1, Math.ceil(share * expected - TOLERANCE));
