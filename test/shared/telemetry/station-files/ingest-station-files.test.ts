import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefusedMessage, refusedMessageSchema } from '../../../../events/refused-message.ts';
import { type StationFilePut, stationFileEvent } from '../../../../events/station-file-event.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import { StoreUnavailableError } from '../../../../shared/telemetry/reading-store.ts';
import type { StationFilePorts } from '../../../../shared/telemetry/station-files/ingest-station-file.ts';
import { createStationFilesIngest } from '../../../../shared/telemetry/station-files/ingest-station-files.ts';
import { reasonsText } from '../../../../shared/telemetry/station-files/reasons-text.ts';
import { memoryRegistry, memorySensorStates, memoryStationFileRecords } from '../../../support/memory-stores.ts';
import { aSensor, aStation, city } from '../../../support/small-city.ts';
import { bytesOf, mutatedBytes, waterSample } from './station-files.ts';

const CODE = 'VL_CANG_NUOC01';
const NAME = `${CODE}_20230506000500.txt`;
/** 00:05 in Vietnam. */
const MEASURED = Date.parse('2023-05-05T17:05:00Z');
const RECEIVED = MEASURED + 60_000;

const setUp = (overrides: Partial<StationFilePorts> = {}) => {
  const objects = new Map<string, Uint8Array>();
  const letters: RefusedMessage[] = [];
  const problems: unknown[] = [];
  const ports: StationFilePorts = {
    cityId: city.id,
    registry: memoryRegistry({
      city: [city],
      station: [
        aStation('cang', { kind: 'water', fileCode: CODE }),
        aStation('cu', { kind: 'water', fileCode: 'VL_CANG_NUOCU' }),
        aStation('la', { kind: 'water' }),
      ],
      sensor: [
        aSensor(CODE, 'cang', 'water'),
        { ...aSensor('VL_CANG_NUOCU', 'cu', 'water'), status: 'retired' },
        aSensor('VL_CANG_NUOLA', 'la', 'water'),
      ],
    }),
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    files: {
      read: async ({ key, versionId = '' }, maxBytes) => {
        const bytes = objects.get(key + versionId);
        if (bytes === undefined) return { status: 'absent' };
        return bytes.length > maxBytes ? { status: 'too-large', size: bytes.length } : { status: 'found', bytes };
      },
    },
    stationFiles: memoryStationFileRecords(),
    refused: {
      send: async (messages) => {
        letters.push(...messages.map((message) => refusedMessageSchema.parse(message)));
        return [];
      },
    },
    clock: () => RECEIVED + 5_000,
    ...overrides,
  };
  const ingest = createStationFilesIngest({ ...ports, report: ({ error }) => problems.push(error) });
  const put = async (text: string | Uint8Array, more: Partial<StationFilePut> = {}) => {
    const file = { bucket: 'b', key: `incoming/${CODE}/${NAME}`, putAt: RECEIVED, ...more };
    objects.set(file.key + (file.versionId ?? ''), typeof text === 'string' ? bytesOf(text) : text);
    return ingest([{ messageId: 'm', body: stationFileEvent(file) }]);
  };
  const versions = (quantity: Quantity) => ports.readings.versions({ sensorId: CODE, quantity, measuredAt: MEASURED });
  return { ingest, put, ports, letters, problems, objects, versions };
};

