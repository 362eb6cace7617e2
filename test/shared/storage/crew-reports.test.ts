import { beforeAll, describe, expect, it } from 'vitest';
import type { CrewReportArchive } from '../../../shared/routing/crew/crew-report-archive.ts';
import { dynamodbCrewReports } from '../../../shared/storage/dynamodb/crew-reports.ts';
import { batchWrite } from '../../../shared/storage/dynamodb/items.ts';
import { aReport, reportIdOf } from '../../support/crew-reports.ts';
import { useTestTable } from '../../support/dynamodb.ts';
import { memoryCrewReports } from '../../support/memory-crew-reports.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const received = (n: number, more: Parameters<typeof aReport>[1] = {}) => ({
  ...aReport(n, more),
  receivedAt: noon + 24 * HOUR,
  reportedBy: 'to-1@tdm.vn',
});

const openTable = useTestTable();

describe.each([
  ['in memory', async () => memoryCrewReports()],
  ['in DynamoDB', async () => dynamodbCrewReports(await openTable())],
])('crews’ reports %s', (_name, open) => {
  let archive: CrewReportArchive;
  beforeAll(async () => {
    archive = await open();
  });

  it('are kept once, whatever comes later under the same id', async () => {
    const first = received(1, { planId: 'once', at: noon });
    expect(await archive.add(first)).toBe(true);
    expect(await archive.add(first)).toBe(false);
    expect(await archive.add({ ...first, outcome: 'blocked', planId: 'other' })).toBe(false);
    expect(await archive.get(reportIdOf(1))).toEqual(first);
    expect(await archive.ofPlan('once')).toEqual([first]);
    expect(await archive.ofPlan('other')).toEqual([]);
    expect(await archive.get(reportIdOf(999))).toBeUndefined();
  });

  it('let exactly one of many simultaneous ones with the same id win', async () => {
    const many = Array.from({ length: 8 }, (_, i) => received(2, { planId: 'race', note: `${i}` }));
    const answers = await Promise.all(many.map((report) => archive.add(report)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await archive.ofPlan('race')).toHaveLength(1);
  });

  it('are told in the order made, not in that of their arrival', async () => {
    const made = [
      received(12, { planId: 'order', at: noon, sequence: 1 }),
      received(11, { planId: 'order', at: noon, sequence: 2 }),
      received(10, { planId: 'order', at: noon + 1, sequence: 0 }),
      received(13, { planId: 'order', at: noon + 1, sequence: 0 }),
    ];
    for (const index of [3, 0, 2, 1]) await archive.add(made[index] ?? received(0));
    expect(await archive.ofPlan('order')).toEqual(made);
  });

  it('are found by when they were made, over days and plans, whenever they came', async () => {
    for (const days of [0, 1, 2, 40])
      await archive.add(received(20 + days, { planId: `p${days}`, at: noon + 1e9 + days * 24 * HOUR }));
    const found = async (at: number) => (await archive.since(at)).map(({ planId }) => planId);
    expect(await found(noon + 1e9)).toEqual(['p0', 'p1', 'p2', 'p40']);
    expect(await found(noon + 1e9 + 1)).toEqual(['p1', 'p2', 'p40']);
    expect(await found(noon + 1e9 + 40 * 24 * HOUR + 1)).toEqual([]);
  });

  it('keep every member', async () => {
    const full = received(70, { planId: 'full', outcome: 'partly', fractionLeft: 0.4, note: 'xe máy chắn\n"lối"' });
    await archive.add({ ...full, photoKey: 'crew-photos/x', takenBack: true });
    expect(await archive.ofPlan('full')).toEqual([{ ...full, photoKey: 'crew-photos/x', takenBack: true }]);
  });

  it('are kept when refused, once each, newest first, by month of arrival', async () => {
    const refused = (sent: string, receivedAt: number) =>
      ({ receivedAt, reportedBy: 'to-1', code: 'unknown-bin', reason: 'no', reasonVi: 'không', sent }) as const;
    await archive.refuse(refused('{"a":1}', noon));
    await archive.refuse(refused('{"a":2}', noon + 5));
    await archive.refuse(refused('{"a":1}', noon + 9));
    await archive.refuse(refused('{"a":3}', noon + 31 * 24 * HOUR));
    expect(await archive.refused('2026-11')).toEqual([refused('{"a":2}', noon + 5), refused('{"a":1}', noon)]);
    expect(await archive.refused('2026-10')).toEqual([]);
  });
});

describe('a writer that died halfway', () => {
  it('is made up for when the phone sends the report again', async () => {
    const options = await openTable();
    const archive = dynamodbCrewReports(options);
    const report = received(300, { planId: 'halfway' });
    await batchWrite(options, { put: [{ pk: `crew-report#${report.reportId}`, sk: 'report', report }] });
    expect(await archive.ofPlan('halfway')).toEqual([]);
    expect(await archive.add(report)).toBe(false);
    expect(await archive.ofPlan('halfway')).toEqual([report]);
    expect(await archive.since(report.at)).toContainEqual(report);
  });
});
