import { useRef } from 'preact/hooks';
import { useLocale } from '../i18n/language.ts';
import { type Tab, tabs } from '../state/place.ts';

type TabListProps = { readonly selected: Tab; readonly onSelect: (tab: Tab) => void };

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** WAI-ARIA tabs: one tab stop, arrow keys move and select, Home and End go to the ends. */
export const TabList = ({ selected, onSelect }: TabListProps) => {
  const { t } = useLocale();
  const list = useRef<HTMLDivElement>(null);
  const labels: Readonly<Record<Tab, string>> = {
    plan: t.tabPlan,
    bins: t.tabBins,
    environment: t.tabEnvironment,
    kpis: t.tabKpis,
    sensors: t.tabSensors,
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const ends: Readonly<Record<string, number>> = { Home: 0, End: tabs.length - 1 };
    const index = step === undefined ? ends[event.key] : (tabs.indexOf(selected) + step + tabs.length) % tabs.length;
    const next = index === undefined ? undefined : tabs[index];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };

  return (
    <div ref={list} class="tab-list" role="tablist" aria-label={t.tabsLabel} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          aria-selected={tab === selected}
          aria-controls="tab-panel"
          tabIndex={tab === selected ? 0 : -1}
          onClick={() => onSelect(tab)}
        >
          {labels[tab]}
        </button>
      ))}
    </div>
  );
};