describe('a station file', () => {
  it('becomes readings of the station’s sensor at their local time, with the device’s word as quality', async () => {
    const { put, versions, ports, letters } = setUp();
    const { files, retry } = await put(waterSample);
    expect(retry).toEqual([]);
    expect(letters).toEqual([]);
    expect(files).toMatchObject([{ lines: 4, readings: { stored: 4 }, refusedLines: 0 }]);
    expect(await versions('waterTemperature')).toMatchObject([
      { value: 29.4, receivedAt: RECEIVED, quality: { flag: 1, test: 'gross-range' } },
    ]);
    expect(await versions('cod')).toMatchObject([{ value: 23.1, quality: { flag: 4, test: 'device-calibrating' } }]);
    expect(await versions('tss')).toMatchObject([{ value: null, quality: { flag: 9, test: 'device-fault' } }]);
    const [state] = await ports.sensorStates.get([CODE]);
    expect(state?.latest.ph?.value).toBe(7.12);
    expect((await ports.stationFiles.list({ fileCode: CODE, limit: 10 })).records).toMatchObject([
      { file: NAME, receivedAt: RECEIVED, lines: 4, refusedLines: 0, refused: {} },
    ]);
  });

  it('has its values judged by those beside them, but not by what a device says while it calibrates', async () => {
    const lineOf = (value: number, minute: number, status: string): string =>
      `pH\t${value}\t-\t2023050600${String(minute).padStart(2, '0')}00\t${status}\r\n`;
    const flagsWith = async (status: string) => {
      const { put, ports } = setUp();
      await put([7.1, 7.1, 12, 7.1, 7.1].map((value, at) => lineOf(value, at, at === 2 ? status : '00')).join(''));
      const { readings } = await ports.readings.series({ sensorId: CODE, quantity: 'ph', from: 0, to: RECEIVED * 2 });
      return readings.map(({ quality: { flag, test } }) => `${flag} ${test}`);
    };
    const [, before, high, behind] = await flagsWith('00');
    expect([before, high, behind].some((flag) => flag?.endsWith('spike'))).toBe(true);
    expect(await flagsWith('01')).toEqual([
      '1 gross-range',
      '1 gross-range',
      '4 device-calibrating',
      '1 gross-range',
      '1 gross-range',
    ]);
  });

  it('changes nothing when it comes again, and corrects with history what says otherwise', async () => {
    const { put, versions } = setUp();
    await put(waterSample);
    expect((await put(waterSample, { putAt: RECEIVED + 1 })).files[0]?.readings.unchanged).toBe(4);
    const corrected = await put(waterSample.replace('7.12', '7.21'), { putAt: RECEIVED + 2 });
    expect(corrected.files[0]?.readings).toMatchObject({ corrected: 1, unchanged: 3 });
    expect((await versions('ph')).map(({ value }) => value)).toEqual([7.12, 7.21]);
    // An older upload whose event was late does not undo the correction.
    const late = await put(waterSample.replace('7.12', '7.02'), { putAt: RECEIVED - 1 });
    expect(late.files[0]?.readings).toMatchObject({ superseded: 1 });
    expect((await versions('ph')).at(-1)?.value).toBe(7.21);
  });

  it('is read in the version that its event names', async () => {
    const { put, versions, ingest } = setUp();
    await put('pH\t7.5\t-\t20230506000500\t00\r\n', { versionId: 'v2', putAt: RECEIVED + 1 });
    await put('pH\t6.5\t-\t20230506000500\t00\r\n', { versionId: 'v1' });
    expect(await ingest([])).toEqual({ retry: [], files: [] });
    expect((await versions('ph')).map(({ value }) => value)).toEqual([6.5, 7.5]);
  });
});

describe('what is refused', () => {
  it('puts every refused line with file, number, text and reason into the dead letters, and keeps the others', async () => {
    const { put, letters, ports } = setUp();
    const bad = `${waterSample}\r\nXYZ\t1\tmg/L\t20230506000500\t00\r\npH\t7\t-\t20231306000500\t00\r\nABC\t2\tmg/L\t20230506000500\t00\r\n`;
    const { files } = await put(bad);
    expect(files).toMatchObject([{ lines: 7, readings: { stored: 4 }, refusedLines: 3 }]);
    expect(letters).toMatchObject([
      {
        code: 'unknown-symbol',
        file: `incoming/${CODE}/${NAME}`,
        lines: [
          { line: 5, raw: 'XYZ\t1\tmg/L\t20230506000500\t00' },
          { line: 7, raw: 'ABC\t2\tmg/L\t20230506000500\t00' },
        ],
      },
      { code: 'invalid-instant', lines: [{ line: 6, reason: expect.stringContaining('20231306000500') }] },
    ]);
    expect((await ports.stationFiles.list({ fileCode: CODE, limit: 1 })).records[0]?.refused).toEqual({
      'unknown-symbol': 2,
      'invalid-instant': 1,
    });
    const [outcome] = files;
    const text = outcome && reasonsText(outcome);
    expect(text).toContain('7 lines: 4 stored');
    expect(text).toContain('line 6: invalid-instant');
  });

  it('sends the event along, so that redriving reads the file again once the cause is mended', async () => {
    const { put, letters, ingest, ports } = setUp();
    await put('pH\t7\t-\t20230506000500\t00\r\n', { key: `incoming/VL_CANG_NUO09/VL_CANG_NUO09_20230506000500.txt` });
    expect(letters).toMatchObject([{ code: 'unknown-station' }]);
    await ports.registry.put('station', aStation('moi', { kind: 'water', fileCode: 'VL_CANG_NUO09' }));
    await ports.registry.put('sensor', aSensor('VL_CANG_NUO09', 'moi', 'water'));
    const again = await ingest([{ messageId: 'x', body: letters[0]?.body ?? '' }]);
    expect(again.files).toMatchObject([{ fileCode: 'VL_CANG_NUO09', readings: { stored: 1 }, receivedAt: RECEIVED }]);
  });

  it.each([
    ['unknown-station', 'incoming/VL_CANG_NUOCU/VL_CANG_NUOCU_20230506000500.txt', 'retired'],
    ['unknown-station', 'incoming/VL_CANG_NUOLA/VL_CANG_NUOLA_20230506000500.txt', 'no registered station'],
    ['identity-mismatch', `incoming/BD_BAUB_NUOBBA/${NAME}`, 'BD_BAUB_NUOBBA'],
    ['identity-mismatch', `incoming/${NAME}`, 'no station’s folder'],
    ['invalid-payload', `incoming/${CODE}/readme.md`, 'readme.md'],
  ])('refuses the file as a whole: %s, %s', async (code, key, words) => {
    const { put, letters, versions } = setUp();
    const { retry, files } = await put(waterSample, { key });
    expect(retry).toEqual([]);
    expect(files).toMatchObject([{ refusal: { code } }]);
    expect(letters).toMatchObject([{ code, file: key, reason: expect.stringContaining(words) }]);
    expect(await versions('ph')).toEqual([]);
  });

  it.each([
    ['empty-file', '\r\n \r\n'],
    ['payload-too-large', 'x'.repeat(2 * 1_024 * 1_024 + 1)],
  ])('refuses a file that is %s and keeps a record of it', async (code, text) => {
    const { put, ports } = setUp();
    await put(text);
    expect((await ports.stationFiles.list({ fileCode: CODE, limit: 1 })).records).toMatchObject([
      { refusal: { code } },
    ]);
  });

  it('tells of a file that was gone, and of bodies that are no event; a test event of S3 is nothing', async () => {
    const { ingest, letters } = setUp();
    const gone = stationFileEvent({ bucket: 'b', key: `incoming/${CODE}/${NAME}`, putAt: RECEIVED });
    const bodies = [gone, 'not json', '{}', '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}'];
    const { retry } = await ingest(bodies.map((body, index) => ({ messageId: String(index), body })));
    expect(retry).toEqual([]);
    expect(letters.map(({ code }) => code)).toEqual(['no-such-file', 'not-a-file-event', 'not-a-file-event']);
  });

  it('refuses what the store never takes, line by line', async () => {
    const { put, letters } = setUp({
      readings: {
        ...memoryReadingStore(),
        append: async (readings) =>
          readings.map(({ quantity }) =>
            quantity === 'cod'
              ? { status: 'rejected', code: 'too-old', reason: 'older than ten years' }
              : { status: 'stored' },
          ),
      },
    });
    expect((await put(waterSample)).files).toMatchObject([{ lines: 4, readings: { stored: 3 }, refusedLines: 1 }]);
    expect(letters).toMatchObject([{ code: 'too-old', lines: [{ line: 3, raw: expect.stringContaining('COD') }] }]);
  });

  it('lists a bounded number of a file of rubbish, in letters that fit a queue', async () => {
    const { put, letters } = setUp();
    const { files } = await put('rubbish in a line\n'.repeat(20_000));
    expect(files[0]?.refusedLines).toBe(20_000);
    expect(letters.length).toBeLessThan(60);
    expect(letters.at(-1)?.reason).toContain('9999 further lines');
    for (const letter of letters) expect(JSON.stringify(letter).length).toBeLessThan(250_000);
  });
});

