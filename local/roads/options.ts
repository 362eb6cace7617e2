import { parseArgs } from 'node:util';
import type { Box } from '../../shared/routing/travel/roads/read-osm-pbf.ts';
import { type TruckClass, twoAxleCompactor } from '../../shared/routing/travel/roads/truck-access.ts';

export const roadsUsage = `npm run roads -- FILE [options]

Reads the roads of an OpenStreetMap extract (.osm.pbf, Overpass JSON, or GeoJSON lines with tags), prepares them for travel times, and
stores them for the planner of the running city, which uses them from its next plan on.

  --box W,S,E,N      only roads in this box, degrees: the way to take a city out of a country (.osm.pbf)
  --tonnes T         gross mass of the trucks, against maxweight (${twoAxleCompactor.tonnes})
  --height M         against maxheight, metres (${twoAxleCompactor.heightMetres})
  --width M          against maxwidth, metres (${twoAxleCompactor.widthMetres})
  --city ID          stop if the running city has another id
  --dry-run          says what would be stored
  --cloud            in AWS instead: what CITY_ID and ROADS_BUCKET name`;

export type RoadsOptions = {
  readonly file: string;
  readonly box?: Box;
  readonly truck: TruckClass;
  readonly cityId?: string;
  readonly dryRun: boolean;
  readonly cloud: boolean;
};

const boxOption = (text: string): Box => {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN, ...more] = text
    .split(',')
    .map((edge) => (edge.trim() === '' ? Number.NaN : Number(edge)));
  const isBox = more.length === 0 && west < east && south < north && Math.abs(west) <= 180 && east <= 180;
  if (!isBox || south < -90 || north > 90) throw new Error(`--box ${text} is no box: west,south,east,north in degrees`);
  return { west, south, east, north };
};

const measure = (name: string, text: string | undefined, usual: number): number => {
  if (text === undefined) return usual;
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 200)) throw new Error(`--${name} ${text} is no measure of a truck`);
  return value;
};

/** @throws Error in words for the person at the keyboard. */
export const readRoadsOptions = (args: readonly string[]): RoadsOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      box: { type: 'string' },
      tonnes: { type: 'string' },
      height: { type: 'string' },
      width: { type: 'string' },
      city: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      cloud: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error('Say which file: one extract');
  return {
    file,
    truck: {
      tonnes: measure('tonnes', values.tonnes, twoAxleCompactor.tonnes),
      heightMetres: measure('height', values.height, twoAxleCompactor.heightMetres),
      widthMetres: measure('width', values.width, twoAxleCompactor.widthMetres),
    },
    dryRun: values['dry-run'],
    cloud: values.cloud,
    ...(values.box !== undefined && { box: boxOption(values.box) }),
    ...(values.city !== undefined && { cityId: values.city }),
  };
};
