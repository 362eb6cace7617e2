import { createHash } from 'node:crypto';
import * as z from 'zod';
import { lorawanEnvelopes } from '../../../events/uplink-message.ts';
import {
  COPY_WINDOW_MS,
  copyOf,
  type Kept,
  RAW_UPLINK_RETENTION_MS,
  type RawUplink,
  type RawUplinkStore,
} from '../../telemetry/raw-uplinks.ts';
import { StoreUnavailableError } from '../../telemetry/reading-store.ts';
import { backOff } from '../back-off.ts';
import { mapInParallel } from '../parallel.ts';
import { batchGet, type Item, ifAtVersion, type Key, putItem, queryPages, type TableOptions } from './items.ts';

const WRITES_IN_FLIGHT = 16;
const CONFLICT_ATTEMPTS = 12;

/** One time at which a frame was heard. */
const hearingSchema = z.object({
  heardAt: z.int(),
  receivedAt: z.int(),
  sensorId: z.string(),
  network: z.enum(lorawanEnvelopes),
  codec: z.string().optional(),
  signal: z.object({ rssi: z.number().optional(), snr: z.number().optional() }).optional(),
});

/**
 * All hearings of one frame (counter, port, bytes) of one device on one day: so the decision whether an uplink is a copy is taken
 * on one item, under its version, and of two copies that arrive at once the second sees the first.
 */
const frameSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  devEui: z.string(),
  fCnt: z.int().optional(),
  fPort: z.int().optional(),
  hex: z.string(),
  hearings: z.array(hearingSchema),
  version: z.int().positive(),
});
type Frame = z.infer<typeof frameSchema>;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const partition = (devEui: string): string => `uplink#${devEui}`;

/** Without a counter nothing tells a copy from the next frame with the same values: its instant then makes it the only one. */
const digestOf = ({ fCnt, fPort, hex, heardAt }: RawUplink): string =>
  createHash('sha256')
    .update(`${fPort ?? ''}|${hex}|${fCnt === undefined ? heardAt : ''}`)
    .digest('hex')
    .slice(0, 16);

const identityOf = (uplink: RawUplink): string => `${String(uplink.fCnt ?? '').padStart(10, '0')}#${digestOf(uplink)}`;

const keyOn = (uplink: RawUplink, at: number): Key => ({
  pk: partition(uplink.devEui),
  sk: `${dayOf(at)}#${identityOf(uplink)}`,
});

/** Where its copies may lie: on its own day, and around midnight on the day beside it. */
const keysOf = (uplink: RawUplink): readonly Key[] => {
  const { heardAt } = uplink;
  return [heardAt, heardAt - COPY_WINDOW_MS, heardAt + COPY_WINDOW_MS]
    .map((at) => keyOn(uplink, at))
    .filter((key, index, keys) => keys.findIndex(({ sk }) => sk === key.sk) === index);
};

const hearingOf = ({ heardAt, receivedAt, sensorId, network, codec, signal }: RawUplink) => ({
  heardAt,
  receivedAt,
  sensorId,
  network,
  codec,
  signal,
});

/** The table as far as frames are concerned. */
type FrameTable = {
  readonly read: (keys: readonly Key[]) => Promise<Map<string, Frame>>;
  /** Answers false when another writer came first. */
  readonly write: (frame: Omit<Frame, 'version'>, version: number) => Promise<boolean>;
};

const placeOf = ({ pk, sk }: Key): string => `${pk}|${sk}`;

const frameTable = (options: TableOptions): FrameTable => ({
  read: async (keys) => {
    const frames = (await batchGet(options, keys)).map((item) => frameSchema.parse(item));
    return new Map(frames.map((frame) => [placeOf(frame), frame]));
  },
  write: (frame, version) => {
    const last = Math.max(...frame.hearings.map(({ heardAt, receivedAt }) => Math.max(heardAt, receivedAt)));
    const expiresAt = Math.ceil((last + RAW_UPLINK_RETENTION_MS) / 1_000);
    return putItem(options, { ...frame, version: version + 1, expiresAt }, ifAtVersion(version));
  },
});

const contended = (devEui: string): StoreUnavailableError =>
  new StoreUnavailableError(`A frame of the device ${devEui} is being written by too many at once`);

