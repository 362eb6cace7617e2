import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrewReport, crewOutcomeSchema, lastWords } from '../../../../shared/routing/crew/crew-report.ts';
import { openReports } from '../../../../shared/routing/crew/open-reports.ts';
import { aReport } from '../../../support/crew-reports.ts';

const at = Date.UTC(2026, 10, 22, 9);

/** Reports of a few bins and plans, with instants that often agree. */
const reportsArbitrary: fc.Arbitrary<readonly CrewReport[]> = fc
  .array(
    fc.record({
      binId: fc.constantFrom('b1', 'b2', 'b3'),
      planId: fc.constantFrom('p1', 'p2'),
      outcome: fc.constantFrom(...crewOutcomeSchema.options),
      at: fc.integer({ min: at, max: at + 3 }),
      sequence: fc.nat(3),
      takenBack: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  .map((made) => made.map(({ takenBack, ...more }, n) => aReport(n, { ...more, ...(takenBack && { takenBack }) })));

const shuffled = (reports: readonly CrewReport[]) => fc.shuffledSubarray([...reports], { minLength: reports.length });

describe('the crew’s last word', () => {
  it('is the same in whatever order, and however often, reports came', () =>
    fc.assert(
      fc.property(
        reportsArbitrary.chain((reports) => fc.tuple(fc.constant(reports), shuffled(reports), shuffled(reports))),
        ([made, once, again]) => {
          const sorted = (map: ReadonlyMap<string, CrewReport>) =>
            [...map.values()].sort((a, b) => (a.binId < b.binId ? -1 : 1));
          expect(sorted(lastWords([...once, ...again]))).toEqual(sorted(lastWords(made)));
          expect(sorted(openReports([...once, ...again]))).toEqual(sorted(openReports(made)));
        },
      ),
    ));

  it('is gone when it was taken back, and there again when the stop is reported anew', () => {
    const [collected, back, partly] = [
      aReport(1, { at }),
      aReport(2, { at: at + 1, takenBack: true }),
      aReport(3, { at: at + 2, outcome: 'partly', fractionLeft: 0.5 }),
    ];
    expect(lastWords([back, collected]).size).toBe(0);
    expect(lastWords([partly, back, collected]).get('bin-1')).toEqual(partly);
  });
});

describe('what comes back as due', () => {
  it('is what was partly emptied, blocked or not found, with the last word on it', () => {
    const reports = [
      aReport(1, { binId: 'a', outcome: 'partly', fractionLeft: 0.3 }),
      aReport(2, { binId: 'b', outcome: 'blocked' }),
      aReport(3, { binId: 'c', outcome: 'not-found' }),
      aReport(4, { binId: 'd' }),
    ];
    const open = openReports(reports);
    expect([...open.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(open.get('a')?.fractionLeft).toBe(0.3);
  });

  it('is settled by another truck that collects it later, of the same plan or another', () => {
    const blocked = aReport(1, { at, outcome: 'blocked' });
    expect(openReports([aReport(2, { at: at + 5, vehicleId: 't2' }), blocked]).size).toBe(0);
    expect(openReports([aReport(2, { at: at + 5, planId: 'plan-b' }), blocked]).size).toBe(0);
    expect(openReports([aReport(2, { at: at - 5, planId: 'plan-b' }), blocked]).size).toBe(1);
  });

  it('stays due when a mistaken “collected” of another plan is taken back', () => {
    const blocked = aReport(1, { at, outcome: 'blocked' });
    const mistaken = [
      aReport(2, { at: at + 5, planId: 'plan-b' }),
      aReport(3, { at: at + 6, planId: 'plan-b', takenBack: true }),
    ];
    expect(openReports([blocked, ...mistaken]).get('bin-1')).toEqual(blocked);
  });
});
