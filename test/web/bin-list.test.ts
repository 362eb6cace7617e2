import { describe, expect, it } from 'vitest';
import { type BinFilter, type BinSort, foldText, listBins } from '../../web/src/state/bin-list.ts';
import { overflowMarks } from '../../web/src/state/overflow-marks.ts';
import { plannedStops, routeLetter } from '../../web/src/state/route-look.ts';
import { bins, iso, NOW } from './support/fixture-city.ts';
import { planOf } from './support/fixture-plan.ts';

const all: BinFilter = { text: '', state: 'all', stream: 'all' };
const marks = overflowMarks([
  { reportId: 'r1', binId: 'bin-003', channel: 'crew', reportedBy: 'a', seenAt: iso(NOW - 60_000), standing: 'open' },
  { reportId: 'r2', binId: 'bin-004', channel: 'citizen', reportedBy: 'a', seenAt: iso(NOW), standing: 'emptied' },
  { reportId: 'r3', binId: 'bin-003', channel: 'citizen', reportedBy: 'b', seenAt: iso(NOW), standing: 'open' },
]);
const context = { planned: plannedStops(planOf('plan-1')), language: 'vi', marks };
const list = (filter: Partial<BinFilter>, sort: BinSort = { by: 'name', descending: false }) =>
  listBins(bins, { ...all, ...filter }, sort, context);

describe('the list of bins', () => {
  it('is found without typing Vietnamese marks', () => {
    expect(foldText('Đinh Bộ Lĩnh – Bạch Đằng')).toBe('dinh bo linh – bach dang');
    expect(list({ text: ' bach dang' }).map(({ id }) => id)).toEqual(['bin-001']);
  });

  it('sorts by fill with unknown bins last in either direction', () => {
    for (const descending of [true, false]) {
      const listed = list({}, { by: 'fill', descending });
      const firstUnknown = listed.findIndex(({ fill }) => fill.status === 'no-data');
      expect(firstUnknown).toBeGreaterThan(0);
      expect(listed.slice(firstUnknown).every(({ fill }) => fill.status === 'no-data')).toBe(true);
      const fractions = listed.flatMap(({ fill }) => (fill.status === 'known' ? [fill.fraction] : []));
      expect(fractions).toEqual(fractions.toSorted((a, b) => (descending ? b - a : a - b)));
    }
  });

  it('sorts numbers in names as numbers', () => {
    const names = list({ text: 'Thùng Phú Lợi' }).map(({ name }) => name);
    expect(names.indexOf('Thùng Phú Lợi 2')).toBeLessThan(names.indexOf('Thùng Phú Lợi 10'));
  });

  it('sorts by place in the plan, bins outside it last', () => {
    const listed = list({}, { by: 'plan', descending: false });
    const inPlan = listed.map(({ id }) => context.planned.get(id));
    expect(inPlan[0]).toMatchObject({ routeIndex: 0, number: 1 });
    expect(inPlan.slice(context.planned.size).every((stop) => stop === undefined)).toBe(true);
  });

  it('splits into over, under and no data without rest', () => {
    const parts = (['over', 'under', 'no-data'] as const).map((state) => list({ state }).length);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(bins.length);
    expect(parts[2]).toBe(bins.filter(({ fill }) => fill.status === 'no-data').length);
  });

  it('finds what is reported as overflowing, by reports that still stand', () => {
    expect(list({ state: 'reported' }).map(({ id }) => id)).toEqual(['bin-003']);
    expect(marks.get('bin-003')).toEqual({
      count: 2,
      channels: ['crew', 'citizen'],
      firstSeenAt: iso(NOW - 60_000),
      lastSeenAt: iso(NOW),
    });
  });

  it('finds silent sensors, whether their last level is an old one or none any more', () => {
    const silent = list({ state: 'silent' });
    expect(silent.map(({ fill }) => fill.status)).toEqual(expect.arrayContaining(['known', 'no-data']));
    expect(silent.length).toBeLessThan(bins.length / 4);
  });
});

describe('the letters of routes', () => {
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [27, 'AB'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('number %i is %s', (index, letter) => {
    expect(routeLetter(index)).toBe(letter);
  });
});
