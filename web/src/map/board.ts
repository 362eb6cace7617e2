import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect } from 'preact/hooks';
import type { Zone } from '../../../shared/city/fleet/zone.ts';
import { useLocale } from '../i18n/language.ts';
import { bansOf } from '../i18n/zone-words.ts';
import { fitTo, setSource } from './create-map.ts';
import type { Sketch } from './map-work.ts';
import { sketchFeatures, sketchPlaces } from './sketch-features.ts';
import { zoneFeatures } from './zone-features.ts';

export type BoardProps = {
  readonly sketch: Sketch | undefined;
  /** Absent while they are not shown. */
  readonly zones: readonly Zone[] | undefined;
};

/** Zones with bans, and what a form draws: brought into sight when it begins. */
export const useBoard = (map: MapLibreMap | undefined, { zones, sketch }: BoardProps): void => {
  const locale = useLocale();
  const isDrawing = sketch?.onCorner !== undefined;
  const isThere = sketch !== undefined && sketchPlaces(sketch).length > 2;
  const circle = JSON.stringify(sketch?.circle);
  useEffect(() => {
    const labelOf = (zone: Zone): string => [zone.name, ...bansOf(zone, locale)].join('\n');
    if (map) setSource(map, 'zones', zoneFeatures(zones ?? [], labelOf));
  }, [map, zones, locale]);
  useEffect(() => {
    if (map) setSource(map, 'sketch', sketchFeatures(sketch));
  }, [map, sketch]);
  useEffect(() => {
    if (!map || !isThere || isDrawing) return;
    fitTo(
      map,
      sketchPlaces(sketch).map(([longitude, latitude]) => ({ latitude, longitude })),
    );
    // When something is there to be seen, not whenever a corner moves.
  }, [map, isThere, circle]);
};
