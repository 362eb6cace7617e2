import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Header } from './header.tsx';
import { initialLanguage, type Language, LocaleContext, localeFor, rememberLanguage } from './i18n/language.ts';
import type { Picked } from './map/create-map.ts';
import { MapPanel } from './map/map-panel.tsx';
import { MapWorkContext, type Sketch } from './map/map-work.ts';
import type { Corner } from './panel/outline/outline-text.ts';
import { SidePanel } from './panel/side-panel.tsx';
import { readyPlan, reloadAll, troubleOf, useCityData } from './state/city-data.ts';
import { overflowMarks } from './state/overflow-marks.ts';
import { usePlace } from './state/place.ts';

/** Until the city has said where it lies. */
const DEFAULT_TIME_ZONE = 'Asia/Ho_Chi_Minh';

const NONE: readonly never[] = [];

export const App = () => {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  const [place, go] = usePlace();
  const [highlightedRoute, setHighlightedRoute] = useState<number>();
  const [isExpanded, setExpanded] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const middle = useRef<() => Corner | undefined>(() => undefined);
  const [isDrawable, setDrawable] = useState(false);
  const [sketch, setSketch] = useState<Sketch>();
  const data = useCityData(place.planId);
  const reports = data.overflowReports.data ?? NONE;
  const marks = useMemo(() => overflowMarks(reports), [reports]);
  const timeZone = data.city.data?.timeZone ?? DEFAULT_TIME_ZONE;
  const locale = useMemo(() => localeFor(language, timeZone), [language, timeZone]);
  const cityName = data.city.data?.name;

  // With the words, not after them: what reads them aloud goes by the page's language.
  useLayoutEffect(() => rememberLanguage(language), [language]);
  useLayoutEffect(() => {
    document.title = cityName === undefined ? locale.t.appName : `${locale.t.appName} · ${cityName}`;
  }, [locale, cityName]);

  const mapWork = useMemo(
    () => ({ isDrawable, middle: () => middle.current(), show: setSketch, uncover: () => setExpanded(false) }),
    [isDrawable],
  );

  const pick = ({ kind, id }: Picked) => {
    const plan = place.planId === undefined ? {} : { planId: place.planId };
    go(kind === 'bin' ? { tab: 'bins', binId: id, ...plan } : { tab: 'environment', stationId: id, ...plan });
  };

  return (
    <LocaleContext.Provider value={locale}>
      <MapWorkContext.Provider value={mapWork}>
        <div class={isExpanded ? 'console is-expanded' : 'console'}>
          <button type="button" class="skip-link" onClick={() => panel.current?.focus()}>
            {locale.t.skipToPanel}
          </button>
          <Header
            cityName={cityName}
            trouble={troubleOf(data)}
            receivedAt={data.bins.receivedAt}
            onLanguage={setLanguage}
          />
          <SidePanel
            panelRef={panel}
            data={data}
            place={place}
            go={go}
            trouble={troubleOf(data)}
            onRetry={() => reloadAll(data)}
            highlightedRoute={highlightedRoute}
            onHighlight={setHighlightedRoute}
            isExpanded={isExpanded}
            onExpand={setExpanded}
          />
          <MapPanel
            city={data.city.data}
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
            sketch={sketch}
            onReady={(ask) => {
              middle.current = ask;
              setDrawable(true);
            }}
            onGone={() => setDrawable(false)}
          />
        </div>
      </MapWorkContext.Provider>
    </LocaleContext.Provider>
  );
};
