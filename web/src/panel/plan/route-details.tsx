import type { WirePlanRoute } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { numberedBins, routeColour, routeLetter } from '../../state/route-look.ts';
import { RouteMenu } from './life/route-menu.tsx';
import { StopItem } from './stop-item.tsx';

type RouteDetailsProps = {
  readonly route: WirePlanRoute;
  readonly index: number;
  readonly planId: string;
  readonly isOpen: boolean;
  readonly isHighlighted: boolean;
  readonly onHighlight: (route: number | undefined) => void;
};

export const RouteDetails = ({ route, index, planId, isOpen, isHighlighted, onHighlight }: RouteDetailsProps) => {
  const { t, f } = useLocale();
  const numbers = new Map(numberedBins(route.stops).map(({ number, stop }) => [stop, number]));
  const letter = routeLetter(index);
  return (
    <details class="route" open={isOpen} style={{ '--route-colour': routeColour(index) }}>
      <summary>
        <span class="badge" aria-hidden="true">
          {letter}
        </span>
        <span class="route-heading">
          <h3>{t.route(letter, route.vehicleName)}</h3>
          <span>
            {t.routeTime(f.time(route.startsAt), f.time(route.endsAt))} ·{' '}
            {t.routeTotals(
              f.count(route.bins),
              f.count(route.trips),
              f.kilometres(route.distanceMetres),
              f.litres(route.collectedLitres),
            )}
          </span>
        </span>
      </summary>
      <button
        type="button"
        class="button is-small"
        aria-pressed={isHighlighted}
        onClick={() => onHighlight(isHighlighted ? undefined : index)}
      >
        {isHighlighted ? t.showAllRoutes : t.showRoute}
      </button>
      <RouteMenu route={route} />
      <ol class="stops">
        {route.stops.map((stop) => {
          const number = numbers.get(stop);
          return (
            <StopItem
              key={stop.kind === 'bin' ? stop.id : `${stop.kind}/${stop.id}/${stop.arrivesAt}`}
              stop={stop}
              label={number === undefined ? undefined : `${letter}${number}`}
              planId={planId}
            />
          );
        })}
      </ol>
    </details>
  );
};
