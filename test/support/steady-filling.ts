import type { Bin } from '../../shared/city/entities.ts';
import { UNCALIBRATED } from '../../shared/waste/forecast/calibration.ts';
import { groupKey } from '../../shared/waste/forecast/fit.ts';
import { ASSUMED } from '../../shared/waste/forecast/group.ts';
import { FLAT } from '../../shared/waste/forecast/profile.ts';
import type { OutlookBookStore } from '../../shared/waste/outlook/outlook-book.ts';

/** Models as a last update would leave them of bins that fill steadily, by so much an hour, and have for weeks. */
export const steadyFilling = (
  bins: readonly Pick<Bin, 'id'>[],
  perHour: number,
  at: number,
): Pick<OutlookBookStore, 'read'> => ({
  read: async () => ({
    at,
    groups: { [groupKey()]: { profile: FLAT, group: { ...ASSUMED, rate: perHour } } },
    calibrations: { other: UNCALIBRATED },
    bins: bins.map(({ id }) => ({
      binId: id,
      group: groupKey(),
      model: { rate: perHour, variance: (0.02 * perHour) ** 2, perFill: 0.002, perSquare: 0.001, pieces: 40 },
      level: null,
      lastEmptiedAt: null,
      hoursSeen: 960,
    })),
  }),
});
