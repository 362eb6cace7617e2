import { planGeoJsonUrl } from '../../api/client.ts';
import type { BinWithFill, WirePlan } from '../../api/wire.ts';
import { reasonIn, useLocale } from '../../i18n/language.ts';
import { ApiLink } from '../../sign-in/api-link.tsx';
import type { OverflowMarks } from '../../state/overflow-marks.ts';
import { placeHref } from '../../state/place.ts';
import { PlanExports } from './exports/plan-exports.tsx';
import { ForecastBasis } from './forecast-basis.tsx';
import { IdleTrucks } from './idle-trucks.tsx';
import { ClosedAreas, LinesToFollow } from './life/closed-areas.tsx';
import { ExcludedBins } from './life/excluded-bins.tsx';
import { IncludeMenu } from './life/include-menu.tsx';
import { PlanLifeBar } from './life/plan-life-bar.tsx';
import { StrandedLoads } from './life/stranded-loads.tsx';
import { AddTruck } from './life/take-back-truck.tsx';
import { PlanChangeContext, usePlanChange } from './life/use-plan-change.ts';
import { ReportedOutside } from './reported-outside.tsx';
import { RouteDetails } from './route-details.tsx';

type PlanViewProps = {
  readonly plan: WirePlan;
  readonly now: number;
  readonly bins: readonly BinWithFill[];
  readonly marks: OverflowMarks;
  readonly onChanged: () => void;
  readonly highlightedRoute: number | undefined;
  readonly onHighlight: (route: number | undefined) => void;
};

const Totals = ({ plan: { totals } }: { plan: WirePlan }) => {
  const { t, f } = useLocale();
  const entries = [
    [t.totalVehicles, f.count(totals.vehicles)],
    [t.totalTrips, f.count(totals.trips)],
    [t.totalBins, f.count(totals.bins)],
    [t.totalDistance, f.kilometres(totals.distanceMetres)],
    [t.totalHours, f.hours(totals.workingSeconds)],
    [t.totalLitres, f.litres(totals.collectedLitres)],
  ] as const;
  return (
    <dl class="totals" aria-label={t.totals}>
      {entries.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Unserved = ({ plan }: { plan: WirePlan }) => {
  const { t, f, language } = useLocale();
  if (plan.unserved.length === 0) return null;
  return (
    <section class="plan-section">
      <h3>{t.unserved(f.count(plan.unserved.length))}</h3>
      <ul class="plain-list is-warning">
        {plan.unserved.map(({ binId, name, ...reasons }) => (
          <li key={binId}>
            <a href={placeHref({ tab: 'bins', binId, planId: plan.planId })}>{name}</a>
            <span>{reasonIn(language, reasons)}</span>
            <IncludeMenu binId={binId} name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const NoData = ({ plan, now }: { plan: WirePlan; now: number }) => {
  const { t, f } = useLocale();
  if (plan.noData.length === 0) return null;
  return (
    <section class="plan-section">
      <h3>{t.noData(f.count(plan.noData.length))}</h3>
      <p class="quiet">{t.noDataAdvice}</p>
      <ul class="plain-list is-unknown">
        {plan.noData.map(({ binId, name, lastHeardAt }) => (
          <li key={binId}>
            <a href={placeHref({ tab: 'bins', binId, planId: plan.planId })}>{name}</a>
            <span>{lastHeardAt === null ? t.neverHeard : t.lastHeard(f.ago(lastHeardAt, now))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

export const PlanView = ({ plan, now, bins, marks, onChanged, highlightedRoute, onHighlight }: PlanViewProps) => {
  const change = usePlanChange(plan, onChanged);
  const { t, f } = useLocale();
  const requestedAt = f.dateTime(plan.requestedAt);
  return (
    <article class="plan" aria-label={t.planForDay(f.day(plan.serviceDate))}>
      <h2>{t.planForDay(f.day(plan.serviceDate))}</h2>
      <p class="quiet">
        {plan.trigger === 'schedule' ? t.plannedBySchedule(requestedAt) : t.plannedByDispatcher(requestedAt)}
      </p>
      <PlanLifeBar plan={plan} change={change} bins={bins} />
      <Totals plan={plan} />
      <ForecastBasis plan={plan} />
      <ReportedOutside plan={plan} bins={bins} marks={marks} />
      <LinesToFollow plan={plan} onLook={onChanged} />
      <StrandedLoads plan={plan} />
      <ClosedAreas plan={plan} />
      <PlanChangeContext.Provider value={change}>
        {plan.routes.map((route, index) => (
          <RouteDetails
            key={`${plan.planId}/${route.vehicleId}`}
            route={route}
            index={index}
            planId={plan.planId}
            isOpen={index === 0}
            isHighlighted={index === highlightedRoute}
            onHighlight={onHighlight}
          />
        ))}
        <AddTruck />
        <ExcludedBins plan={plan} />
        <Unserved plan={plan} />
      </PlanChangeContext.Provider>
      <NoData plan={plan} now={now} />
      <IdleTrucks plan={plan} />
      <footer class="plan-footer">
        <ApiLink class="button" href={planGeoJsonUrl(plan.planId)} fileName={`${plan.planId}.geojson`}>
          {t.geoJson}
        </ApiLink>
        <PlanExports planId={plan.planId} trucks={plan.routes} />
        <p class="quiet">{t.travelSource(plan.travelSource)}</p>
      </footer>
    </article>
  );
};
