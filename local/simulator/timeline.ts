import * as z from 'zod';

/**
 * How the model's time follows the clock. At a speed-up of 60 a minute on the clock is an hour in the model: bins fill and are
 * emptied sixty times as fast, and sensors report sixty times as often. What they report is stamped with the clock's time, for
 * a reading from the future would rightly be refused.
 */
export const timelineSchema = z.array(
  z.object({
    /** On the clock, epoch milliseconds. */
    from: z.int(),
    /** In the model at that instant, epoch milliseconds. */
    model: z.int(),
    speed: z.number().positive(),
  }),
);

export type Timeline = z.infer<typeof timelineSchema>;

/** The model's time at an instant on the clock; before the first start the two are the same. */
export const modelTime = (timeline: Timeline, at: number): number => {
  const stretch = timeline.findLast(({ from }) => from <= at);
  return stretch === undefined ? at : Math.round(stretch.model + (at - stretch.from) * stretch.speed);
};

/** The timeline with a speed from `at` on; the model's time has no jump there. */
export const withSpeed = (timeline: Timeline, at: number, speed: number): Timeline =>
  timeline.at(-1)?.speed === speed ? timeline : [...timeline, { from: at, model: modelTime(timeline, at), speed }];
