import { mkdirSync } from 'node:fs';
import { queryOperations } from './query.ts';
import { windowOf } from './records/admission.ts';
import { type Catalog, openCatalog } from './storage/catalog.ts';
import { openDatabase } from './storage/database.ts';
import { type Ledger, openLedger } from './storage/ledger.ts';
import { openWarehouse, type Warehouse } from './storage/warehouse.ts';
import { openWritePath } from './storage/write-path.ts';
import { tableOperations } from './tables.ts';
import { type Operation, serveAwsJson } from './wire.ts';
import { writeRecords } from './write.ts';

export type TimestreamEndpointOptions = {
  /** Holds everything that is stored; made when missing. One endpoint at a time may have it open. */
  readonly directory: string;
  /** 0 takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** UTC epoch milliseconds: what `now()`, `ago()` and the retention windows go by. */
  readonly clock?: () => number;
  /** Beyond so many records on their way into DuckDB, writes are answered with ThrottlingException. */
  readonly maxUnappliedRecords?: number;
  /** So many recent records are sorted into a run, and no longer stand in the order in which they came. */
  readonly runRecords?: number;
};

export type TimestreamEndpoint = {
  /** For AWS_ENDPOINT_URL_TIMESTREAM_WRITE and AWS_ENDPOINT_URL_TIMESTREAM_QUERY. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

const EXPIRY_EVERY_MS = 3_600_000;

/** Forgets what is older than both stores keep. */
const expireRecords = async (
  { catalog, ledger, warehouse }: { catalog: Catalog; ledger: Ledger; warehouse: Warehouse },
  now: number,
): Promise<void> => {
  for (const table of catalog.tables()) {
    const { memoryFrom, magneticFrom } = windowOf(table, now);
    const before = Math.min(memoryFrom, magneticFrom) * 1000;
    if (before <= 0) continue;
    ledger.expire(table.id, before);
    await warehouse.expire(table, before);
  }
};

/**
 * Starts a local endpoint that speaks Timestream for LiveAnalytics' wire protocol, for the AWS SDK's write and query clients
 * with nothing but their endpoint variables set. It keeps the service's documented rules on records and answers its SQL from
 * DuckDB. What a write acknowledged survives the death of the process at any instant.
 *
 * Narrower than the service: instants are stored to the microsecond, versions go to 2^53, a query is a SELECT (no SHOW,
 * DESCRIBE or UNLOAD) with the functions of `sql/functions.ts`, and what is outside is refused with ValidationException. An
 * integer divided by zero is null here and an error there.
 */
export const startTimestreamEndpoint = async ({
  directory,
  port = 0,
  host = '127.0.0.1',
  clock = Date.now,
  maxUnappliedRecords = 50_000,
  runRecords,
}: TimestreamEndpointOptions): Promise<TimestreamEndpoint> => {
  mkdirSync(directory, { recursive: true });
  const warehouse = await openWarehouse(directory, runRecords);
  const sqlite = openDatabase(directory);
  const catalog = openCatalog(sqlite);
  const ledger = openLedger(sqlite);
  await warehouse.reconcile(catalog.tables());
  const writePath = openWritePath({ sqlite, catalog, ledger, warehouse }, { clock, maxUnappliedRecords });
  await writePath.catchUp();
  const stores = { sqlite, catalog, ledger, warehouse, writePath };
  await expireRecords(stores, clock());
  const expiry = setInterval(() => {
    expireRecords(stores, clock()).catch((error) => console.error('Timestream endpoint: expiry failed', error));
  }, EXPIRY_EVERY_MS);
  expiry.unref();

  const operations = new Map<string, Operation>([
    // The SDK asks here first and then replaces the host, and only the host, of its endpoint by the address it is told.
    ['DescribeEndpoints', () => ({ Endpoints: [{ Address: host, CachePeriodInMinutes: 1440 }] })],
    ['WriteRecords', writeRecords(writePath)],
    ...tableOperations(stores, clock),
    ...queryOperations(stores, clock),
  ]);
  const server = await serveAwsJson(operations, { host, port });

  const close = async (): Promise<void> => {
    clearInterval(expiry);
    await server.close();
    await writePath.close();
    await warehouse.close();
    sqlite.close();
  };
  return { url: server.url, close };
};
