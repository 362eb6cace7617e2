import { parseArgs } from 'node:util';
import { publicApis } from './apis.ts';
import { documentFaults, readDocument } from './document.ts';
import { type FuzzReport, fuzz } from './fuzz.ts';

/**
 * Asks a running city's public APIs for what their OpenAPI documents describe, and for what they do not:
 * `npm run bench:fuzz-api -- [--origin http://localhost:8080] [--seconds 60] [--seed 1]`. Prints every finding with the curl line that
 * shows it again, and ends with 1 where there is one. Start the city with PHOSACH_RATE_LIMIT=off, or most of it will be refused.
 */
const { values } = parseArgs({
  options: {
    origin: { type: 'string', default: 'http://localhost:8080' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});

const table = ({ answered }: FuzzReport): string =>
  [...answered]
    .map(([name, counts]) => {
      const statuses = [...counts].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
      return `  ${name.padEnd(44)} ${statuses.join(' ')}`;
    })
    .join('\n');

let found = 0;
for (const { document, hints } of publicApis) {
  const response = await fetch(`${values.origin}${document}`);
  if (!response.ok) throw new Error(`${document}: ${response.status}`);
  const api = readDocument(await response.json());
  for (const fault of documentFaults(api)) {
    console.log(`${document}: ${fault}`);
    found += 1;
  }
  const end = Date.now() + (Number(values.seconds) * 1_000) / publicApis.length;
  const report = await fuzz({
    origin: values.origin,
    api,
    seed: Number(values.seed),
    hints,
    goOn: () => Date.now() < end,
  });
  console.log(`${document}: ${report.requests} requests, ${report.findings.length} findings`);
  console.log(table(report));
  for (const { curl, status, faults } of report.findings.slice(0, 50)) {
    console.log(`\n${status} ${faults.join('\n    ')}\n  ${curl}`);
  }
  found += report.findings.length;
}
process.exitCode = found === 0 ? 0 : 1;