describe('what cannot be done now', () => {
  it('comes again whole while the store is down, and spoils no other file of the batch', async () => {
    const store = memoryReadingStore();
    let down = true;
    const { ingest, put, problems } = setUp({
      readings: {
        ...store,
        append: async (readings) => {
          if (down) throw new StoreUnavailableError('down');
          return store.append(readings);
        },
      },
    });
    expect(await put(waterSample)).toEqual({ retry: ['m'], files: [] });
    expect(problems).toHaveLength(1);
    down = false;
    const good = stationFileEvent({ bucket: 'b', key: `incoming/${CODE}/${NAME}`, putAt: RECEIVED });
    expect((await ingest([{ messageId: 'n', body: good }])).files).toMatchObject([{ readings: { stored: 4 } }]);
  });

  it('does not acknowledge a file whose refused lines did not reach the dead letters', async () => {
    const { put } = setUp({ refused: { send: async () => [{ index: 0, error: new Error('full') }] } });
    expect((await put('XYZ\t1\tmg/L\t20230506000500\t00\n')).retry).toEqual(['m']);
  });
});

describe('any file', () => {
  it('is accounted for: lines = kept + refused, and nothing becomes 0', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedBytes, async (bytes) => {
        const { put, ports, letters } = setUp();
        const { retry, files } = await put(bytes);
        expect(retry).toEqual([]);
        const [file] = files;
        if (file === undefined || file.refusal !== undefined) {
          expect(file?.refusal?.code).toBe('empty-file');
          return;
        }
        const { stored, unchanged, corrected, superseded } = file.readings;
        expect(stored + unchanged + corrected + superseded + file.refusedLines).toBe(file.lines);
        expect(letters.flatMap(({ lines = [] }) => lines)).toHaveLength(file.refusedLines);
        const zeros = (await ports.sensorStates.list()).flatMap(({ latest }) =>
          Object.values(latest).filter(({ value }) => value === 0),
        );
        const text = Buffer.from(bytes).toString('latin1');
        if (zeros.length > 0) expect(text).toMatch(/\s[+-]?[0.,]*0[0.,]*(e[+-]?\d+)?\s/i);
      }),
      { numRuns: 500 },
    );
  });
});
