import { useLayoutEffect, useMemo } from 'preact/hooks';
import { DEFAULT_TIME_ZONE } from '../../format/default-time-zone.ts';
import { usePageLanguage } from '../../i18n/page-language.ts';
import { LanguageSwitch } from '../../language-switch.tsx';
import type { Crew, CrewState } from '../state/crew.ts';
import { CrewContext, crewLocale, useCrewWords } from '../words.ts';
import { OutboxList, PlanChanges, RefusedReports, SendingStatus, SignInNotice } from './notices.tsx';
import { OverflowReport } from './overflow-report.tsx';
import { RoutePage } from './route-page.tsx';
import { TruckChoice } from './truck-choice.tsx';
import { useCrew } from './use-crew.ts';

type OpenedProps = { readonly state: CrewState; readonly crew: Crew; readonly isOnline: boolean };

/** What there is to do now: choose a truck, wait for a plan, or drive. */
const Work = ({ state, crew }: Omit<OpenedProps, 'isOnline'>) => {
  const { w } = useCrewWords();
  const { plan, vehicleId, entries } = state;
  if (plan === undefined) return <p role="status">{state.trouble ? w.notSeenYet : w.loading}</p>;
  if (vehicleId === undefined || plan.trucks === undefined) {
    if (plan.trucks === undefined) return <p class="notice">{w.noPlan}</p>;
    return <TruckChoice trucks={plan.trucks} onChoose={(chosen) => void crew.choose(chosen)} />;
  }
  if (plan.route === undefined) {
    if (plan.isWithoutRoute) return <p class="notice">{w.noRoute}</p>;
    return <p role="status">{state.trouble ? w.notSeenYet : w.loading}</p>;
  }
  return (
    <>
      <PlanChanges plan={plan} onSeen={() => void crew.seeChanges()} onGoOn={() => void crew.refresh(true)} />
      <RoutePage plan={plan} answer={plan.route} entries={entries} crew={crew} />
    </>
  );
};

const Opened = ({ state, crew, isOnline }: OpenedProps) => {
  const { w } = useCrewWords();
  return (
    <>
      <SendingStatus state={state} isOnline={isOnline} onSend={crew.sendNow} />
      <SignInNotice />
      <RefusedReports entries={state.entries} onSeen={(entry) => void crew.seeRefused(entry)} />
      {state.vehicleId !== undefined && <OverflowReport state={state} crew={crew} />}
      <Work state={state} crew={crew} />
      <OutboxList entries={state.entries} />
      <div class="page-acts">
        <button type="button" class="button" onClick={() => void crew.refresh()}>
          {w.refresh}
        </button>
        {state.vehicleId !== undefined && (
          <button type="button" class="button" onClick={() => void crew.choose(undefined)}>
            {w.changeTruck}
          </button>
        )}
      </div>
    </>
  );
};

/** The page of a collection crew. */
export const CrewPage = () => {
  const { state, crew, isOnline, isWithoutStorage } = useCrew();
  const [language, setLanguage] = usePageLanguage();
  const timeZone = state?.plan?.trucks?.timeZone ?? DEFAULT_TIME_ZONE;
  const locale = useMemo(() => crewLocale(language, timeZone), [language, timeZone]);
  useLayoutEffect(() => {
    document.title = `${locale.w.title} · Phố Sạch`;
  }, [locale]);
  return (
    <CrewContext.Provider value={locale}>
      <header class="app-header">
        <img src="/crew/icon.svg" alt="" width="36" height="36" />
        <h1>{locale.w.title}</h1>
        <LanguageSwitch label={locale.w.language} language={language} onLanguage={setLanguage} />
      </header>
      <main class="crew">
        {isWithoutStorage && (
          <p class="notice is-problem" role="alert">
            {locale.w.noStorage}
          </p>
        )}
        {state && crew ? (
          <Opened state={state} crew={crew} isOnline={isOnline} />
        ) : (
          !isWithoutStorage && <p role="status">{locale.w.loading}</p>
        )}
      </main>
    </CrewContext.Provider>
  );
};
