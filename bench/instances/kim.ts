import { type Instance, matrixOf, type Point, totalDistance } from './instance.ts';

/**
 * Reads the waste-collection instances of Kim, Kim and Sahoo, "Waste collection vehicle routing problem with time windows",
 * Computers & Operations Research 33 (2006) 3624–3642. Coordinates are feet, distances Manhattan, loads cubic yards; published
 * results are miles: the distance driven is the cost here, and `vehiclesFirst` the other objective of the literature.
 */
const METRES_PER_FOOT = 0.3048;
const METRES_PER_MILE = 1_609.344;
const LITRES_PER_YARD = 764.554857984;
/** The lunch starts between 11:00 and 12:00. */
const LUNCH_WINDOW: readonly [number, number] = [11 * 3_600, 12 * 3_600];

type Place = Point & {
  readonly id: string;
  readonly window: [number, number];
  readonly service: number;
  readonly yards: number;
  readonly kind: number;
};

const secondsOf = (clock: number): number => Math.floor(clock / 100) * 3_600 + (clock % 100) * 60;

const parsePlace = (line: string): Place | undefined => {
  const [id, x, y, early, late, service, yards, kind] = line.trim().split(/\s+/).map(Number);
  if (x === undefined || y === undefined || early === undefined || late === undefined || kind === undefined) return;
  if (![x, y, early, late, kind].every(Number.isFinite)) return;
  const window: [number, number] = [secondsOf(early), secondsOf(late)];
  return { id: String(id), x, y, window, service: service ?? 0, yards: yards ?? 0, kind };
};

const manhattanMetres = (a: Point, b: Point): number => (Math.abs(a.x - b.x) + Math.abs(a.y - b.y)) * METRES_PER_FOOT;

/** @throws Error when the file names no depot. */
export const readKim = (text: string, name: string): Instance => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [capacity = 0, yardsADay = 0, stopsADay = 0, lunch = 0, milesAnHour = 1] = lines
    .slice(0, 5)
    .map(Number.parseFloat);
  const places = lines.slice(6).flatMap((line) => parsePlace(line) ?? []);
  const depot = places.findIndex((place) => place.kind === 0);
  const distances = matrixOf(places, manhattanMetres);
  const metresASecond = (milesAnHour * METRES_PER_MILE) / 3_600;
  const depotPlace = places[depot];
  if (depotPlace === undefined) throw new Error('No depot (type 0) in the waste-collection file');
  const indexed = places.map((place, location) => ({ ...place, location }));
  return {
    kind: 'Kim',
    problem: {
      name,
      locations: places.map(({ id }) => ({ id })),
      distanceMetres: distances,
      durationSeconds: distances.map((row) => row.map((metres) => metres / metresASecond)),
      travelSource: `Manhattan at ${milesAnHour} mph`,
      vehicles: [
        {
          id: 'truck',
          type: 'truck',
          count: places.length,
          startLocation: depot,
          endLocation: depot,
          capacity: { litres: capacity * LITRES_PER_YARD, kg: 0 },
          shift: depotPlace.window,
          fixedCost: 0,
          costPerMetre: 1,
          costPerSecond: 0,
          breaks: [{ window: [...LUNCH_WINDOW], seconds: lunch }],
          maxStops: stopsADay,
          maxLitresPerShift: yardsADay * LITRES_PER_YARD,
        },
      ],
      stops: indexed
        .filter(({ kind }) => kind === 1)
        .map(({ id, location, window, service, yards }) => ({
          id,
          location,
          load: { litres: yards * LITRES_PER_YARD, kg: 0 },
          serviceSeconds: service,
          windows: [window],
          stream: 'other',
        })),
      disposalSites: indexed
        .filter(({ kind }) => kind === 2)
        .map(({ id, location, window, service }) => ({
          id,
          location,
          windows: [window],
          unloadSeconds: service,
          costPerVisit: 0,
        })),
    },
    report: (solution) => {
      const miles = totalDistance(solution) / METRES_PER_MILE;
      return { cost: miles, distance: miles };
    },
  };
};
