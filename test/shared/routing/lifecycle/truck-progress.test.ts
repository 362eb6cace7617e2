import { describe, expect, it } from 'vitest';
import { type Situation, truckProgress } from '../../../../shared/routing/lifecycle/truck-progress.ts';
import type { Route, Visit } from '../../../../shared/routing/solution.ts';

const load = { litres: 0, kg: 0 };
const at = (arrivesAt: number, departsAt: number) => ({
  location: 0,
  arrivesAt,
  serviceStartsAt: arrivesAt,
  departsAt,
  load,
  legMetres: 0,
});
const stop = (stopId: string, arrivesAt: number): Visit => ({
  kind: 'stop',
  stopId,
  trip: 1,
  ...at(arrivesAt, arrivesAt + 100),
});

/** Leaves at 1,000; bins every 1,000 s from 2,000 on, the landfill at 4,000, home at 8,000. */
const route: Route = {
  vehicleId: 'truck-1',
  vehicleIndex: 0,
  visits: [
    { kind: 'start', ...at(1_000, 1_000) },
    stop('a', 2_000),
    stop('b', 3_000),
    { kind: 'disposal', disposalId: 'landfill', trip: 1, ...at(4_000, 4_500) },
    stop('c', 5_500),
    stop('d', 6_500),
    { kind: 'end', ...at(8_000, 8_000) },
  ],
  startsAt: 1_000,
  endsAt: 8_000,
  distanceMetres: 0,
  drivingSeconds: 0,
  waitingSeconds: 0,
};

const progress = (more: Partial<Situation>) =>
  truckProgress({
    route,
    words: [],
    spoken: new Set((more.words ?? []).map(({ binId }) => binId)),
    now: 0,
    extraDelay: 0,
    serviceSeconds: () => 100,
    ...more,
  });

const doneOf = ({ done }: ReturnType<typeof progress>) => done.map(({ kind, id }) => id ?? kind);

describe('how far a truck has come', () => {
  it('is nowhere before it leaves', () => {
    expect(progress({ now: 500 })).toMatchObject({
      hasLeft: false,
      done: [],
      next: undefined,
      ahead: ['a', 'b', 'c', 'd'],
    });
  });

  it('is on the way to its first bin', () => {
    expect(progress({ now: 1_500 })).toMatchObject({ hasLeft: true, done: [], next: 'a', ahead: ['a', 'b', 'c', 'd'] });
  });

  it('follows the plan where nobody says otherwise, and says that it is taken for granted', () => {
    const now = progress({ now: 3_050 });
    expect(doneOf(now)).toEqual(['a', 'b']);
    expect(now).toMatchObject({ assumed: ['a', 'b'], next: undefined, ahead: ['c', 'd'] });
    expect(doneOf(progress({ now: 3_500 }))).toEqual(['a', 'b', 'landfill']);
  });

  it('takes the crew’s word for what it did, and is as late as that word', () => {
    const late = progress({ now: 3_950, words: [{ binId: 'a', outcome: 'collected', at: 3_000 }] });
    expect(late).toMatchObject({ delay: 900, next: undefined, assumed: ['b'], ahead: ['c', 'd'] });
    expect(late.done.map(({ departsAt }) => departsAt)).toEqual([3_000, 4_000]);
  });

  it('has the emptying between two reported bins behind it', () => {
    const words = [
      { binId: 'a', outcome: 'collected', at: 2_100 },
      { binId: 'b', outcome: 'collected', at: 3_100 },
      { binId: 'c', outcome: 'collected', at: 5_600 },
    ] as const;
    expect(doneOf(progress({ now: 5_700, words }))).toEqual(['a', 'b', 'landfill', 'c']);
  });

  it('keeps a bin that was passed over in silence ahead', () => {
    const words = [{ binId: 'b', outcome: 'collected', at: 3_100 }] as const;
    expect(progress({ now: 3_200, words }).ahead).toEqual(['a', 'c', 'd']);
  });

  it('does not wait for a bin at which the crew stood in vain, or that another crew served', () => {
    const blocked = progress({ now: 2_200, words: [{ binId: 'a', outcome: 'blocked', at: 2_100 }] });
    expect(doneOf(blocked)).toEqual([]);
    expect(blocked).toMatchObject({ next: 'b', ahead: ['b', 'c', 'd'] });
    expect(progress({ now: 500, spoken: new Set(['c']) }).ahead).toEqual(['a', 'b', 'd']);
  });

  it('counts bins in the order in which the crew served them', () => {
    const words = [
      { binId: 'b', outcome: 'collected', at: 2_000 },
      { binId: 'a', outcome: 'collected', at: 3_000 },
    ] as const;
    const { done } = progress({ now: 3_050, words });
    expect(done.map(({ id }) => id)).toEqual(['b', 'a']);
    for (const [index, visit] of done.entries())
      expect(visit.arrivesAt).toBeGreaterThanOrEqual(done[index - 1]?.departsAt ?? 0);
  });

  it('stands where it is when it has nothing left, so that nothing new lies in its past', () => {
    expect(progress({ now: 9_000 }).done.at(-1)).toMatchObject({ id: 'd', departsAt: 9_000 });
  });

  it('leaves later when the dispatcher knows it to be late', () => {
    expect(progress({ now: 900, extraDelay: 600 })).toMatchObject({ hasLeft: false, leftAt: 1_600 });
    const words = [{ binId: 'a', outcome: 'collected', at: 2_100 }] as const;
    const stood = progress({ now: 3_500, words, extraDelay: 1_200 });
    expect(stood).toMatchObject({ next: 'b', assumed: [] });
    expect(stood.done.at(-1)).toMatchObject({ id: 'a', departsAt: 3_300 });
  });
});
