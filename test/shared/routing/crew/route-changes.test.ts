import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RouteStop, routeChanges } from '../../../../shared/routing/crew/route-changes.ts';

const stop = (id: string): RouteStop => ({ kind: 'bin', id, name: `Bin ${id}` });
const route = (ids: string) => [{ kind: 'depot', id: 'd', name: 'Depot' }, ...[...ids].map(stop)];
const none: ReadonlySet<string> = new Set();

describe('what a crew is told of a changed route', () => {
  it.each([
    ['abc', 'abc', '', undefined],
    ['abc', 'abxc', '', { added: 'x', removed: '', isReordered: false }],
    ['abc', 'ac', '', { added: '', removed: 'b', isReordered: false }],
    ['abc', 'cab', '', { added: '', removed: '', isReordered: true }],
    ['abc', 'cxa', '', { added: 'x', removed: 'b', isReordered: true }],
    // What was done may leave the plan, or stand anywhere in it.
    ['abc', 'bc', 'a', undefined],
    ['abc', 'bca', 'a', undefined],
    ['abc', 'cb', 'a', { added: '', removed: '', isReordered: true }],
  ])('from %s to %s, when “%s” was reported', (before, after, reported, expected) => {
    const changes = routeChanges(route(before), route(after), new Set(reported));
    const ids = (stops: readonly RouteStop[] = []) => stops.map(({ id }) => id).join('');
    const told = changes && { ...changes, added: ids(changes.added), removed: ids(changes.removed) };
    expect(told).toEqual(expected);
  });

  it('is nothing for the same route, and the mirror image the other way round', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...'abcdef')),
        fc.uniqueArray(fc.constantFrom(...'abcdef')),
        (before, after) => {
          const [old, now] = [route(before.join('')), route(after.join(''))];
          expect(routeChanges(old, old, none)).toBeUndefined();
          const [there, back] = [routeChanges(old, now, none), routeChanges(now, old, none)];
          expect(new Set(there?.added)).toEqual(new Set(back?.removed));
          expect(there?.isReordered).toBe(back?.isReordered);
        },
      ),
    ));
});
