import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { type Question, questions } from './queries.ts';

/**
 * How fast SensorThings answers over a city that `fill.ts` made: `node bench/sensorthings/run.ts --home FOLDER [--times 15] [--pause MS]`.
 * A real local city in a child process, over HTTP with gzip, one request after another; prints median, least, 95th percentile, size and memory.
 */
const { values } = parseArgs({
  options: {
    home: { type: 'string' },
    times: { type: 'string', default: '15' },
    only: { type: 'string' },
    pause: { type: 'string', default: '0' },
  },
});
if (values.home === undefined) throw new Error('Say where the city is: --home FOLDER');

/** Between requests, so that what is believed for two seconds is asked anew. */
const pauseMs = Number(values.pause);

type Answer = { readonly status: number; readonly body: Buffer; readonly ms: number };

/** Takes the bytes as they come; unpacking them is the client's affair and not in the time. */
const get = (address: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const from = performance.now();
    const asked = request(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const ms = performance.now() - from;
        const bytes = Buffer.concat(parts);
        const packed = response.headers['content-encoding'] === 'gzip';
        resolve({ status: response.statusCode ?? 0, body: packed ? gunzipSync(bytes) : bytes, ms });
      });
    });
    asked.on('error', reject);
    asked.end();
  });

const addressOf = (root: string, { path, query }: Pick<Question, 'path' | 'query'>): string =>
  `${root}${path}?${Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;

const one = z.object({ value: z.array(z.looseObject({ '@iot.id': z.number() })).min(1) });

const idOf = async (root: string, filter: string): Promise<number> => {
  const { body } = await get(addressOf(root, { path: '/Datastreams', query: { $filter: filter, $select: 'id' } }));
  return one.parse(JSON.parse(body.toString())).value[0]?.['@iot.id'] ?? 0;
};

const residentMb = (city: ChildCity, field: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${city.process.pid}/status`, 'utf8');
  return Math.round(Number(status.match(new RegExp(`${field}:\\s+(\\d+) kB`))?.[1] ?? 0) / 1_024);
};

const TICKS_A_SECOND = 100;

/** Processor time of the whole city so far, milliseconds: what a busy machine does not lengthen. In steps of 10. */
const processorMs = (city: ChildCity): number => {
  const fields = readFileSync(`/proc/${city.process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND) * 1_000;
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** What an answer held, as far as it tells whether it was the right one. */
const contentOf = ({ status, body }: Answer): string => {
  const text = body.toString();
  if (status !== 200) return `${status} ${text.slice(0, 120)}`;
  const ids = text.match(/"@iot\.id"|"phenomenonTime"/g)?.length ?? 0;
  const count = /"@iot\.count":(\d+)/.exec(text)?.[1];
  return `${Math.round(body.length / 1_024)} kB, ${ids || text.split('\n').length} names${count ? `, count ${count}` : ''}`;
};

type Measured = { readonly medianMs: number; readonly processorMs: number };

const measure = async (city: ChildCity, root: string, question: Question, times: number): Promise<Measured> => {
  const address = addressOf(root, question);
  const first = await get(address);
  const took: number[] = [];
  const before = processorMs(city);
  for (let index = 0; index < times; index += 1) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    took.push((await get(address)).ms);
  }
  const spent = (processorMs(city) - before) / times;
  took.sort((a, b) => a - b);
  const figures = [at(took, 0.5), at(took, 0), at(took, 0.95), first.ms, spent]
    .map((ms) => ms.toFixed(0).padStart(7))
    .join('');
  process.stdout.write(`${question.name.padEnd(34)}${figures}   ${contentOf(first)}\n`);
  return { medianMs: at(took, 0.5), processorMs: spent };
};

const times = Number(values.times);
const city = await startChildCity(values.home, { PHOSACH_SFTP: 'off' });
try {
  const root = `${city.running.http}/sta/v1.1`;
  const first = await get(`${root}/Things`);
  process.stdout.write(`first request of all: ${first.ms.toFixed(0)} ms, ${first.status}\n`);
  const plain = await idOf(root, "properties/quantity eq 'fillDistance'");
  const fast = await idOf(root, "properties/sensorId eq 'dust-00000' and properties/quantity eq 'pm25'");
  const month = new Date(Date.now() - 31 * 86_400_000).toISOString();
  process.stdout.write(`${'milliseconds'.padEnd(34)} median    min    p95  first    CPU   answer\n`);
  const all = new Map<string, Measured>();
  for (const question of questions(month, plain, fast)) {
    if (values.only !== undefined && !question.name.includes(values.only)) continue;
    const measured = await measure(city, root, question, times);
    all.set(question.name, measured);
    const other = all.get(question.against ?? '');
    if (other === undefined) continue;
    const [time, work] = [
      measured.medianMs / other.medianMs,
      measured.processorMs / Math.max(other.processorMs, TICKS_A_SECOND / times),
    ];
    process.stdout.write(`  ${time.toFixed(2)} × ${question.against}, ${work.toFixed(2)} × its CPU\n`);
  }
  process.stdout.write(`memory: ${residentMb(city, 'VmRSS')} MB, peak ${residentMb(city, 'VmHWM')} MB\n`);
} finally {
  await city.stop();
}
process.exit(0);
