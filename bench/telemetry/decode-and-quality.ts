import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lorawanEnvelopes } from '../../events/uplink-message.ts';
import type { Sensor } from '../../shared/city/entities.ts';
import { type OpenedUplink, openUplink } from '../../shared/telemetry/open-uplink.ts';
import { assessSensor } from '../../shared/telemetry/quality-control/assess-sensor.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { readingsOf } from '../../shared/telemetry/readings-of.ts';
import { sandboxInThisThread } from '../../shared/telemetry/scripted-codecs/run-calls.ts';
import { scriptedCodec } from '../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import { type FoundScripts, scriptedUplinks } from '../../shared/telemetry/scripted-codecs/scripted-uplinks.ts';
import { advance, type SensorState } from '../../shared/telemetry/sensor-state.ts';
import { frames } from './frames.ts';
import { scriptMapping, scriptText } from './script.ts';

/**
 * `node bench/telemetry/decode-and-quality.ts [--uplinks N] [--rounds 5]`: uplinks a second from the frame's bytes to readings with the worst
 * flag of all quality tests and the sensor's next state, on one core and without stores: what `ingest` does between the envelope and
 * the append. Built-in codecs: an uplink of each device in turn, 20 sensors of each; `withEnvelopes` from the queue's message on, an envelope
 * of each network in turn. Scripts: ten in turn, in batches of 100. One JSON
 * line; exit code 1 under 100,000 and 5,000.
 */
const TARGETS = { builtIn: 100_000, scripted: 5_000 } as const;
const { values } = parseArgs({
  options: { uplinks: { type: 'string', default: '400000' }, rounds: { type: 'string', default: '5' } },
});
const uplinks = Number(values.uplinks);
const rounds = Number(values.rounds);
if (!(Number.isInteger(uplinks) && uplinks > 0)) throw new Error('--uplinks takes a whole number of at least 1');

const START = Date.UTC(2026, 10, 1);
const INTERVAL_MS = 900_000;
const SENSORS_OF_EACH = 20;
const BATCH = 100;

type Source = { readonly sensor: Sensor; readonly bytes: Uint8Array; readonly fPort: number; state?: SensorState };

const sensorOf = (id: string, codec: NonNullable<Sensor['codec']>): Sensor => ({
  id,
  kind: 'air',
  devEui: '24e124713d000042',
  codec,
  intervalSeconds: INTERVAL_MS / 1_000,
  status: 'active',
  // As strict as a city may be: on top of what is tested anyway.
  thresholds: {
    fillDistance: { spike: { suspect: 300, fail: 1_500, method: 'average' }, gapSeconds: 7_200 },
    airTemperature: { rateOfChange: { suspectPerHour: 10 }, gapSeconds: 7_200 },
  },
});

const builtIn = Array.from({ length: SENSORS_OF_EACH }, (_, copy) =>
  frames.map(({ codec, fPort, bytes }): Source => ({ sensor: sensorOf(`${codec}-${copy}`, codec), bytes, fPort })),
).flat();

const uplinkOf = ({ bytes, fPort }: Source, heardAt: number): OpenedUplink => ({
  envelope: 'tts',
  receivedAt: heardAt + 800,
  frame: { devEui: '24e124713d000042', bytes, fPort, heardAt },
});

/** Runs the tests and keeps the state, and answers how many readings there were. */
const judge = (source: Source, readings: readonly Reading[]): number => {
  const { readings: judged, quality } = assessSensor(source.sensor, source.state, readings);
  const next = advance(source.state, judged);
  if (next !== undefined) source.state = { ...next, quality };
  return judged.length;
};

let clock = START;

const runBuiltIn = (count: number): number => {
  let readings = 0;
  for (let index = 0; index < count; index += 1) {
    const source = builtIn[index % builtIn.length];
    if (source === undefined) continue;
    if (index % builtIn.length === 0) clock += INTERVAL_MS;
    const decoded = readingsOf(uplinkOf(source, clock), source.sensor);
    if (!decoded.ok) throw new Error(`${source.sensor.id}: ${decoded.reason}`);
    readings += judge(source, decoded.value);
  }
  return readings;
};

