import type { Figures } from './figures.ts';

const percent = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** All seeds of a policy as one: means of means, sums of counts. */
export const togetherBy = (runs: readonly Figures[]): readonly (Figures & { readonly spreadKm: number })[] =>
  [...Map.groupBy(runs, ({ policy }) => policy).values()].map((alike) => {
    const [first] = alike as [Figures];
    const of = (pick: (figures: Figures) => number): number => mean(alike.map(pick));
    const sum = (pick: (figures: Figures) => number): number => alike.reduce((total, each) => total + pick(each), 0);
    const [collections, found] = [sum((each) => each.collections), sum((each) => each.foundOverflowing)];
    const km = of((each) => each.kmADay);
    return {
      ...first,
      kmADay: km,
      spreadKm: Math.max(...alike.map((each) => Math.abs(each.kmADay - km))),
      hoursADay: of((each) => each.hoursADay),
      trucksADay: of((each) => each.trucksADay),
      mostTrucks: Math.max(...alike.map((each) => each.mostTrucks)),
      collectionsADay: of((each) => each.collectionsADay),
      collections,
      foundOverflowing: found,
      serviceLevel: 1 - found / Math.max(1, collections),
      leftBehind: sum((each) => each.leftBehind),
      overflows: sum((each) => each.overflows),
      overflowHours: sum((each) => each.overflowHours),
      meanFill: of((each) => each.meanFill),
      underHalf: of((each) => each.underHalf),
      fillHistogram: first.fillHistogram.map((_, tenth) => sum((each) => each.fillHistogram[tenth] ?? 0)),
    };
  });

/** A row a policy, compared with the first one named as a baseline. */
export const tableOf = (runs: readonly Figures[]): string => {
  const rows = togetherBy(runs);
  const baseline = rows.find(({ policy }) => policy.startsWith('select')) ?? rows[0];
  const lines = rows.map((row) => {
    const change = baseline === undefined ? 0 : row.kmADay / baseline.kmADay - 1;
    const cells = [
      row.policy,
      row.kmADay.toFixed(1),
      row === baseline ? '' : `${change < 0 ? '−' : '+'}${percent(Math.abs(change))}`,
      row.hoursADay.toFixed(1),
      `${row.trucksADay.toFixed(1)} (${row.mostTrucks})`,
      row.collectionsADay.toFixed(1),
      percent(row.meanFill),
      percent(row.underHalf, 0),
      percent(row.serviceLevel, 2),
      `${row.overflows} (${row.overflowHours} h)`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| policy | km a day | against select | hours a day | trucks (most) | collections a day | mean fill | under half | in time | overflows |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...lines,
  ].join('\n');
};
