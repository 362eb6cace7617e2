import { useEffect, useState } from 'preact/hooks';
import { googleMapsLinks, WAYPOINTS_IN_BROWSER } from '../../../../shared/routing/exports/navigation.ts';
import type { WirePlanStop } from '../../api/wire.ts';
import type { RouteAnswer } from '../state/city.ts';
import type { Crew, CrewState } from '../state/crew.ts';
import type { PlanSeen } from '../state/plan-sync.ts';
import { stopStatuses } from '../state/stop-status.ts';
import { useCrewWords } from '../words.ts';
import type { Spoken } from './report-form.tsx';
import { StopCard, stopsAhead } from './stop-card.tsx';

type RoutePageProps = {
  readonly plan: PlanSeen;
  readonly answer: RouteAnswer;
  readonly entries: CrewState['entries'];
  readonly crew: Crew;
};

const numbersOf = (stops: readonly WirePlanStop[]): ReadonlyMap<WirePlanStop, number> =>
  new Map(stops.filter(({ kind }) => kind === 'bin').map((stop, index) => [stop, index + 1]));

/** Keeps what is said of a stop; `isLost` where the last word could not be kept. */
const useSaying = (crew: Crew, { planId, route: { vehicleId } }: RouteAnswer) => {
  const [isLost, setLost] = useState(false);
  const say = (stop: WirePlanStop, { photo, ...said }: Spoken & { readonly takenBack?: true }): void => {
    crew.say({ ...said, planId, vehicleId, binId: stop.id ?? '', stopName: stop.name }, photo).then(
      () => setLost(false),
      () => setLost(true),
    );
  };
  return { isLost, say };
};

const Progress = ({ reported, total }: { readonly reported: number; readonly total: number }) => {
  const { w, f } = useCrewWords();
  const words = w.progress(f.count(reported), f.count(total));
  return (
    <p class="progress-line">
      <strong>{words}</strong>
      <progress aria-label={words} max={Math.max(1, total)} value={reported} />
    </p>
  );
};

/** A truck's day: how far it is, the way to the next stops, and the stops themselves. */
export const RoutePage = ({ plan, answer, entries, crew }: RoutePageProps) => {
  const { w, f } = useCrewWords();
  const { isLost, say } = useSaying(crew, answer);
  const { route } = answer;
  const statuses = stopStatuses(plan, entries);
  const done = new Set(statuses.keys());
  const bins = route.stops.filter(({ kind }) => kind === 'bin');
  const reported = bins.filter(({ id = '' }) => done.has(id)).length;
  const next = bins.find(({ id = '' }) => !done.has(id));
  const numbers = numbersOf(route.stops);
  const ahead = stopsAhead(route.stops, done).slice(0, WAYPOINTS_IN_BROWSER + 1);
  const [link] = googleMapsLinks(ahead, WAYPOINTS_IN_BROWSER);

  // A day has eighty stops: the next one comes to the crew, not the crew to it.
  useEffect(() => {
    if (reported > 0) document.querySelector('.stop.is-next')?.scrollIntoView({ block: 'center' });
  }, [next?.id, reported > 0]);

  return (
    <>
      <h2>
        {route.vehicleName} · {w.planOf(f.day(answer.serviceDate))}
      </h2>
      <Progress reported={reported} total={bins.length} />
      {isLost && (
        <p class="notice is-problem" role="alert">
          {w.notKept}
        </p>
      )}
      {link && (
        <a class="button is-large is-primary" href={link.url} target="_blank" rel="noreferrer">
          {w.directions(f.count(ahead.length))}
        </a>
      )}
      {next === undefined && <p class="notice is-good">{w.allDone}</p>}
      <ol class="crew-stops" aria-label={w.stops}>
        {route.stops.map((stop) => {
          const status = stop.kind === 'bin' ? statuses.get(stop.id ?? '') : undefined;
          return (
            <StopCard
              key={`${stop.kind}/${stop.id}/${stop.kind === 'bin' ? '' : stop.arrivesAt}`}
              stop={stop}
              number={numbers.get(stop)}
              status={status}
              isNext={stop === next}
              onSpoken={(spoken) => say(stop, spoken)}
              onUndo={() => status && say(stop, { outcome: status.report.outcome, takenBack: true })}
            />
          );
        })}
      </ol>
      <p class="quiet">{w.seenAt(f.dateTime(plan.seenAt))}</p>
    </>
  );
};
