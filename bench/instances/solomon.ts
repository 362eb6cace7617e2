import { euclidean, type Instance, matrixOf, totalDistance } from './instance.ts';
import { vehiclesFirst } from './objective.ts';

/**
 * Reads Solomon's and Gehring & Homberger's VRPTW text files. Their objective is hierarchical: fewest vehicles, then least
 * distance, in double precision.
 */
export const readSolomon = (text: string): Instance => {
  const rows = text.split(/\r?\n/).map((line) => line.trim());
  const numbers = rows
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(/\s+/).map(Number))
    .filter((row) => row.length >= 2 && row.every(Number.isFinite));
  const [count = 0, capacity = 0] = numbers.find((row) => row.length === 2) ?? [];
  const customers = numbers
    .filter((row) => row.length === 7)
    .map(([id = 0, x = 0, y = 0, demand = 0, ready = 0, due = 0, service = 0]) => ({
      id,
      x,
      y,
      demand,
      ready,
      due,
      service,
    }));
  const [depot, ...stops] = customers;
  if (depot === undefined || count === 0) throw new Error('No vehicles or no customers in the Solomon file');
  const distances = matrixOf(customers, euclidean);
  return vehiclesFirst({
    kind: 'Solomon',
    problem: {
      name: rows.find((line) => line !== '') ?? 'unnamed',
      locations: customers.map(({ id }) => ({ id: String(id) })),
      distanceMetres: distances,
      durationSeconds: distances,
      travelSource: 'Euclidean, double precision',
      vehicles: [
        {
          id: 'vehicle',
          type: 'vehicle',
          count,
          startLocation: 0,
          endLocation: 0,
          capacity: { litres: capacity, kg: 0 },
          shift: [depot.ready, depot.due],
          fixedCost: 0,
          costPerMetre: 1,
          costPerSecond: 0,
          breaks: [],
        },
      ],
      stops: stops.map((stop, index) => ({
        id: String(stop.id),
        location: index + 1,
        load: { litres: stop.demand, kg: 0 },
        serviceSeconds: stop.service,
        windows: [[stop.ready, stop.due]],
        stream: 'other',
      })),
      disposalSites: [],
    },
    report: (solution) => ({ cost: totalDistance(solution), distance: totalDistance(solution) }),
  });
};
