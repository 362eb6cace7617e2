import { serveBulkFiles } from './bulk/serve-files.ts';
import type { Cloud } from './cloud.ts';
import type { LocalConfig } from './config.ts';
import { functionNames } from './functions.ts';
import type { RunningCity } from './home.ts';
import { startHttpServer } from './http/server.ts';
import { startBroker } from './mqtt/broker.ts';
import { queueNames } from './names.ts';
import type { Pki } from './pki/pki.ts';
import { openRevocations } from './pki/revocations.ts';
import type { Shutdown } from './shutdown.ts';
import { mailboxPage } from './sns/mailbox-page.ts';
import { openStationFiles } from './station-files/open-station-files.ts';
import { uplinkPath } from './uplink-path.ts';

/** Opens the doors to the outside, MQTT for devices, SFTP for stations and HTTP for people; answers their addresses. */
export const openDoors = async (
  config: LocalConfig,
  cloud: Cloud,
  pki: Pki,
  consoleDirectory: string,
  shutdown: Shutdown,
  log: (line: string) => void,
): Promise<Pick<RunningCity, 'http' | 'mqtt' | 'sftp'>> => {
  const broker = await startBroker({
    host: config.host,
    port: config.mqttPort,
    pki,
    isRevoked: openRevocations(config.home).isRevoked,
    onMessage: uplinkPath((body) => cloud.queues.send(queueNames.uplinks, body), log),
    log: (event, detail) => log(`mqtt: ${event} ${JSON.stringify(detail)}`),
  });
  shutdown.add(broker.close);
  const sftp = await openStationFiles(config, cloud, shutdown, log);
  const http = await startHttpServer({
    host: config.host,
    port: config.httpPort,
    consoleDirectory,
    consoleConfig: config.tiles ? { tiles: config.tiles } : {},
    tilesUrl: config.tiles?.url,
    routes: {
      '/api/v1': functionNames.operationsApi,
      '/api/v1/reports': functionNames.reportsApi,
      '/api/v1/registry': functionNames.registryApi,
      '/api/v1/driver-sheets': functionNames.reportsApi,
      '/open/v1': functionNames.openDataApi,
      '/ogc': functionNames.featuresApi,
      '/sta/v1.1': functionNames.sensorthingsApi,
      '/ngsi-ld/v1': functionNames.ngsiLdApi,
      '/ingest/v1': functionNames.ingestWebhook,
    },
    pages: {
      '/mailbox': () => ({ type: 'text/html; charset=utf-8', body: mailboxPage(cloud.mailbox.list()) }),
      '/mailbox.json': () => ({ type: 'application/json', body: JSON.stringify({ letters: cloud.mailbox.list() }) }),
    },
    bulkFiles: serveBulkFiles(config.home),
    invoke: cloud.runtime.invoke,
    health: () => ({
      status: 'ready',
      connectedSensors: broker.connectedClients(),
      refusedByBroker: broker.refusals(),
      uplinks: cloud.queues.counts(queueNames.uplinks),
      stationFiles: cloud.queues.counts(queueNames.stationFiles),
      refusedStationFiles: cloud.queues.counts(queueNames.stationFilesDeadLetter).visible,
      deadLetters: cloud.queues.counts(queueNames.uplinksDeadLetter).visible,
    }),
    log,
  });
  shutdown.add(http.close);
  const host = reachable(config.host);
  return {
    http: `http://${host}:${http.port}`,
    mqtt: { host, port: broker.port },
    ...(sftp !== undefined && { sftp: { host, port: sftp } }),
  };
};

/** A name that a client on this machine can use: nobody can connect to "every interface". */
const reachable = (host: string): string => (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host);
