import { describe, expect, it } from 'vitest';
import { type Bin, specialEventSchema } from '../../../../shared/city/entities.ts';
import { eventDeadline } from '../../../../shared/waste/policy/event-deadline.ts';
import { knownCircumstances } from '../../../../shared/waste/policy/known-circumstances.ts';
import { aReport } from '../../../support/crew-reports.ts';
import { memoryCrewReports } from '../../../support/memory-crew-reports.ts';
import { memoryOverflowReports } from '../../../support/memory-overflow-reports.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { aBin, city } from '../../../support/small-city.ts';

/** A Sunday, 17:00 in Thủ Dầu Một. */
const now = Date.UTC(2026, 10, 22, 10);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const binAt = (id: string, latitude: number, longitude = 106.65): Bin =>
  aBin(id, { position: { latitude, longitude } });
const bins = [binAt('near', 10.9801), binAt('far', 10.99), binAt('named', 11.2), binAt('inside', 10.9, 106.5)];
const square = [
  [106.49, 10.89],
  [106.51, 10.89],
  [106.51, 10.91],
  [106.49, 10.91],
  [106.49, 10.89],
];
const market = specialEventSchema.parse({
  id: 'market',
  name: 'Chợ phiên',
  nameEn: 'Sunday market',
  from: '2026-11-01T05:00',
  to: '2026-11-01T11:00',
  weekdays: ['sun', 'mon'],
  binIds: ['named'],
  circle: { centre: { latitude: 10.98, longitude: 106.65 }, radiusMetres: 200 },
  area: { type: 'Polygon', coordinates: [square] },
});

const open = () => {
  const overflowReports = memoryOverflowReports();
  const crewReports = memoryCrewReports();
  const registry = memoryRegistry({ city: [city], bin: bins, 'special-event': [market] });
  return {
    registry,
    overflowReports,
    crewReports,
    ask: knownCircumstances({ registry, cityId: 'tdm', overflowReports, crewReports }),
  };
};

describe('what people know', () => {
  it('are events with the bins that they name, surround and lie near, each time that they take place', async () => {
    const { events } = await open().ask(now - HOUR, now + 2 * DAY);
    expect(events).toEqual([
      {
        eventId: 'market',
        name: 'Chợ phiên',
        nameEn: 'Sunday market',
        from: Date.parse('2026-11-23T05:00:00+07:00'),
        to: Date.parse('2026-11-23T11:00:00+07:00'),
        binIds: new Set(['near', 'named', 'inside']),
      },
    ]);
  });

  it('are reports that nobody withdrew, by who said so', async () => {
    const { overflowReports, ask } = open();
    const report = { binId: 'far', channel: 'citizen', reportedBy: 'lan', seenAt: now, receivedAt: now } as const;
    await overflowReports.add({ ...report, reportId: 'r1' });
    await overflowReports.add({ ...report, reportId: 'r2' });
    await overflowReports.add({ ...report, reportId: 'r3', channel: 'dispatcher' });
    await overflowReports.add({ ...report, reportId: 'old', seenAt: now - 8 * DAY });
    await overflowReports.withdraw('r2', { at: now, by: 'lan', why: 'x' });
    const { reports } = await ask(now - 7 * DAY, now);
    expect(reports.map(({ source }) => source)).toEqual(['citizen r1', 'dispatcher lan']);
  });

  it('are the same of one bin as of all, where only that bin is asked for', async () => {
    const { registry, overflowReports, ask } = open();
    const report = { channel: 'citizen', reportedBy: 'lan', seenAt: now, receivedAt: now } as const;
    for (const { id } of bins) await overflowReports.add({ ...report, reportId: `r-${id}`, binId: id });
    const all = await ask(now - DAY, now + DAY);
    for (const bin of bins) {
      const own = await knownCircumstances({ registry, cityId: 'tdm', overflowReports, only: bin })(
        now - DAY,
        now + DAY,
      );
      expect(own.reports).toEqual(all.reports.filter(({ binId }) => binId === bin.id));
      expect(own.events.map(({ eventId }) => eventId)).toEqual(
        all.events.filter(({ binIds }) => binIds.has(bin.id)).map(({ eventId }) => eventId),
      );
    }
  });

  it('are the bins that crews left open', async () => {
    const { crewReports, ask } = open();
    const told = [
      aReport(1, { binId: 'near', outcome: 'partly', fractionLeft: 0.4, at: now - 2 * HOUR }),
      aReport(2, { binId: 'far', outcome: 'blocked', at: now - 2 * HOUR }),
      aReport(3, { binId: 'far', outcome: 'collected', at: now - HOUR }),
    ];
    for (const report of told) await crewReports.add({ ...report, receivedAt: now });
    expect((await ask(now - DAY, now)).leftOpen).toEqual([
      { binId: 'near', at: now - 2 * HOUR, outcome: 'partly', fractionLeft: 0.4 },
    ]);
  });
});

describe('by when an event wants its bins emptied', () => {
  it('is when the first begins that this is the last chance before', async () => {
    const given = await open().ask(now - 7 * DAY, now + 3 * DAY);
    const monday = Date.parse('2026-11-23T05:00:00+07:00');
    const chances = (thisTime: number) => ({ thisTime, nextTime: thisTime + DAY });
    expect(eventDeadline({ id: 'near' }, given, chances(monday - 5 * HOUR))).toBe(monday);
    expect(eventDeadline({ id: 'near' }, given, chances(monday))).toBeUndefined();
    expect(eventDeadline({ id: 'far' }, given, chances(monday - 5 * HOUR))).toBeUndefined();
  });
});
