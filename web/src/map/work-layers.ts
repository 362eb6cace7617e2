import type { LayerSpecification } from 'maplibre-gl';

/** What the layers below are drawn from. */
export const workSourceNames = ['zones', 'sketch'] as const;
export type WorkSourceName = (typeof workSourceNames)[number];

const FONT = ['sans-serif'];
const BAN = '#8a2b12';
const DRAWN = '#5b21b6';

/** Zones with bans, below everything else: hatched and outlined, so that colour is not all that tells them. */
export const zoneLayers: readonly LayerSpecification[] = [
  { id: 'zone-areas', type: 'fill', source: 'zones', paint: { 'fill-pattern': 'zone-hatch' } },
  {
    id: 'zone-edges',
    type: 'line',
    source: 'zones',
    paint: { 'line-color': BAN, 'line-width': 2, 'line-dasharray': [3, 2] },
  },
];

/** Their names and hours, above everything else. */
export const zoneLabels: LayerSpecification = {
  id: 'zone-labels',
  type: 'symbol',
  source: 'zones',
  filter: ['==', ['geometry-type'], 'Point'],
  layout: {
    'text-field': ['get', 'label'],
    'text-font': FONT,
    'text-size': 13,
    'text-max-width': 16,
    'text-allow-overlap': true,
    'text-ignore-placement': true,
  },
  paint: { 'text-color': BAN, 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
};

/** What a form draws. */
export const sketchLayers: readonly LayerSpecification[] = [
  { id: 'sketch-area', type: 'fill', source: 'sketch', paint: { 'fill-color': DRAWN, 'fill-opacity': 0.14 } },
  { id: 'sketch-edge', type: 'line', source: 'sketch', paint: { 'line-color': DRAWN, 'line-width': 3 } },
  {
    id: 'sketch-corners',
    type: 'circle',
    source: 'sketch',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 10, 'circle-color': DRAWN, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 },
  },
  {
    id: 'sketch-numbers',
    type: 'symbol',
    source: 'sketch',
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'text-field': ['get', 'number'],
      'text-font': FONT,
      'text-size': 11,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': '#ffffff' },
  },
];
