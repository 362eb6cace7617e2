import { isNotFound } from '../../api/problem.ts';
import type { WirePlanSummary } from '../../api/wire.ts';
import { reasonIn, useLocale } from '../../i18n/language.ts';
import { usePlanLifeWords } from '../../i18n/plan-life-words.ts';
import { readyPlan } from '../../state/city-data.ts';
import { overflowMarks } from '../../state/overflow-marks.ts';
import { placeHref } from '../../state/place.ts';
import { usePlanning } from '../../state/planning.ts';
import { serverNow } from '../../state/server-now.ts';
import type { TabProps } from '../side-panel.tsx';
import { PlanPicker } from './plan-picker.tsx';
import { PlanView } from './plan-view.tsx';
import { PlanningProgress } from './planning-progress.tsx';

type PlanTabProps = TabProps & {
  readonly highlightedRoute: number | undefined;
  readonly onHighlight: (route: number | undefined) => void;
};

/** What stands where there is no plan to show. */
const PlanAbsent = ({ data, place }: Pick<TabProps, 'data' | 'place'>) => {
  const { t, language } = useLocale();
  const summary = data.plan.data;
  if (summary?.status === 'failed')
    return <p class="notice is-problem">{t.planFailed(reasonIn(language, summary) ?? '')}</p>;
  if (summary?.status === 'requested') return <p class="notice">{t.planRequested}</p>;
  if (!isNotFound(data.plan.problem)) return data.plan.problem ? null : <p class="quiet">{t.loading}</p>;
  if (place.planId === undefined) return <p class="notice">{t.noPlanYet}</p>;
  return (
    <p class="notice is-problem">
      {t.planNotFound} <a href={placeHref({ tab: 'plan' })}>{t.latestPlan}</a>
    </p>
  );
};

type UnderWayProps = { readonly plans: readonly WirePlanSummary[]; readonly shown: string | undefined };

/** Where nobody chose, the newest plan is shown: in the evening that is tomorrow's, while today's is still being driven. */
const UnderWay = ({ plans, shown }: UnderWayProps) => {
  const w = usePlanLifeWords();
  const { f } = useLocale();
  const driven = plans.find((summary) => summary.status === 'planned' && summary.state === 'in-progress');
  if (driven === undefined || shown === undefined || driven.planId === shown) return null;
  return (
    <p class="notice">
      {w.underWay(f.day(driven.serviceDate))}{' '}
      <a href={placeHref({ tab: 'plan', planId: driven.planId })}>{w.openUnderWay}</a>
    </p>
  );
};

export const PlanTab = ({ data, place, go, highlightedRoute, onHighlight }: PlanTabProps) => {
  const { t } = useLocale();
  const { planning, start } = usePlanning((planId) => {
    data.plans.reload();
    onHighlight(undefined);
    go({ tab: 'plan', planId });
  });
  const plans = data.plans.data?.plans ?? [];
  const plan = readyPlan(data);
  const choose = (planId: string) => {
    onHighlight(undefined);
    go({ tab: 'plan', planId });
  };
  return (
    <div class="plan-tab">
      <div class="plan-actions">
        <button
          type="button"
          class="button is-primary"
          aria-disabled={planning.status === 'waiting'}
          onClick={() => planning.status !== 'waiting' && start()}
        >
          {planning.status === 'waiting' ? t.planning : t.planNow}
        </button>
        <PlanPicker plans={plans} selected={place.planId ?? plan?.planId} onChoose={choose} />
      </div>
      <PlanningProgress planning={planning} />
      {place.planId === undefined && <UnderWay plans={plans} shown={plan?.planId} />}
      {plan ? (
        <PlanView
          key={plan.planId}
          plan={plan}
          bins={data.bins.data?.bins ?? []}
          marks={overflowMarks(data.overflowReports.data ?? [])}
          onChanged={() => {
            data.plan.reload();
            data.plans.reload();
          }}
          now={serverNow(data.bins)}
          highlightedRoute={highlightedRoute}
          onHighlight={onHighlight}
        />
      ) : (
        <PlanAbsent data={data} place={place} />
      )}
    </div>
  );
};
