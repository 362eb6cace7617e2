import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { siteRows, tableCsv } from '../../../shared/open-data/csv.ts';
import { defaultEnd, readingsCacheControl } from '../../../shared/open-data/freshness.ts';
import { readingsGeoJson } from '../../../shared/open-data/geojson.ts';
import { localInstant, openReading } from '../../../shared/open-data/open-reading.ts';
import { listSites } from '../../../shared/open-data/site.ts';
import { readingTable } from '../../../shared/open-data/tables/reading-table.ts';
import { siteTable } from '../../../shared/open-data/tables/site-table.ts';
import { memoryRegistry } from '../../support/memory-stores.ts';
import { aBin, aReading } from '../../support/small-city.ts';

const AT = Date.UTC(2026, 10, 22, 10);
const context = { timeZone: 'Asia/Ho_Chi_Minh', siteOf: new Map([['s1', 'air-1']]) };

describe('CSV', () => {
  it.each(['=HYPERLINK("http://evil.example","x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1'])(
    'defuses the name %j, which a spreadsheet would run',
    async (name) => {
      const sites = await listSites(memoryRegistry({ bin: [aBin('bin-1', { name })] }));
      const [, row] = parse(tableCsv(siteTable, siteRows(sites)), { record_delimiter: '\r\n' });
      expect(row?.[2]).toBe(`'${name}`);
    },
  );

  it('keeps negative numbers as they are', () => {
    const csv = tableCsv(readingTable, [openReading(aReading('s1', 'airTemperature', AT, -3.25), context)]);
    expect(csv.split('\r\n')[1]).toContain(',-3.25,');
  });

  it('keeps names with quotes, commas, line breaks and Vietnamese whole', async () => {
    const name = 'Bạch Đằng, "góc"\nđường';
    const sites = await listSites(memoryRegistry({ bin: [aBin('bin-1', { name })] }));
    expect(parse(tableCsv(siteTable, siteRows(sites)), { columns: true, record_delimiter: '\r\n' })).toMatchObject([
      { name },
    ]);
  });

  it('has its header when there is nothing else', () => {
    expect(tableCsv(readingTable, [])).toBe(
      'stationId,sensorId,quantity,value,unit,measuredAt,measuredAtLocal,flag,test\r\n',
    );
  });
});

describe('An instant on the city’s clock', () => {
  // Offsets from the tz database: half hours and daylight saving as well.
  it.each([
    ['Asia/Ho_Chi_Minh', '2026-11-22T17:00:00.000+07:00'],
    ['Asia/Kolkata', '2026-11-22T15:30:00.000+05:30'],
    ['America/St_Johns', '2026-11-22T06:30:00.000-03:30'],
    ['UTC', '2026-11-22T10:00:00.000+00:00'],
  ])('in %s is %s', (timeZone, expected) => {
    expect(localInstant(timeZone, AT)).toBe(expected);
    expect(Date.parse(expected)).toBe(AT);
  });
});

describe('GeoJSON', () => {
  it('has no geometry for a sensor that stands nowhere', () => {
    const reading = openReading(aReading('workshop', 'pm25', AT, 1), context);
    expect(readingsGeoJson([reading], new Map()).features[0]?.geometry).toBeNull();
  });
});

describe('Caching', () => {
  it('is long from two days after the period’s end', () => {
    const end = AT - 48 * 3_600_000;
    expect(readingsCacheControl(end, AT)).toBe('public, max-age=86400, stale-while-revalidate=86400');
    expect(readingsCacheControl(end + 1, AT)).toBe('public, max-age=60, stale-while-revalidate=60');
  });

  it('gives all who ask within a minute the same period, which holds every reading until now', () => {
    expect(defaultEnd(AT)).toBe(AT + 60_000);
    expect(defaultEnd(AT + 1)).toBe(defaultEnd(AT + 59_998));
    expect(defaultEnd(AT + 59_999)).toBeGreaterThan(AT + 59_999);
  });
});
