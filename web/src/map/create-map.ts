import {
  AttributionControl,
  type ExpressionSpecification,
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibreMap,
  NavigationControl,
  Popup,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { HostConfig } from '../api/wire.ts';
import type { Messages } from '../i18n/vi.ts';
import type { Corner } from '../panel/outline/outline-text.ts';
import { baseStyle } from './base-style.ts';
import { cityLayers, type SourceName, sourceNames } from './layers.ts';
import { addMarkerImages } from './marker-images.ts';
import { sketchLayers, type WorkSourceName, workSourceNames, zoneLabels, zoneLayers } from './work-layers.ts';

// The worker is a file of our own host, as a strict content security policy wants it.
setWorkerUrl(workerUrl);

/** What lies on the ground goes below it. */
const LOWEST_ROUTE = 'route-casing';

const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export const isMotionReduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

type MapOptions = {
  readonly container: HTMLElement;
  readonly tiles: HostConfig['tiles'];
  readonly t: Messages;
};

/** A map with empty sources and all layers; resolves once it can be drawn on. @throws where the browser has no WebGL 2. */
export const createMap = async ({ container, tiles, t }: MapOptions): Promise<MapLibreMap> => {
  const map = new MapLibreMap({
    container,
    style: baseStyle(tiles),
    center: [106.65, 10.98],
    zoom: 12,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: isMotionReduced() ? 0 : 150,
    locale: { 'Map.Title': t.mapLabel, 'NavigationControl.ZoomIn': t.zoomIn, 'NavigationControl.ZoomOut': t.zoomOut },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl(), 'bottom-right');
  if (tiles) map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  await map.once('load');
  addMarkerImages(map);
  for (const name of [...sourceNames, ...workSourceNames]) map.addSource(name, { type: 'geojson', data: NOTHING });
  for (const layer of cityLayers) map.addLayer(layer);
  for (const layer of zoneLayers) map.addLayer(layer, LOWEST_ROUTE);
  for (const layer of [zoneLabels, ...sketchLayers]) map.addLayer(layer);
  return map;
};

export const setSource = (
  map: MapLibreMap,
  name: SourceName | WorkSourceName,
  data: GeoJSON.FeatureCollection,
): void => {
  map.getSource<GeoJSONSource>(name)?.setData(data);
};

type Position = { readonly latitude: number; readonly longitude: number };

/** Shows all the positions; none changes nothing. */
export const fitTo = (map: MapLibreMap, positions: readonly Position[]): void => {
  const bounds = new LngLatBounds();
  for (const { latitude, longitude } of positions) bounds.extend([longitude, latitude]);
  if (!bounds.isEmpty())
    map.fitBounds(bounds, { padding: Math.min(56, map.getContainer().clientHeight / 10), maxZoom: 15, animate: false });
};

export const moveTo = (map: MapLibreMap, { latitude, longitude }: Position): void => {
  const camera = { center: [longitude, latitude] as [number, number], zoom: Math.max(map.getZoom(), 15) };
  if (isMotionReduced()) map.jumpTo(camera);
  else map.easeTo({ ...camera, duration: 500 });
};

/** Full strength for one route, the others faint; all alike when none is named. */
export const highlightRoute = (map: MapLibreMap, route: number | undefined): void => {
  const faint: ExpressionSpecification = [
    'case',
    ['==', ['get', 'route'], route ?? -1],
    1,
    route === undefined ? 1 : 0.15,
  ];
  for (const layer of ['route-lines', 'route-straight', 'route-casing'] as const)
    map.setPaintProperty(layer, 'line-opacity', faint);
  for (const kind of ['icon-opacity', 'text-opacity'] as const) map.setPaintProperty('stops', kind, faint);
  map.setPaintProperty('route-arrows', 'icon-opacity', faint);
};

export type Picked = { readonly kind: 'bin' | 'station'; readonly id: string };

/**
 * Tells of clicks on bins and stations, and names what the pointer is on. Whoever draws gets the clicks first. Returns nothing: it lives
 * as long as the map.
 */
export const listenToPointer = (
  map: MapLibreMap,
  onPick: (picked: Picked) => void,
  takesCorner: (corner: Corner) => boolean,
): void => {
  const popup = new Popup({ closeButton: false, closeOnClick: false, offset: 16, className: 'map-hint' });
  for (const layer of ['places', 'bins', 'reported'] as const) {
    map.on('mousemove', layer, ({ features, lngLat }) => {
      const [feature] = features ?? [];
      if (!feature) return;
      const { name, label, report } = feature.properties;
      const said = [label, report]
        .filter((part) => part !== undefined && part !== '')
        .map((part) => String(part).replaceAll('\n', ' · '));
      map.getCanvas().style.cursor = layer !== 'places' || feature.properties.kind === 'station' ? 'pointer' : '';
      popup
        .setLngLat(lngLat)
        .setText(said.length === 0 ? String(name) : `${name}: ${said.join(' · ')}`)
        .addTo(map);
    });
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = '';
      popup.remove();
    });
  }
  map.on('click', ({ point, lngLat: { lng, lat } }) => {
    if (takesCorner([lng, lat])) return;
    const [feature] = map.queryRenderedFeatures(point, { layers: ['reported', 'bins', 'stops', 'places'] });
    if (!feature) return;
    const { id, kind } = feature.properties;
    if (feature.layer.id !== 'places') onPick({ kind: 'bin', id: String(id) });
    else if (kind === 'station') onPick({ kind: 'station', id: String(id) });
  });
};
