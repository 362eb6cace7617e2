import type { Map as MapLibreMap } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { getHourlyIndices } from '../api/air-quality.ts';
import type { BinWithFill, City, Depot, DisposalSite, HostConfig, StationWithLatest, WirePlan } from '../api/wire.ts';
import { useLocale } from '../i18n/language.ts';
import { useMarkWords } from '../i18n/mark-words.ts';
import type { OverflowMarks } from '../state/overflow-marks.ts';
import { useResource } from '../state/resource.ts';
import { airLooks } from './air-marker.ts';
import { type BoardProps, useBoard } from './board.ts';
import { createMap, fitTo, highlightRoute, listenToPointer, moveTo, type Picked, setSource } from './create-map.ts';
import {
  binFeatures,
  closureFeatures,
  graticule,
  placeFeatures,
  routeFeatures,
  stopFeatures,
  wardFeatures,
} from './features.ts';

export type CityMapProps = BoardProps & {
  readonly tiles: HostConfig['tiles'];
  readonly city: City | undefined;
  readonly bins: readonly BinWithFill[];
  /** Bins that are reported as overflowing. */
  readonly marks: OverflowMarks;
  readonly stations: readonly StationWithLatest[];
  readonly depots: readonly Depot[];
  readonly disposalSites: readonly DisposalSite[];
  readonly plan: WirePlan | undefined;
  readonly highlightedRoute: number | undefined;
  readonly selectedBinId: string | undefined;
  readonly selectedStationId: string | undefined;
  readonly onPick: (picked: Picked) => void;
  readonly onUnavailable: () => void;
  /** Tells how to ask for the map's middle, once there is a map. */
  readonly onReady: (middle: () => readonly [longitude: number, latitude: number]) => void;
};

/** Creates the map once; answers it when it can be drawn on. */
const useMap = ({ tiles, onPick, onUnavailable, sketch, onReady }: CityMapProps) => {
  const { t } = useLocale();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap>();
  const pick = useRef(onPick);
  pick.current = onPick;
  const draws = useRef(sketch);
  draws.current = sketch;
  // One map for the component's life: the parent gives a new key where it must be another.
  useEffect(() => {
    let created: MapLibreMap | undefined;
    let gone = false;
    if (!container.current) return undefined;
    createMap({ container: container.current, tiles, t }).then((ready) => {
      created = ready;
      if (gone) return ready.remove();
      const takesCorner = (corner: readonly [longitude: number, latitude: number]): boolean => {
        draws.current?.onCorner?.(corner);
        return draws.current?.onCorner !== undefined;
      };
      listenToPointer(ready, (picked) => pick.current(picked), takesCorner);
      onReady(() => {
        const { lng, lat } = ready.getCenter();
        return [lng, lat];
      });
      setMap(ready);
    }, onUnavailable);
    return () => {
      gone = true;
      created?.remove();
    };
  }, []);
  return { container, map };
};

const AIR_MS = 5 * 60_000;

/** Keeps the map's sources as the data is. */
const useSources = (map: MapLibreMap | undefined, props: CityMapProps): void => {
  const { f } = useLocale();
  const { reported, silent } = useMarkWords();
  const { city, bins, marks, stations, depots, disposalSites, plan, highlightedRoute } = props;
  // Without an answer the markers stay plain; the cards say why.
  const { data: indices } = useResource('air-indices', getHourlyIndices, AIR_MS);
  useEffect(() => {
    if (map && city) setSource(map, 'graticule', graticule(city.centre));
  }, [map, city]);
  useEffect(() => {
    if (!map) return;
    setSource(map, 'bins', binFeatures(bins, { percent: f.percent, reported, silent }, marks));
    setSource(map, 'wards', wardFeatures(bins));
  }, [map, bins, marks, f]);
  useEffect(() => {
    if (map) setSource(map, 'places', placeFeatures(stations, depots, disposalSites, airLooks(indices ?? [])));
  }, [map, stations, depots, disposalSites, indices]);
  useEffect(() => {
    if (!map) return;
    setSource(map, 'closures', closureFeatures(plan));
    setSource(map, 'routes', routeFeatures(plan));
    setSource(map, 'stops', stopFeatures(plan));
  }, [map, plan]);
  useEffect(() => {
    if (map) highlightRoute(map, highlightedRoute);
  }, [map, highlightedRoute]);
};

/** Shows the whole city at first, and afterwards what the reader chose. */
const useCamera = (map: MapLibreMap | undefined, props: CityMapProps): void => {
  const { bins, stations, selectedBinId, selectedStationId } = props;
  const fitted = useRef(false);
  useEffect(() => {
    if (!map || fitted.current || bins.length === 0) return;
    fitted.current = true;
    fitTo(
      map,
      bins.map(({ position }) => position),
    );
  }, [map, bins]);
  const selected = bins.find(({ id }) => id === selectedBinId) ?? stations.find(({ id }) => id === selectedStationId);
  // Moves when another thing is chosen, not whenever its data is refreshed.
  useEffect(() => {
    if (!map) return;
    map.setFilter('selected', ['==', ['get', 'id'], selectedBinId ?? '']);
    if (selected) moveTo(map, selected.position);
  }, [map, selected?.id]);
};

export const CityMap = (props: CityMapProps) => {
  const { container, map } = useMap(props);
  useSources(map, props);
  useCamera(map, props);
  useBoard(map, props);
  return (
    <div
      ref={container}
      class="map-canvas"
      data-ready={map !== undefined}
      data-drawing={props.sketch?.onCorner !== undefined}
    />
  );
};
