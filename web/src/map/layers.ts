import type { LayerSpecification } from 'maplibre-gl';

/** Everything on the map that comes from the city, lowest first. */
export const sourceNames = ['graticule', 'wards', 'closures', 'routes', 'places', 'bins', 'stops'] as const;
export type SourceName = (typeof sourceNames)[number];

const FONT = ['sans-serif'];

const growing = (small: number, large: number): ['interpolate', ['linear'], ['zoom'], ...number[]] => [
  'interpolate',
  ['linear'],
  ['zoom'],
  10,
  small,
  16,
  large,
];

/** Small from afar, so that neighbours stay apart. */
const iconSize: ['interpolate', ['linear'], ['zoom'], ...number[]] = [
  'interpolate',
  ['linear'],
  ['zoom'],
  10,
  0.35,
  12,
  0.55,
  13,
  0.8,
  16,
  1.2,
];

/** It is to be found from afar: never much smaller than when near. */
const reportSize: ['interpolate', ['linear'], ['zoom'], ...number[]] = growing(0.6, 0.85);

/** From afar only the stop numbers that fit are shown; the list has them all. */
const allowOverlapWhenNear: ['step', ['zoom'], boolean, number, boolean] = ['step', ['zoom'], false, 12.5, true];

const backdrop: LayerSpecification[] = [
  { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': '#dde3dc', 'line-width': 1 } },
  {
    id: 'wards',
    type: 'symbol',
    source: 'wards',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONT,
      'text-size': growing(11, 20),
      'text-letter-spacing': 0.08,
      'text-max-width': 8,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': '#7d8c83', 'text-halo-color': '#eef1ec', 'text-halo-width': 1.5 },
  },
];

/** Filled where routes go round it; only outlined where they may still lead through it. */
const closures: LayerSpecification[] = [
  {
    id: 'closures',
    type: 'fill',
    source: 'closures',
    filter: ['get', 'held'],
    paint: { 'fill-color': '#b3261e', 'fill-opacity': 0.16 },
  },
  {
    id: 'closure-rims',
    type: 'line',
    source: 'closures',
    paint: { 'line-color': '#b3261e', 'line-width': 2, 'line-dasharray': [1.5, 1.5] },
  },
];

const routes: LayerSpecification[] = [
  {
    id: 'route-casing',
    type: 'line',
    source: 'routes',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': '#ffffff', 'line-width': growing(5, 10) },
  },
  {
    id: 'route-lines',
    type: 'line',
    source: 'routes',
    filter: ['!', ['get', 'straight']],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': ['get', 'colour'], 'line-width': growing(2.5, 6) },
  },
  {
    // Where only the straight line between two places is known.
    id: 'route-straight',
    type: 'line',
    source: 'routes',
    filter: ['get', 'straight'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': ['get', 'colour'], 'line-width': growing(2.5, 6), 'line-dasharray': [2, 1.2] },
  },
  {
    id: 'route-arrows',
    type: 'symbol',
    source: 'routes',
    minzoom: 11.5,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 110,
      'icon-image': ['get', 'arrow'],
      'icon-size': growing(0.6, 1),
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
  },
];

const places: LayerSpecification[] = [
  {
    id: 'places',
    type: 'symbol',
    source: 'places',
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-size': iconSize,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': ['step', ['zoom'], ['coalesce', ['get', 'label'], ''], 13.5, ['get', 'name']],
      'text-font': FONT,
      'text-size': 12,
      'text-offset': [0, 1.5],
      'text-anchor': 'top',
      'text-optional': true,
    },
    paint: { 'text-color': '#22332d', 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
  },
  {
    id: 'selected',
    type: 'circle',
    source: 'bins',
    filter: ['==', ['get', 'id'], ''],
    paint: {
      'circle-radius': growing(14, 24),
      'circle-color': '#ffffff',
      'circle-opacity': 0.85,
      'circle-stroke-color': '#14231f',
      'circle-stroke-width': 3,
    },
  },
  {
    id: 'bins',
    type: 'symbol',
    source: 'bins',
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-size': iconSize,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['get', 'rank'],
      'text-field': ['step', ['zoom'], '', 14, ['get', 'label']],
      'text-font': FONT,
      'text-size': 12,
      'text-offset': [0, 1.2],
      'text-anchor': 'top',
      'text-optional': true,
    },
    paint: { 'text-color': '#14231f', 'text-halo-color': '#ffffff', 'text-halo-width': 1.8 },
  },
  {
    // On the bin's left shoulder, where no stop's number lies.
    id: 'reported',
    type: 'symbol',
    source: 'bins',
    filter: ['has', 'report'],
    layout: {
      'icon-image': 'reported',
      'icon-size': reportSize,
      'icon-offset': [-16, -13],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      // Beside the sign, on the side where no stop's number lies: bins of one place share what is below.
      'text-field': ['step', ['zoom'], '', 14, ['get', 'report']],
      'text-font': FONT,
      'text-size': 12,
      'text-offset': [-1.9, -0.9],
      'text-anchor': 'right',
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': '#b3261e', 'text-halo-color': '#ffffff', 'text-halo-width': 1.8 },
  },
  {
    id: 'stops',
    type: 'symbol',
    source: 'stops',
    layout: {
      'icon-image': ['get', 'badge'],
      'icon-text-fit': 'both',
      'icon-allow-overlap': allowOverlapWhenNear,
      'text-allow-overlap': allowOverlapWhenNear,
      'symbol-sort-key': ['get', 'number'],
      'text-field': ['get', 'label'],
      'text-font': FONT,
      'text-size': growing(9, 12),
      'text-offset': [0.9, -1.1],
    },
    paint: { 'text-color': '#ffffff' },
  },
];

export const cityLayers: readonly LayerSpecification[] = [...backdrop, ...closures, ...routes, ...places];
