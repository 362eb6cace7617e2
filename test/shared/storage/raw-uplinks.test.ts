import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryItems } from '../../../shared/storage/dynamodb/items.ts';
import { dynamodbRawUplinks } from '../../../shared/storage/dynamodb/raw-uplinks.ts';
import {
  COPY_WINDOW_MS,
  RAW_UPLINK_RETENTION_MS,
  type RawUplink,
  type RawUplinkStore,
} from '../../../shared/telemetry/raw-uplinks.ts';
import { openTestTable, type TestTable } from '../../support/dynamodb.ts';
import { memoryRawUplinks } from '../../support/memory-raw-uplinks.ts';

const NOON = Date.UTC(2026, 10, 22, 5);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let devices = 0;
/** A device of its own for each test: the table is shared. */
const newDevice = (): string => (++devices).toString(16).padStart(16, '0');

const uplink = (devEui: string, fields: Partial<RawUplink> = {}): RawUplink => ({
  devEui,
  sensorId: 'bin-1',
  network: 'chirpstack',
  fCnt: 118,
  fPort: 85,
  hex: '01755c',
  heardAt: NOON,
  receivedAt: NOON + 500,
  codec: 'milesight-em400-mud@1',
  ...fields,
});

const contract = (
  name: string,
  open: () => Promise<{ readonly store: RawUplinkStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`${name}: frames`, () => {
    let store: RawUplinkStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    const keep = async (...uplinks: RawUplink[]): Promise<readonly (number | string)[]> =>
      (await store.keep(uplinks)).map((kept) => (kept.ok ? kept.heardAt : String(kept.error)));
    const historyOf = async (devEui: string, from = 0, to = NOON * 2): Promise<readonly RawUplink[]> => {
      const found: RawUplink[] = [];
      for await (const kept of store.history({ devEui, from, to })) found.push(kept);
      return found.sort((a, b) => a.heardAt - b.heardAt);
    };

    it('come back as they were kept', async () => {
      const kept = uplink(newDevice(), { signal: { rssi: -71, snr: 8.5 } });
      expect(await keep(kept)).toEqual([NOON]);
      expect(await historyOf(kept.devEui)).toEqual([kept]);
      const { codec: _, fPort: __, ...bare } = uplink(newDevice());
      expect(await keep(bare)).toEqual([NOON]);
      expect(await historyOf(bare.devEui)).toEqual([bare]);
    });

    it('that are copies count with the instant of the one that came first, in one batch or in several', async () => {
      const device = newDevice();
      expect(await keep(uplink(device), uplink(device, { heardAt: NOON + 20, network: 'tts' }))).toEqual([NOON, NOON]);
      expect(await keep(uplink(device, { heardAt: NOON - 3_000 }), uplink(device))).toEqual([NOON, NOON]);
      expect(await historyOf(device)).toHaveLength(1);
    });

    it('that arrive at once from two sides still count as one', async () => {
      const device = newDevice();
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, index) => keep(uplink(device, { heardAt: NOON + index * 700 }))),
      );
      expect(new Set(answers.flat()).size).toBe(1);
      expect(await historyOf(device)).toHaveLength(1);
    });

    it('are no copies when counter, port, bytes or device differ', async () => {
      const device = newDevice();
      const others = [{ fCnt: 119 }, { fPort: 86 }, { hex: '01755d' }, { devEui: newDevice() }];
      const uplinks = others.map((fields, index) => uplink(device, { ...fields, heardAt: NOON + index + 1 }));
      expect(await keep(uplink(device), ...uplinks)).toEqual([NOON, NOON + 1, NOON + 2, NOON + 3, NOON + 4]);
    });

    it('of a device that has joined anew, and counts from the start, are its own', async () => {
      const device = newDevice();
      const first = uplink(device, { fCnt: 0 });
      const later = [COPY_WINDOW_MS + 1, 2 * HOUR, 30 * DAY].map((after) => NOON + after);
      expect(await keep(first)).toEqual([NOON]);
      for (const heardAt of later) expect(await keep({ ...first, heardAt })).toEqual([heardAt]);
      // Redelivered after all that, each finds its own.
      for (const heardAt of later) expect(await keep({ ...first, heardAt: heardAt + 900 })).toEqual([heardAt]);
      expect((await historyOf(device)).map(({ heardAt }) => heardAt)).toEqual([NOON, ...later]);
    });

    it('heard around midnight are copies all the same', async () => {
      const device = newDevice();
      const midnight = Date.UTC(2026, 10, 23);
      expect(await keep(uplink(device, { heardAt: midnight - 100 }))).toEqual([midnight - 100]);
      expect(await keep(uplink(device, { heardAt: midnight + 100 }))).toEqual([midnight - 100]);
    });

    it('without a counter are nobody’s copies, but still the same when delivered again', async () => {
      const device = newDevice();
      const { fCnt: _, ...first } = uplink(device);
      expect(await keep(first, { ...first, heardAt: NOON + 60_000 }, first)).toEqual([NOON, NOON + 60_000, NOON]);
      expect(await historyOf(device)).toHaveLength(2);
    });

    it('are found by their time', async () => {
      const device = newDevice();
      const instants = [0, 1, 2, 3].map((day) => NOON + day * DAY);
      await keep(...instants.map((heardAt, index) => uplink(device, { heardAt, fCnt: index })));
      const found = await historyOf(device, NOON + DAY, NOON + 3 * DAY);
      expect(found.map(({ heardAt }) => heardAt)).toEqual([NOON + DAY, NOON + 2 * DAY]);
    });

    it('take the name of another codec, each hearing for itself', async () => {
      const device = newDevice();
      const second = uplink(device, { heardAt: NOON + HOUR });
      await keep(uplink(device), second);
      await store.restamp([second], 'milesight-em400-mud@2');
      expect((await historyOf(device)).map(({ codec }) => codec)).toEqual([
        'milesight-em400-mud@1',
        'milesight-em400-mud@2',
      ]);
      expect(await keep(second)).toEqual([NOON + HOUR]);
    });
  });
};

contract('in memory', async () => ({ store: memoryRawUplinks(), close: async () => {} }));

let table: TestTable;
contract('in DynamoDB', async () => {
  table = await openTestTable();
  return { store: dynamodbRawUplinks(table), close: table.close };
});

describe('in DynamoDB: frames', () => {
  it('carry the second in which they expire, and wait when the table cannot be reached', async () => {
    const open = await openTestTable();
    const store = dynamodbRawUplinks(open);
    await store.keep([uplink('00000000000000aa')]);
    const [item] = await queryItems(open, 'uplink#00000000000000aa');
    expect(item?.expiresAt).toBe(Math.ceil((NOON + 500 + RAW_UPLINK_RETENTION_MS) / 1_000));
    await open.close();
    await expect(store.keep([uplink('00000000000000aa')])).rejects.toThrow();
  });
});
