import { join } from 'node:path';
import { type LocalCity, startCity } from './city.ts';
import { readConfig } from './config.ts';
import { certificatesDirectory } from './home.ts';
import { openLogFile } from './lambda/log-file.ts';
import { becomeLean } from './lean-process.ts';
import { folderPath } from './station-files/places.ts';

/** `npm start`: the whole city in one process, until Ctrl-C. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const announce = ({ running }: LocalCity, home: string, seconds: string): void => {
  say(`Phố Sạch is ready (${seconds} s). Ctrl-C stops it.`);
  say(`  Console      ${running.http}/`);
  say(`  Operations   ${running.http}/api/v1/openapi.json`);
  say(`  Open data    ${running.http}/data/  API: ${running.http}/open/v1/openapi.json`);
  say(`  Features     ${running.http}/ogc`);
  say(
    `  MQTT (TLS)   mqtts://${running.mqtt.host}:${running.mqtt.port}  client certificates in ${certificatesDirectory(home)}`,
  );
  const { sftp } = running;
  if (sftp !== undefined)
    say(`  SFTP         sftp://${sftp.host}:${sftp.port}  station files, or ${folderPath(home, 'incoming')}`);
  say(`  Data, logs   ${home}`);
};

const run = async (): Promise<void> => {
  const startedAt = performance.now();
  const config = readConfig();
  const logFile = openLogFile(join(config.home, 'logs', 'city.log'));
  const log = (line: string): void => logFile.write(`${new Date().toISOString()} ${line}\n`);
  let stopping = false;
  const leave = async (code: number, city?: LocalCity): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    await city?.stop();
    process.exit(code);
  };
  const city = await startCity(config, log, (reason) => {
    process.stderr.write(`${reason.message}: the city stops; what was acknowledged is on disk.\n`);
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      say('Stopping ...');
      void leave(0, city);
    });
  }
  announce(city, config.home, ((performance.now() - startedAt) / 1_000).toFixed(1));
};

becomeLean();
run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
