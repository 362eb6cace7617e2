import { parseArgs } from 'node:util';
import { defaultAveragingPolicy } from '../../shared/environment/averaging-policy.ts';
import { evaluateCity } from '../../shared/environment/evaluate.ts';
import { limitsFor } from '../../shared/environment/limits-for.ts';
import { buildReport } from '../../shared/environment/reports/build-report.ts';
import { composeDocument } from '../../shared/environment/reports/document/compose.ts';
import { pdfDefinition, pdfTableLayouts } from '../../shared/environment/reports/document/pdf-definition.ts';
import { renderHtml } from '../../shared/environment/reports/document/render-html.ts';
import { gatherStations } from '../../shared/environment/reports/gather.ts';
import { renderCsv } from '../../shared/environment/reports/render-csv.ts';
import { reportPeriod } from '../../shared/environment/reports/report-period.ts';
import { printPdf } from '../../shared/printing/print-pdf.ts';
import { memoryReadingStore } from '../../shared/telemetry/memory-reading-store.ts';
import { memoryExceedances, memoryRegistry, memorySensorStates } from '../../test/support/memory-stores.ts';
import { madeUpReadings } from '../../test/support/report-city.ts';
import { aSensor, aStation, city } from '../../test/support/small-city.ts';

/**
 * How long the report of a year takes, and how much memory: stations of six pollutants that report every hour, evaluated by the city's own
 * evaluation, in memory. Prints one JSON line. `node bench/environment/report.ts [--stations 6]`
 */
const { values } = parseArgs({ options: { stations: { type: 'string', default: '6' } } });
const count = Number(values.stations);
const pollutants = ['pm25', 'pm10', 'so2', 'no2', 'co', 'o3'] as const;

const registry = memoryRegistry({
  city: [city],
  station: Array.from({ length: count }, (_, index) => aStation(`station-${index}`)),
  sensor: Array.from({ length: count }, (_, index) => ({
    ...aSensor(`air-${index}`, `station-${index}`, 'air'),
    intervalSeconds: 3_600,
  })),
});
const readings = memoryReadingStore();
const sensorStates = memorySensorStates();
for (let index = 0; index < count; index += 1) {
  const own = madeUpReadings(`air-${index}`, pollutants, { from: '2025-01-01', days: 365, everyMinutes: 60 });
  await readings.append(own);
  await sensorStates.record(own);
}
const period = reportPeriod('year', '2025', city.timeZone);
const asOf = period.endsAt + 3_600_000;
const range = { from: period.startsAt, to: period.endsAt };
const exceedances = memoryExceedances();
await evaluateCity({ at: asOf, cityId: city.id, registry, readings, sensorStates, exceedances, limitsFor, range });

const seconds: Record<string, number> = {};
const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
  const started = performance.now();
  const result = await work();
  seconds[name] = Math.round(performance.now() - started) / 1_000;
  return result;
};
const stations = await registry.list('station');
const report = await timed('report', () =>
  buildReport(
    { city, scope: { kind: 'city' }, period, asOf },
    gatherStations({ registry, sensorStates, readings }, { stations, period, asOf }),
    defaultAveragingPolicy,
  ),
);
const document = composeDocument(report);
const csv = await timed('csv', () => renderCsv(report));
const html = await timed('html', () => renderHtml(document, 'both'));
const pdf = await timed('pdf', () => printPdf(pdfDefinition(document, 'both'), { tableLayouts: pdfTableLayouts }));
const bytes = { json: JSON.stringify(report).length, csv: csv.length, html: html.length, pdf: pdf.length };
const { rss } = process.memoryUsage();
process.stdout.write(`${JSON.stringify({ stations: count, seconds, bytes, rssMb: Math.round(rss / 1e6) })}\n`);
