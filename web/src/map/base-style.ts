import type { StyleSpecification } from 'maplibre-gl';
import type { HostConfig } from '../api/wire.ts';

/**
 * A calm sheet that needs no internet; with tiles where the host names some. Without `glyphs` MapLibre writes labels with the
 * device's own fonts, so nothing is fetched.
 */
export const baseStyle = (tiles: HostConfig['tiles']): StyleSpecification => ({
  version: 8,
  sources: tiles
    ? { tiles: { type: 'raster', tiles: [tiles.url], tileSize: 256, attribution: tiles.attribution } }
    : {},
  layers: [
    { id: 'sheet', type: 'background', paint: { 'background-color': '#eef1ec' } },
    ...(tiles ? [{ id: 'tiles', type: 'raster' as const, source: 'tiles', paint: { 'raster-saturation': -0.6 } }] : []),
  ],
});
