import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOfReport } from '../../../../shared/waste/overflow/standing.ts';
import { takeOverflowReport, withdrawOverflowReport } from '../../../../shared/waste/overflow/take-report.ts';
import { memoryOverflowReports } from '../../../support/memory-overflow-reports.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { aBin } from '../../../support/small-city.ts';

const now = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const open = () => ({
  overflowReports: memoryOverflowReports(),
  registry: memoryRegistry({ bin: [aBin('bin-1'), aBin('bin-2')] }),
});
const told = { reportId: 'r1', binId: 'bin-1', channel: 'citizen', reportedBy: 'lan@tdm.vn' } as const;

describe('a report that is taken in', () => {
  it('is seen now where nobody says when, and known when it is sent again, later too', async () => {
    const parts = open();
    const first = await takeOverflowReport(parts, told, now);
    expect(first).toMatchObject({ status: 'accepted', report: { ...told, seenAt: now, receivedAt: now } });
    expect(await takeOverflowReport(parts, told, now + HOUR)).toEqual({ ...first, status: 'known' });
    expect(await takeOverflowReport(parts, { ...told, seenAt: now }, now + 8 * DAY)).toMatchObject({ status: 'known' });
  });

  it.each([
    ['another bin under the same id', { binId: 'bin-2' }, 'id-reused', 'reportId'],
    ['a bin that is not there', { reportId: 'r2', binId: 'nowhere' }, 'unknown-bin', 'binId'],
    ['something that is yet to be seen', { reportId: 'r2', seenAt: now + HOUR }, 'not-seen-yet', 'seenAt'],
    ['something seen last week', { reportId: 'r2', seenAt: now - 8 * DAY }, 'too-old', 'seenAt'],
  ])('is refused with the member at fault: %s', async (_name, more, code, field) => {
    const parts = open();
    await takeOverflowReport(parts, told, now);
    expect(await takeOverflowReport(parts, { ...told, ...more }, now)).toMatchObject({
      status: 'refused',
      code,
      field,
    });
    expect(await parts.overflowReports.since(0)).toHaveLength(1);
  });

  it('stays withdrawn when it is sent again, and the first to withdraw it is kept', async () => {
    const parts = open();
    await takeOverflowReport(parts, told, now);
    const withdrawn = { at: now + HOUR, by: 'minh@tdm.vn', why: 'Nhầm thùng' };
    expect(await withdrawOverflowReport(parts, 'r1', withdrawn)).toMatchObject({ withdrawn });
    expect(await withdrawOverflowReport(parts, 'r1', { ...withdrawn, by: 'other' })).toMatchObject({ withdrawn });
    expect(await takeOverflowReport(parts, told, now + 2 * HOUR)).toMatchObject({
      status: 'known',
      report: { withdrawn },
    });
    expect(await withdrawOverflowReport(parts, 'nowhere', withdrawn)).toBeUndefined();
  });
});

describe('how a report stands', () => {
  it('is over as soon as the bin was emptied after it was seen, and never because of an emptying before', () =>
    fc.assert(
      fc.property(fc.nat(6 * 24), fc.array(fc.nat(6 * 24)), (seen, emptied) => {
        const at = now + 6 * DAY;
        const instants = emptied.map((hours) => now + hours * HOUR);
        const last = instants.length === 0 ? null : Math.max(...instants);
        const isOver = emptied.some((hours) => hours >= seen);
        expect(standingOfReport({ seenAt: now + seen * HOUR }, last, at)).toBe(isOver ? 'emptied' : 'open');
      }),
    ));

  it('is open for seven days, and withdrawn whatever else happened', () => {
    expect(standingOfReport({ seenAt: now }, null, now + 7 * DAY)).toBe('open');
    expect(standingOfReport({ seenAt: now }, null, now + 7 * DAY + 1)).toBe('expired');
    const withdrawn = { at: now, by: 'lan', why: 'x' };
    expect(standingOfReport({ seenAt: now, withdrawn }, now + HOUR, now + 9 * DAY)).toBe('withdrawn');
  });
});
