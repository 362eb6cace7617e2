import type { RefObject } from 'preact';
import { useLocale } from '../i18n/language.ts';
import type { CityData, Trouble } from '../state/city-data.ts';
import type { Place } from '../state/place.ts';
import { BinsTab } from './bins/bins-tab.tsx';
import { EnvironmentTab } from './environment/environment-tab.tsx';
import { KpisTab } from './kpis/kpis-tab.tsx';
import { PlanTab } from './plan/plan-tab.tsx';
import { SensorsTab } from './sensors/sensors-tab.tsx';
import { TabList } from './tab-list.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

/** What each tab needs: the data, where the reader is, and a way to go elsewhere. */
export type TabProps = {
  readonly data: CityData;
  readonly place: Place;
  readonly go: (next: Place) => void;
};

type SidePanelProps = TabProps & {
  readonly panelRef: RefObject<HTMLElement | null>;
  readonly trouble: Trouble | undefined;
  readonly onRetry: () => void;
  readonly highlightedRoute: number | undefined;
  readonly onHighlight: (route: number | undefined) => void;
  readonly isExpanded: boolean;
  readonly onExpand: (isExpanded: boolean) => void;
};

export const SidePanel = (props: SidePanelProps) => {
  const { t } = useLocale();
  const { data, place, go, panelRef, trouble, isExpanded, onExpand } = props;
  const selectTab = (tab: Place['tab']) => go({ tab, ...(place.planId === undefined ? {} : { planId: place.planId }) });
  return (
    <main ref={panelRef} class="side-panel" tabIndex={-1}>
      <button
        type="button"
        class="sheet-handle"
        aria-expanded={isExpanded}
        aria-controls="tab-panel"
        onClick={() => onExpand(!isExpanded)}
      >
        <span aria-hidden="true" class="sheet-grip" />
        <span class="visually-hidden">{isExpanded ? t.collapsePanel : t.expandPanel}</span>
      </button>
      <TabList selected={place.tab} onSelect={selectTab} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (axe: scrollable-region-focusable). */}
      <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={`tab-${place.tab}`} tabIndex={0}>
        {trouble && <TroubleNotice trouble={trouble} onRetry={props.onRetry} />}
        {place.tab === 'plan' && <PlanTab {...props} />}
        {place.tab === 'bins' && <BinsTab data={data} place={place} go={go} />}
        {place.tab === 'environment' && <EnvironmentTab data={data} place={place} />}
        {place.tab === 'kpis' && <KpisTab />}
        {place.tab === 'sensors' && <SensorsTab data={data} />}
      </div>
    </main>
  );
};
