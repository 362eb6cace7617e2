import { request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { DescribedApi } from './document.ts';
import { type FuzzAnswer, openJudge } from './judge.ts';
import { seededRandom } from './random.ts';
import { curlLine, type FuzzRequest, fuzzRequest } from './requests.ts';
import type { Known } from './values.ts';

export type Finding = { readonly curl: string; readonly status: number; readonly faults: readonly string[] };
export type FuzzReport = {
  readonly requests: number;
  readonly findings: readonly Finding[];
  /** How often each operation was answered with each status. */
  readonly answered: ReadonlyMap<string, ReadonlyMap<number, number>>;
};

const decompressed = (bytes: Buffer, coding: string | undefined): string => {
  if (bytes.length === 0) return '';
  if (coding === 'br') return brotliDecompressSync(bytes).toString();
  return (coding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
};

/** Sends exactly these bytes as the target: no client tidies the path up. */
const sendRaw = (origin: string, { method, target, headers, body }: FuzzRequest): Promise<FuzzAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    // Node sends no length of its own with DELETE.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const asked = send(
      { hostname, port, method, path: target, headers: { ...headers, ...length } },
      async (response) => {
        const bytes = await buffer(response);
        const all = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(all),
          body: decompressed(bytes, response.headers['content-encoding']),
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });

/** Names of parameters and the names under which answers show values for them. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  id: ['@iot.id'],
  station: ['stationId', 'id'],
  sensor: ['sensorId'],
  featureId: ['id'],
  cursor: ['nextCursor'],
  bin: ['binId', 'id'],
};

/** Remembers what answers show, so that later requests ask for what there is. */
const openMemory = (hints: Known['hints']) => {
  const seen = new Map<string, Set<string>>();
  const keep = (name: string, value: string): void => {
    const known = seen.get(name) ?? new Set();
    if (known.size < 20 && value.length < 600) known.add(value);
    seen.set(name, known);
  };
  const note = (value: unknown, name: string, depth: number): void => {
    if (depth > 6 || value === null) return;
    if (typeof value === 'string' || typeof value === 'number') keep(name, String(value));
    else if (Array.isArray(value)) for (const each of value.slice(0, 5)) note(each, name, depth + 1);
    else if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) note(inner, key, depth + 1);
    }
  };
  return {
    known: {
      hints,
      seen: (name: string) => [name, ...(ALIASES[name] ?? [])].flatMap((each) => [...(seen.get(each) ?? [])]),
    } satisfies Known,
    note: (answer: FuzzAnswer): void => {
      if (answer.status === 200 && answer.headers['content-type']?.includes('json')) {
        note(JSON.parse(answer.body || 'null'), '', 0);
      }
    },
  };
};

export type FuzzOptions = {
  readonly origin: string;
  readonly api: DescribedApi;
  readonly seed: number;
  readonly hints?: Known['hints'];
  /** Whether to go on, asked before each request. */
  readonly goOn: (requests: number) => boolean;
};

/** Asks one API for what its document describes, and for what it does not, and judges every answer. */
export const fuzz = async ({ origin, api, seed, hints = {}, goOn }: FuzzOptions): Promise<FuzzReport> => {
  const random = seededRandom(seed);
  const judge = openJudge(api);
  const memory = openMemory(hints);
  const findings: Finding[] = [];
  const answered = new Map<string, Map<number, number>>();
  let requests = 0;
  while (goOn(requests)) {
    const request = fuzzRequest(api, random, memory.known);
    requests += 1;
    const answer = await sendRaw(origin, request);
    const faults = judge(request, answer);
    if (faults.length > 0) findings.push({ curl: curlLine(origin, request), status: answer.status, faults });
    else if (request.method === 'GET') memory.note(answer);
    const name = request.operation?.operationId ?? 'none';
    const counts = answered.get(name) ?? new Map<number, number>();
    answered.set(name, counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1));
  }
  return { requests, findings, answered };
};
