/** Breaks that a vehicle has yet to take, in order: each must start inside its span and lasts so many seconds. */
export type Breaks = readonly { readonly from: number; readonly to: number; readonly seconds: number }[];

/** How a leg takes the break that is due next. */
export const NO_BREAK = 0;
export const BREAK_BEFORE_LEAVING = 1;
export const BREAK_ON_ARRIVAL = 2;
