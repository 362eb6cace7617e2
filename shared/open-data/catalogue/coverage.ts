import type { Position } from '../../city/entities.ts';
import { context, instant, type Node } from './vocabulary.ts';

/** Smallest box around positions as `[west, south, east, north]` in degrees; `undefined` around none. */
export const boxAround = (
  positions: readonly Position[],
): readonly [west: number, south: number, east: number, north: number] | undefined => {
  if (positions.length === 0) return undefined;
  const longitudes = positions.map(({ longitude }) => longitude);
  const latitudes = positions.map(({ latitude }) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
};

/** `dct:spatial`: the box around what the data set is about. Harvesters read `dcat:bbox` or `locn:geometry`. */
export const spatialCoverage = (positions: readonly Position[]): Node => {
  const box = boxAround(positions);
  if (box === undefined) return {};
  const [west, south, east, north] = box;
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const wkt = {
    '@value': `POLYGON((${corners.map((corner) => corner.join(' ')).join(', ')}))`,
    '@type': `${context.gsp}wktLiteral`,
  };
  return { 'dct:spatial': { '@type': 'dct:Location', 'dcat:bbox': wkt, 'locn:geometry': wkt } };
};

/** UTC epoch milliseconds; a bound that nobody knows is absent. */
export type TimeSpan = { readonly from?: number | undefined; readonly to?: number | undefined };

/** `dct:temporal`, and `dct:modified` with the newest of the data. */
export const temporalCoverage = ({ from, to }: TimeSpan): Node => ({
  ...((from !== undefined || to !== undefined) && {
    'dct:temporal': {
      '@type': 'dct:PeriodOfTime',
      ...(from !== undefined && { 'dcat:startDate': instant(from) }),
      ...(to !== undefined && { 'dcat:endDate': instant(to) }),
    },
  }),
  ...(to !== undefined && { 'dct:modified': instant(to) }),
});
