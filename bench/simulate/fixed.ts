import type { SimulatedCity } from './city.ts';

/** What a schedule aims at: a bin's mean fill when the truck comes. Fuller ones overflow on busy days. */
const AIM = 0.6;
const INTERVALS = [14, 10, 7, 6, 5, 4, 3, 2, 1] as const;

/**
 * A schedule as a city draws one up that knows its bins' mean filling: each bin every so many days, as seldom as keeps its mean
 * fill at the collection under the aim. Those of an interval go round the city by days, sector by sector as seen from the depot.
 */
export const fixedSchedule = ({ bins, sources, fleet }: SimulatedCity): readonly ((night: number) => boolean)[] => {
  const [depot] = fleet.depots;
  const intervals = sources.map(({ perDay }) => INTERVALS.find((days) => days * perDay <= AIM) ?? 1);
  const angle = (index: number): number => {
    const { latitude = 0, longitude = 0 } = bins[index]?.position ?? {};
    const { position } = depot ?? { position: { latitude: 0, longitude: 0 } };
    return Math.atan2(latitude - position.latitude, longitude - position.longitude);
  };
  const phase = new Array<number>(bins.length).fill(0);
  for (const days of INTERVALS) {
    const alike = intervals
      .flatMap((interval, index) => (interval === days ? index : []))
      .sort((a, b) => angle(a) - angle(b));
    for (const [rank, index] of alike.entries()) phase[index] = Math.floor((rank * days) / alike.length);
  }
  return intervals.map((days, index) => (night) => night % days === phase[index]);
};
