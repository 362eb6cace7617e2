import { stat } from 'node:fs/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Presets, SingleBar } from 'cli-progress';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';
import { openPki } from '../pki/pki.ts';
import { sqsDeadLetters } from '../redrive/sqs-dead-letters.ts';
import { settleAccount } from '../replay/account.ts';
import { type ReplayOptions, readReplayOptions, replayUsage } from '../replay/options.ts';
import { drained, peek } from '../replay/queues.ts';
import { replay } from '../replay/replay.ts';
import { summarize } from '../replay/summary.ts';
import { connectSensor } from '../simulator/client.ts';

/** `npm run replay`: publishes a CSV time series through MQTT and accounts for every reading. See `replayUsage`. */
const run = async (options: ReplayOptions): Promise<boolean> => {
  const home = phosachHome();
  const city = readRunning(home);
  Object.assign(process.env, cityEnvironment(city));
  const { registry, readings } = openStores(readEnvironment(storesEnvironmentSchema));
  const pki = await openPki(home);
  const sqs = new SQSClient({});
  const startedAt = performance.now();
  const bar = new SingleBar(
    { format: '{bar} {percentage} % | {rows} rows, {acknowledged} messages acknowledged' },
    Presets.rect,
  );
  bar.start((await stat(options.file)).size, 0, { rows: 0, acknowledged: 0 });
  const { counts, ledger } = await replay(options, {
    registry,
    clock: Date.now,
    connect: async (sensorId) =>
      connectSensor({
        ...city.mqtt,
        sensorId,
        credential: { ca: pki.ca, ...(await pki.issueDevice(sensorId)) },
        log: (event, detail) => console.error(event, detail),
      }),
    onProgress: (bytes, payload) => bar.update(bytes, payload),
  }).finally(() => bar.stop());
  const publishedMs = performance.now() - startedAt;

  console.log('Everything is acknowledged; waiting until the city has worked it off …');
  const empty = await drained(sqs, city.queues.uplinks);
  const drainedMs = performance.now() - startedAt;
  const deadLetters = sqsDeadLetters(sqs, { queueUrl: city.queues.deadLetter, targetUrl: city.queues.uplinks });
  const account = await settleAccount(ledger.series(), readings, () => peek(deadLetters));
  for (const line of summarize(counts, account, { publishedMs, drainedMs })) console.log(line);
  if (!empty) console.log('The uplink queue has stopped moving before it was empty: is the city still running?');
  return account.unaccounted === 0;
};

try {
  if (!(await run(readReplayOptions(process.argv.slice(2))))) process.exitCode = 2;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.argv.length < 3) console.error(`\n${replayUsage}`);
  process.exitCode = 1;
}
