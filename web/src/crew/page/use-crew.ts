import { useEffect, useState } from 'preact/hooks';
import { newId } from '../../state/new-id.ts';
import { cityOverHttp } from '../state/city.ts';
import { type Crew, type CrewState, openCrew } from '../state/crew.ts';
import { openCrewDatabase } from '../state/database.ts';

const REFRESH_MS = 60_000;

/** One page at a time sends; where the browser has no locks, two pages may send the same, which the city knows. */
const alone = async (work: () => Promise<void>): Promise<void> => {
  if (navigator.locks === undefined) return work();
  await navigator.locks.request('phosach-crew-send', work);
};

const later = (call: () => void, ms: number): (() => void) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};

export type UsedCrew = {
  readonly state: CrewState | undefined;
  readonly crew: Crew | undefined;
  readonly isOnline: boolean;
  /** The browser keeps nothing for this page. */
  readonly isWithoutStorage: boolean;
};

/** Opens what is kept and keeps it up: asks and sends at once, when the network comes back, when the page is looked at, and every minute. */
export const useCrew = (): UsedCrew => {
  const [state, setState] = useState<CrewState>();
  const [crew, setCrew] = useState<Crew>();
  const [isOnline, setOnline] = useState(navigator.onLine);
  const [isWithoutStorage, setWithoutStorage] = useState(false);
  useEffect(() => {
    openCrewDatabase()
      .then((database) =>
        openCrew({ database, city: cityOverHttp(), onState: setState, clock: Date.now, newId, alone, later }),
      )
      .then(setCrew)
      .catch(() => setWithoutStorage(true));
    // Asks that reports outlive a full disk; nothing depends on the answer.
    navigator.storage?.persist?.().catch(() => {});
  }, []);
  useEffect(() => {
    if (crew === undefined) return;
    const work = (): void => {
      setOnline(navigator.onLine);
      if (document.visibilityState !== 'visible') return;
      crew.sendNow();
      void crew.refresh();
    };
    work();
    const timer = setInterval(work, REFRESH_MS);
    const events = ['online', 'offline', 'focus'] as const;
    for (const name of events) addEventListener(name, work);
    document.addEventListener('visibilitychange', work);
    return () => {
      clearInterval(timer);
      for (const name of events) removeEventListener(name, work);
      document.removeEventListener('visibilitychange', work);
    };
  }, [crew]);
  return { state, crew, isOnline, isWithoutStorage };
};
