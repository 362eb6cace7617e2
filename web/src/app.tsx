import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { City } from './api/wire.ts';
import { DEFAULT_TIME_ZONE } from './format/default-time-zone.ts';
import { Header } from './header.tsx';
import { LocaleContext, localeFor } from './i18n/language.ts';
import { usePageLanguage } from './i18n/page-language.ts';
import type { Picked } from './map/create-map.ts';
import { MapPanel } from './map/map-panel.tsx';
import { MapWorkContext } from './map/map-work.ts';
import { useProvidedMapWork } from './map/provided-map-work.ts';
import { SidePanel } from './panel/side-panel.tsx';
import { readyPlan, reloadAll, troubleOf, useCityData } from './state/city-data.ts';
import { overflowMarks } from './state/overflow-marks.ts';
import { usePlace } from './state/place.ts';

const NONE: readonly never[] = [];

/** The language and the city's clock in which everything is told; the page's title bears the city's name. */
const usePageLocale = (city: City | undefined) => {
  const [language, setLanguage] = usePageLanguage();
  const { name, timeZone = DEFAULT_TIME_ZONE } = city ?? {};
  const locale = useMemo(() => localeFor(language, timeZone), [language, timeZone]);
  useLayoutEffect(() => {
    document.title = name === undefined ? locale.t.appName : `${locale.t.appName} · ${name}`;
  }, [locale, name]);
  return { locale, setLanguage };
};

export const App = () => {
  const [place, go] = usePlace();
  const [highlightedRoute, setHighlightedRoute] = useState<number>();
  const [isExpanded, setExpanded] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const data = useCityData(place.planId);
  const reports = data.overflowReports.data ?? NONE;
  const marks = useMemo(() => overflowMarks(reports), [reports]);
  const city = data.city.data;
  const { locale, setLanguage } = usePageLocale(city);
  const { work, map } = useProvidedMapWork(() => setExpanded(false));
  const trouble = troubleOf(data);

  const pick = ({ kind, id }: Picked) => {
    const plan = place.planId === undefined ? {} : { planId: place.planId };
    go(kind === 'bin' ? { tab: 'bins', binId: id, ...plan } : { tab: 'environment', stationId: id, ...plan });
  };

  return (
    <LocaleContext.Provider value={locale}>
      <MapWorkContext.Provider value={work}>
        <div class={isExpanded ? 'console is-expanded' : 'console'}>
          <button type="button" class="skip-link" onClick={() => panel.current?.focus()}>
            {locale.t.skipToPanel}
          </button>
          <Header cityName={city?.name} trouble={trouble} receivedAt={data.bins.receivedAt} onLanguage={setLanguage} />
          <SidePanel
            panelRef={panel}
            data={data}
            place={place}
            go={go}
            trouble={trouble}
            onRetry={() => reloadAll(data)}
            highlightedRoute={highlightedRoute}
            onHighlight={setHighlightedRoute}
            isExpanded={isExpanded}
            onExpand={setExpanded}
          />
          <MapPanel
            {...map}
            city={city}
            bins={data.bins.data?.bins ?? NONE}
            marks={marks}
            stations={data.stations.data?.stations ?? NONE}
            depots={data.depots.data ?? NONE}
            disposalSites={data.disposalSites.data ?? NONE}
            plan={readyPlan(data)}
            highlightedRoute={highlightedRoute}
            selectedBinId={place.binId}
            selectedStationId={place.stationId}
            onPick={pick}
          />
        </div>
      </MapWorkContext.Provider>
    </LocaleContext.Provider>
  );
};
