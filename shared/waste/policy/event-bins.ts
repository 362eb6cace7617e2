import type { Bin, SpecialEventEntity } from '../../city/entities.ts';
import { occurrencesBetween } from '../../city/fleet/event-occurrences.ts';
import { metresInside } from '../../routing/fleet/area.ts';
import { greatCircleMetres } from '../../routing/travel/great-circle.ts';
import type { SpecialEvent } from './circumstances.ts';

type PlacedBin = Pick<Bin, 'id' | 'position'>;

/** Whether an event concerns a bin: named, or inside its area or circle. */
const concerns = ({ binIds = [], area, circle }: SpecialEventEntity, { id, position }: PlacedBin): boolean =>
  binIds.includes(id) ||
  (area !== undefined && metresInside(area, position) !== undefined) ||
  (circle !== undefined && greatCircleMetres(circle.centre, position) <= circle.radiusMetres);

/** The times events take place that touch the time between two instants (UTC epoch milliseconds), with the bins each concerns; by their beginning. */
export const eventsBetween = (
  events: readonly SpecialEventEntity[],
  bins: readonly PlacedBin[],
  timeZone: string,
  from: number,
  to: number,
): readonly SpecialEvent[] =>
  events
    .flatMap((event): readonly SpecialEvent[] => {
      const times = occurrencesBetween(event, timeZone, from, to);
      if (times.length === 0) return [];
      const binIds = new Set(bins.filter((bin) => concerns(event, bin)).map(({ id }) => id));
      const { id: eventId, name, nameEn = name } = event;
      return binIds.size === 0 ? [] : times.map((time) => ({ eventId, name, nameEn, ...time, binIds }));
    })
    .sort((a, b) => a.from - b.from);
