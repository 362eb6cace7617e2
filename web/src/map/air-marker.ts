import { vnAqiCategories } from '../../../shared/environment/indices/vn-aqi-tables.ts';
import type { WireOpenIndex } from '../api/air-quality.ts';
import { textOn } from '../format/text-on.ts';
import { type MarkerShape, placeMarkers } from './marker-shapes.ts';

/** How an air station's marker looks by its VN_AQI of the hour: the category's colour, and the number as text. */
export type AirLook = { readonly icon: string; readonly label: string };

const [DISC, WIND] = placeMarkers.air;

/** The markers of the six categories by the names that `airLooks` gives. */
export const airMarkers: Readonly<Record<string, MarkerShape>> = Object.fromEntries(
  vnAqiCategories.map(({ level, rgb }) => [
    `air-${level}`,
    [
      { ...DISC, fill: `rgb(${rgb.join(',')})` },
      { ...WIND, stroke: textOn(rgb) },
    ],
  ]),
);

/** Looks by station; one without an index keeps the plain marker. */
export const airLooks = (indices: readonly WireOpenIndex[]): ReadonlyMap<string, AirLook> =>
  new Map(
    indices.flatMap(({ stationId, result }) =>
      result.status === 'computed'
        ? [[stationId, { icon: `air-${result.category.level}`, label: `${result.value}` }] as const]
        : [],
    ),
  );
