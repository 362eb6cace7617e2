import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchWrite } from '../../../shared/storage/dynamodb/items.ts';
import { dynamodbOverflowReports } from '../../../shared/storage/dynamodb/overflow-reports.ts';
import type { OverflowReport, OverflowReportStore } from '../../../shared/waste/overflow/overflow-report.ts';
import { useTestTable } from '../../support/dynamodb.ts';
import { memoryOverflowReports } from '../../support/memory-overflow-reports.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;

const aReport = (reportId: string, more: Partial<OverflowReport> = {}): OverflowReport => ({
  reportId,
  binId: 'bin-1',
  channel: 'citizen',
  reportedBy: 'lan@tdm.vn',
  seenAt: noon,
  receivedAt: noon + 60_000,
  ...more,
});

const openTable = useTestTable();

describe.each([
  ['in memory', async () => memoryOverflowReports()],
  ['in DynamoDB', async () => dynamodbOverflowReports(await openTable())],
])('reports of overflowing bins %s', (_name, open) => {
  let store: OverflowReportStore;
  beforeAll(async () => {
    store = await open();
  });

  it('are kept once, whatever comes later under the same id', async () => {
    const first = aReport('once', { binId: 'kept', note: 'túi rác\n"ngoài thùng"', planId: 'plan-1' });
    expect(await store.add(first)).toBe(true);
    expect(await store.add(first)).toBe(false);
    expect(await store.add({ ...first, binId: 'other', seenAt: noon - 3 * DAY })).toBe(false);
    expect(await store.get('once')).toEqual(first);
    expect(await store.ofBin('kept', 0)).toEqual([first]);
    expect(await store.ofBin('other', 0)).toEqual([]);
    expect(await store.get('never')).toBeUndefined();
  });

  it('let exactly one of many simultaneous ones with the same id win', async () => {
    const many = Array.from({ length: 8 }, (_, index) => aReport('race', { binId: `race-${index}` }));
    const answers = await Promise.all(many.map((report) => store.add(report)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    const kept = await store.get('race');
    for (const { binId } of many)
      expect(await store.ofBin(binId, 0), binId).toEqual(binId === kept?.binId ? [kept] : []);
  });

  it('are withdrawn once, and stay with who, when and why', async () => {
    const report = aReport('wrong', { binId: 'fine' });
    const withdrawn = { at: noon + DAY, by: 'minh@tdm.vn', why: 'Nhầm thùng' };
    expect(await store.withdraw('wrong', withdrawn)).toBe(false);
    await store.add(report);
    const both = [withdrawn, { ...withdrawn, by: 'another' }].map((each) => store.withdraw('wrong', each));
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
    expect(await store.withdraw('wrong', { ...withdrawn, by: 'late' })).toBe(false);
    const [kept] = await store.ofBin('fine', 0);
    expect(kept).toMatchObject({ ...report, withdrawn: { at: noon + DAY, why: 'Nhầm thùng' } });
    expect(await store.since(noon)).toContainEqual(kept);
    expect(await store.add(report)).toBe(false);
    expect(await store.get('wrong')).toEqual(kept);
  });

  it('are found by when they were seen, over days and bins, in that order', async () => {
    const from = noon + 100 * DAY;
    for (const days of [40, 0, 2, 1])
      await store.add(aReport(`d${days}`, { binId: `b${days}`, seenAt: from + days * DAY }));
    const found = async (at: number) => (await store.since(at)).map(({ reportId }) => reportId);
    expect(await found(from)).toEqual(['d0', 'd1', 'd2', 'd40']);
    expect(await found(from + 1)).toEqual(['d1', 'd2', 'd40']);
    expect(await found(from + 40 * DAY + 1)).toEqual([]);
    expect(await store.ofBin('b2', from + 2 * DAY)).toHaveLength(1);
    expect(await store.ofBin('b2', from + 2 * DAY + 1)).toEqual([]);
  });
});

type Act = { readonly report: OverflowReport; readonly why?: string };

const drawn = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 4 }),
    binId: fc.constantFrom('x', 'y'),
    seen: fc.nat(9),
    isWrong: fc.boolean(),
    order: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** A client that hears of no such report tries again later: so every act is carried out in the end. */
const carryOut = async (store: OverflowReportStore, acts: readonly Act[]): Promise<void> => {
  const again: Act[] = [];
  for (const act of acts) {
    const { report, why } = act;
    const isKnown = (await store.get(report.reportId)) !== undefined;
    if (why === undefined) await store.add(report);
    else if (isKnown) await store.withdraw(report.reportId, { at: noon, by: 'lan', why });
    else again.push(act);
  }
  if (again.length > 0) await carryOut(store, again);
};

describe('reports and withdrawals that are sent again, and in any order', () => {
  it('leave the same set', () =>
    fc.assert(
      fc.asyncProperty(drawn, async (said) => {
        // One thing said under each id, as clients do.
        const byId = [...new Map(said.map((each) => [each.id, each])).values()];
        const acts = byId.flatMap(({ id, binId, seen, isWrong, order }) => {
          const report = aReport(`r${id}`, { binId, seenAt: noon + seen });
          const own: readonly Act[] = [report, report].map((each) => ({ report: each }));
          const withdrawals: readonly Act[] = isWrong ? own.map((act) => ({ ...act, why: 'wrong' })) : [];
          return [...own, ...withdrawals].map((act, index) => ({ act, key: order[index] ?? 0 }));
        });
        const [inOrder, anyhow] = [memoryOverflowReports(), memoryOverflowReports()];
        const straight = acts.map(({ act }) => act);
        const shuffled = acts.toSorted((a, b) => a.key - b.key).map(({ act }) => act);
        await carryOut(inOrder, straight);
        await carryOut(anyhow, shuffled);
        expect(await anyhow.since(0)).toEqual(await inOrder.since(0));
        expect(await anyhow.ofBin('x', 0)).toEqual(await inOrder.ofBin('x', 0));
        const wrong = byId.filter(({ isWrong }) => isWrong).length;
        expect((await anyhow.since(0)).filter(({ withdrawn }) => withdrawn !== undefined)).toHaveLength(wrong);
      }),
      { numRuns: 200 },
    ));
});

describe('a writer that died halfway', () => {
  it('left ways to nothing, and is made up for when the report is sent again', async () => {
    const options = await openTable();
    const store = dynamodbOverflowReports(options);
    const report = aReport('halfway', { binId: 'half' });
    const day = new Date(report.seenAt).toISOString().slice(0, 10);
    await batchWrite(options, { put: [{ pk: `overflow-reports-of-day#${day}`, sk: 'halfway', reportId: 'halfway' }] });
    expect((await store.since(report.seenAt)).map(({ reportId }) => reportId)).not.toContain('halfway');
    expect(await store.add(report)).toBe(true);
    expect(await store.ofBin('half', 0)).toEqual([report]);
    expect(await store.since(report.seenAt)).toContainEqual(report);
  });
});
