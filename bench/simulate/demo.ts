import { demoBins } from '../../local/demo-city/bins.ts';
import { city, depots, disposalSites, vehicles } from '../../local/demo-city/fleet.ts';
import { randomOf } from '../forecast/random.ts';
import type { SimulatedCity, Source } from './city.ts';

const BAG_LITRES = 15;
/** From a bin that fills in three days to one that takes a fortnight. */
const PER_DAY = 0.17;
const RATE_SPREAD = 0.45;

/** The demo city, Thủ Dầu Một: its bins, its rules (80 % is full enough, food waste every other day), its night shifts. */
export const demo = (seed: number): SimulatedCity => {
  const random = randomOf(seed * 7_919 + 43);
  const bins = demoBins().map(({ bin }) => bin);
  const sources = bins.map(
    ({ container }): Source => ({
      perDay: PER_DAY * Math.exp(RATE_SPREAD * random.normal() - RATE_SPREAD ** 2 / 2),
      bag: BAG_LITRES / container.capacityLitres,
    }),
  );
  return {
    name: 'demo',
    city,
    fleet: { vehicles, depots, disposalSites },
    bins,
    sources,
    dayVariation: 0.25,
    firstDay: '2026-08-03',
    planTime: '19:00',
    selected: Math.round(sources.reduce((sum, { perDay }) => sum + perDay, 0) / 0.489),
  };
};
