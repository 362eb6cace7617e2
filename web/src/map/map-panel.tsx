import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { getHostConfig } from '../api/client.ts';
import { listZones } from '../api/registry.ts';
import type { HostConfig } from '../api/wire.ts';
import { useLocale } from '../i18n/language.ts';
import { useResource } from '../state/resource.ts';
import type { CityMapProps } from './city-map.tsx';
import { Legend } from './legend.tsx';
import { ZonesSwitch } from './zones-switch.tsx';

type MapPanelProps = Omit<CityMapProps, 'tiles' | 'onUnavailable' | 'zones'> & {
  readonly onGone: () => void;
};

type Loading =
  | { readonly status: 'loading' }
  | { readonly status: 'unavailable' }
  | { readonly status: 'ready'; readonly Map: FunctionComponent<CityMapProps>; readonly tiles: HostConfig['tiles'] };

const isWide = (): boolean => matchMedia('(min-width: 60rem)').matches;

/** The map comes after the lists, in a file of its own; where it cannot be drawn, it says so and the lists carry on. */
export const MapPanel = (props: MapPanelProps) => {
  const { t, language } = useLocale();
  const [loading, setLoading] = useState<Loading>({ status: 'loading' });
  const unavailable = () => {
    setLoading({ status: 'unavailable' });
    props.onGone();
  };
  const [showsZones, setShowsZones] = useState(false);
  const { data: zones } = useResource(showsZones ? 'zones' : undefined, listZones);
  useEffect(() => {
    Promise.all([import('./city-map.tsx'), getHostConfig()]).then(
      ([{ CityMap }, { tiles }]) => setLoading({ status: 'ready', Map: CityMap, tiles }),
      unavailable,
    );
  }, []);

  const placed = [...props.bins, ...props.stations, ...props.depots, ...props.disposalSites];
  const approximateCount = placed.filter(({ positionApproximate }) => positionApproximate).length;
  return (
    <section class="map-panel" aria-label={t.mapPanel}>
      {loading.status === 'ready' && (
        <loading.Map key={language} {...props} tiles={loading.tiles} zones={zones} onUnavailable={unavailable} />
      )}
      {loading.status === 'loading' && <p class="map-message">{t.loading}</p>}
      {loading.status === 'unavailable' && (
        <p class="map-message" role="status">
          {t.mapUnavailable}
        </p>
      )}
      <Legend approximateCount={approximateCount} isPlanShown={props.plan !== undefined} isOpen={isWide()}>
        <ZonesSwitch isOn={showsZones} onSwitch={setShowsZones} zones={zones} />
      </Legend>
    </section>
  );
};
