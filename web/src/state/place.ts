import { useEffect, useState } from 'preact/hooks';

export const tabs = ['plan', 'bins', 'environment', 'kpis', 'sensors'] as const;
export type Tab = (typeof tabs)[number];

/** Where the reader is, kept in the URL's hash so that it can be sent to a colleague: `#plan=ID`, `#bin=ID`, `#station=ID`, `#episode=ID`. */
export type Place = {
  readonly tab: Tab;
  /** Absent = the latest. */
  readonly planId?: string;
  readonly binId?: string;
  readonly stationId?: string;
  readonly episodeId?: string;
};

const isTab = (value: string | null): value is Tab => tabs.some((tab) => tab === value);

const tabOf = (selection: Omit<Place, 'tab'>): Tab => {
  if (selection.binId !== undefined) return 'bins';
  return selection.stationId === undefined && selection.episodeId === undefined ? 'plan' : 'environment';
};

/** Reads a hash, with or without its `#`; what it does not know it passes over. */
export const parsePlace = (hash: string): Place => {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const planId = parameters.get('plan') || undefined;
  const binId = parameters.get('bin') || undefined;
  const stationId = parameters.get('station') || undefined;
  const episodeId = parameters.get('episode') || undefined;
  const selection = {
    ...(planId === undefined ? {} : { planId }),
    ...(binId === undefined ? {} : { binId }),
    ...(stationId === undefined ? {} : { stationId }),
    ...(episodeId === undefined ? {} : { episodeId }),
  };
  const tab = parameters.get('tab');
  return { tab: isTab(tab) ? tab : tabOf(selection), ...selection };
};

/** The hash without `#`; the tab is named only where the selection does not imply it. */
export const formatPlace = ({ tab, ...selection }: Place): string => {
  const parameters = new URLSearchParams();
  if (selection.binId !== undefined) parameters.set('bin', selection.binId);
  if (selection.stationId !== undefined) parameters.set('station', selection.stationId);
  if (selection.episodeId !== undefined) parameters.set('episode', selection.episodeId);
  if (selection.planId !== undefined) parameters.set('plan', selection.planId);
  if (tab !== tabOf(selection)) parameters.set('tab', tab);
  return parameters.toString();
};

export const placeHref = (place: Place): string => `#${formatPlace(place)}`;

export const usePlace = (): readonly [Place, (next: Place) => void] => {
  const [place, setPlace] = useState(() => parsePlace(location.hash));
  useEffect(() => {
    const follow = () => setPlace(parsePlace(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const go = (next: Place) => {
    location.hash = formatPlace(next);
  };
  return [place, go];
};