/** As `events/topic-rules.ts` puts them on the queue: the network's envelope in base64 in JSON. */
const queueBodies = lorawanEnvelopes.map((network) => {
  const sample = readFileSync(new URL(`../../events/samples/${network}-em400-mud.json`, import.meta.url));
  return JSON.stringify({ envelope: network, payloadBase64: sample.toString('base64'), receivedAt: START + 1_000 });
});
const envelopeSources = queueBodies.map(
  (_, index): Source => ({
    sensor: sensorOf(`whole-${index}`, 'milesight-em400-mud'),
    bytes: new Uint8Array(),
    fPort: 85,
  }),
);

const runWhole = (count: number): number => {
  let readings = 0;
  for (let index = 0; index < count; index += 1) {
    const place = index % queueBodies.length;
    const source = envelopeSources[place];
    const opened = openUplink(queueBodies[place] ?? '');
    if (!opened.ok) throw new Error(opened.reason);
    if (source === undefined || opened.value.envelope === 'city-json') continue;
    if (place === 0) clock += INTERVAL_MS;
    const uplink = { ...opened.value, receivedAt: clock + 800, frame: { ...opened.value.frame, heardAt: clock } };
    const decoded = readingsOf(uplink, source.sensor);
    if (!decoded.ok) throw new Error(decoded.reason);
    readings += judge(source, decoded.value);
  }
  return readings;
};

const scripts = Array.from({ length: 10 }, (_, index) =>
  scriptedCodec(`bench-${index}`, scriptText(index / 10), scriptMapping),
);
const found: FoundScripts = { ok: true, codecs: new Map(scripts.map((codec) => [codec.id, codec])) };
const neverAsked = () => {
  throw new Error('The registry is not asked here');
};
const scripted = scriptedUplinks(
  {
    get: neverAsked,
    getMany: neverAsked,
    list: neverAsked,
    put: neverAsked,
    putMany: neverAsked,
    remove: neverAsked,
    sensorByDevEui: neverAsked,
  },
  () => clock,
  sandboxInThisThread(),
);
const scriptedSources = Array.from({ length: 200 }, (_, index): Source => {
  const bytes = Uint8Array.of(
    1,
    0x75,
    index % 101,
    3,
    0x67,
    0x10,
    1,
    4,
    0x68,
    0x6e,
    7,
    0x7d,
    0x20,
    2,
    3,
    0x82,
    index,
    4,
  );
  return { sensor: sensorOf(`scripted-${index}`, `script:bench-${index % 10}`), bytes, fPort: 85 };
});

const runScripted = async (count: number): Promise<number> => {
  let readings = 0;
  for (let from = 0; from < count; from += BATCH) {
    if (from % scriptedSources.length === 0) clock += INTERVAL_MS;
    const batch = Array.from({ length: BATCH }, (_, index) => {
      const source = scriptedSources[(from + index) % scriptedSources.length];
      if (source === undefined) throw new Error('no source');
      return { source, uplink: uplinkOf(source, clock), sensor: source.sensor };
    });
    const said = await scripted.decode(
      batch.map(({ uplink, sensor }) => ({
        uplink: uplink as Exclude<OpenedUplink, { envelope: 'city-json' }>,
        sensor,
      })),
      found,
    );
    for (const [index, { source, uplink, sensor }] of batch.entries()) {
      const decoded = readingsOf(uplink, sensor, said[index]?.());
      if (!decoded.ok) throw new Error(decoded.reason);
      readings += judge(source, decoded.value);
    }
  }
  return readings;
};

/** Median of the rounds; one more before lets the compiler do its work. */
const measure = async (count: number, run: (count: number) => number | Promise<number>) => {
  await run(count / 4);
  const rates: number[] = [];
  let readings = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    readings = await run(count);
    rates.push((count / (performance.now() - before)) * 1_000);
  }
  rates.sort((a, b) => a - b);
  const median = rates[Math.floor(rates.length / 2)] ?? 0;
  return { uplinksPerSecond: Math.round(median), readingsPerUplink: Math.round((readings / count) * 100) / 100 };
};

const result = {
  builtIn: await measure(uplinks, runBuiltIn),
  withEnvelopes: await measure(uplinks / 4, runWhole),
  scripted: await measure(Math.ceil(uplinks / 2_000) * BATCH, runScripted),
};
console.log(JSON.stringify(result));
const isFast =
  result.builtIn.uplinksPerSecond >= TARGETS.builtIn && result.scripted.uplinksPerSecond >= TARGETS.scripted;
process.exitCode = isFast ? 0 : 1;