/** Keeps one uplink, beside what `known` holds, which it brings up to date. Answers the instant that counts for it. */
const keepOne = async (table: FrameTable, uplink: RawUplink, known: Map<string, Frame>): Promise<number> => {
  const keys = keysOf(uplink);
  const key = keyOn(uplink, uplink.heardAt);
  for (let attempt = 0; attempt < CONFLICT_ATTEMPTS; attempt += 1) {
    const frames = keys.flatMap((place) => known.get(placeOf(place)) ?? []);
    const instants = frames.flatMap(({ hearings }) => hearings.map(({ heardAt }) => heardAt));
    const earlier = copyOf(instants, uplink.heardAt);
    if (earlier !== undefined) return earlier;
    const current = known.get(placeOf(key));
    const { devEui, fCnt, fPort, hex } = uplink;
    const hearings = [...(current?.hearings ?? []), hearingOf(uplink)];
    const next = { ...key, devEui, fCnt, fPort, hex, hearings };
    if (await table.write(next, current?.version ?? 0)) {
      known.set(placeOf(key), { ...next, version: (current?.version ?? 0) + 1 });
      return uplink.heardAt;
    }
    await backOff(attempt);
    for (const [place, frame] of await table.read(keys)) known.set(place, frame);
  }
  throw contended(uplink.devEui);
};

/** Notes another codec beside those hearings of one frame. */
const restampOne = async (table: FrameTable, hearings: readonly RawUplink[], codec: string): Promise<void> => {
  const [first] = hearings;
  if (first === undefined) return;
  const instants = new Set(hearings.map(({ heardAt }) => heardAt));
  for (let attempt = 0; attempt < CONFLICT_ATTEMPTS; attempt += 1) {
    const [frame] = (await table.read([keyOn(first, first.heardAt)])).values();
    if (frame === undefined) return;
    const { version, ...rest } = frame;
    const stamped = rest.hearings.map((hearing) => (instants.has(hearing.heardAt) ? { ...hearing, codec } : hearing));
    if (await table.write({ ...rest, hearings: stamped }, version)) return;
    await backOff(attempt);
  }
  throw contended(first.devEui);
};

/** LoRaWAN frames in DynamoDB, in the city table, until they expire. */
export const dynamodbRawUplinks = (options: TableOptions): RawUplinkStore => {
  const table = frameTable(options);
  return {
    keep: async (uplinks) => {
      const known = await table.read(uplinks.flatMap(keysOf));
      const kept = new Map<RawUplink, Kept>();
      // Copies within the batch one after the other, everything else side by side.
      const groups = Map.groupBy(uplinks, (uplink) => `${uplink.devEui}|${identityOf(uplink)}`);
      await mapInParallel([...groups.values()], WRITES_IN_FLIGHT, async (group) => {
        for (const uplink of group) {
          try {
            kept.set(uplink, { ok: true, heardAt: await keepOne(table, uplink, known) });
          } catch (error) {
            kept.set(uplink, { ok: false, error });
          }
        }
      });
      return uplinks.map((uplink) => kept.get(uplink) ?? { ok: false, error: new Error('An uplink was left out') });
    },

    history: async function* ({ devEui, from, to }) {
      const pages = queryPages(options, {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        // "$" sorts directly behind "#".
        ExpressionAttributeValues: { ':pk': partition(devEui), ':first': dayOf(from), ':last': `${dayOf(to)}$` },
      });
      for await (const page of pages) {
        for (const item of page) {
          yield* uplinksOf(item).filter(({ heardAt }) => heardAt >= from && heardAt < to);
        }
      }
    },

    restamp: async (uplinks, codec) => {
      const groups = Map.groupBy(uplinks, (uplink) => `${uplink.devEui}|${keyOn(uplink, uplink.heardAt).sk}`);
      await mapInParallel([...groups.values()], WRITES_IN_FLIGHT, (group) => restampOne(table, group, codec));
    },
  };
};

/** One uplink for each time the frame was heard. */
const uplinksOf = (item: Item): readonly RawUplink[] => {
  const { devEui, fCnt, fPort, hex, hearings } = frameSchema.parse(item);
  return hearings.map(({ codec, signal, ...hearing }) => ({
    devEui,
    hex,
    ...hearing,
    ...(fCnt !== undefined && { fCnt }),
    ...(fPort !== undefined && { fPort }),
    ...(codec !== undefined && { codec }),
    ...(signal !== undefined && {
      signal: {
        ...(signal.rssi !== undefined && { rssi: signal.rssi }),
        ...(signal.snr !== undefined && { snr: signal.snr }),
      },
    }),
  }));
};
