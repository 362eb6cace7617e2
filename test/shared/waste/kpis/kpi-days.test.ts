import { describe, expect, it } from 'vitest';
import { kpisOf } from '../../../../shared/waste/kpis/figures.ts';
import { kpiDaysBetween, summarizeDays } from '../../../../shared/waste/kpis/kpi-days.ts';
import { city } from '../../../support/small-city.ts';
import { HOUR, inWard, levels, midnight, openKpiCity } from './kpi-city.ts';

const A = inWard('A', 'Phú Cường');
const now = midnight('2026-11-24') + 4 * HOUR;
const flat = levels('A', midnight('2026-11-20'), new Array(24 * 4 + 4).fill(0.3));

describe('The nightly run', () => {
  it('works the last month out once, and the last three days every night', async () => {
    const ports = await openKpiCity({ bins: [A], readings: flat });
    const first = await summarizeDays(ports, city, now);
    expect([first.length, first[0], first.at(-1)]).toEqual([31, '2026-10-24', '2026-11-23']);
    expect(await summarizeDays(ports, city, now)).toEqual(['2026-11-21', '2026-11-22', '2026-11-23']);
  });

  it('takes up what came late', async () => {
    const ports = await openKpiCity({ bins: [A], readings: flat });
    await summarizeDays(ports, city, now);
    const emptied = levels('A', midnight('2026-11-22') + 8 * HOUR, [0.3, 0.02, 0.02, 0.02]);
    // A correction: the same instants, received later.
    await (
      ports.readings as ReturnType<
        typeof import('../../../../shared/telemetry/memory-reading-store.ts').memoryReadingStore
      >
    ).append(emptied.map((reading) => ({ ...reading, receivedAt: now })));
    await summarizeDays(ports, city, now + 24 * HOUR);
    const [day] = await ports.kpiDays.range('2026-11-22', '2026-11-22');
    expect(day && kpisOf([day], undefined).collections).toBe(1);
  });
});

describe('A period that is asked for', () => {
  const period = { from: '2026-11-20', to: '2026-11-26', at: now };

  it('has the days so far, today’s as far as it has come, and names those to come as missing from nothing', async () => {
    const ports = await openKpiCity({ bins: [A], readings: flat });
    const { days, missing } = await kpiDaysBetween(ports, city, period);
    expect(days.map(({ date }) => date)).toEqual([
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
      '2026-11-23',
      '2026-11-24',
    ]);
    expect(missing).toEqual([]);
    expect(days.at(-1)?.wards[0]?.readingsExpected).toBe(4);
  });

  it('says which days nobody has worked out, where there are too many to do it now', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => inWard(`bin-${index}`, 'Phú Cường'));
    const ports = await openKpiCity({ bins: many });
    const { days, missing } = await kpiDaysBetween(ports, city, period);
    expect(days.map(({ date }) => date)).toEqual(['2026-11-23', '2026-11-24']);
    expect(missing).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
  });
});
