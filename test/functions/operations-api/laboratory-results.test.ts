import { describe, expect, it } from 'vitest';
import { operationsApi } from '../../../functions/operations-api/app.ts';
import { laboratorySensorId } from '../../../shared/environment/laboratory/sample.ts';
import { stationSeriesId } from '../../../shared/telemetry/derived-quantities.ts';
import { callerOf } from '../../support/api-gateway.ts';
import { aReading, aSensor, aStation } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const sampledAt = NOW - 30 * HOUR;
const iso = (at: number): string => new Date(at).toISOString();

const open = () =>
  openOperations(
    {
      station: [aStation('river-1', { kind: 'water' }), aStation('air-1')],
      sensor: [aSensor('w1', 'river-1', 'water')],
    },
    { officerWithoutToken: 'lan@example.vn' },
  );

/** Three groups of the decision with three values of group IV; QĐ 1460, Bảng 2: all sub-indices but that of BOD5 are 100. */
const clean = {
  stationId: 'river-1',
  sampledAt: iso(sampledAt),
  laboratory: 'Trung tâm Quan trắc, VILAS 123',
  results: [
    { quantity: 'ph', value: 7.2 },
    { quantity: 'bod5', value: 6, unit: 'mg/L', method: 'SMEWW 5210B:2017' },
    { quantity: 'cod', value: 9_000, unit: 'µg/L' },
    { quantity: 'ammonium', value: '<0.05', unit: 'mg/L' },
    { quantity: 'totalColiform', value: 2_400, unit: 'MPN/100 mL' },
  ],
};

type City = ReturnType<typeof open>;
const post = ({ call }: City, body: object) => call({ method: 'POST', url: '/api/v1/laboratory-results', body });
const get = async ({ call }: City, path: string) => (await call({ url: `/api/v1${path}` })).json();

describe('laboratory results', () => {
  it('are entered in the name of the officer, in canonical units, and make a VN_WQI', async () => {
    const city = open();
    const answer = await post(city, clean);
    expect(answer.status).toBe(201);
    const { sample, vnWqi } = answer.json();
    expect(sample).toMatchObject({
      version: 1,
      enteredBy: 'lan@example.vn',
      enteredAt: iso(NOW),
      enteredThrough: 'api',
    });
    expect(sample.results[2]).toMatchObject({ quantity: 'cod', value: 9, unit: 'mg/L', reported: '9000 µg/L' });
    // Group IV: (75 + 100 + 100) / 3 = 91.67; V: 100; I: 100. Formula 3: sqrt(91.67 × 100) = 95.74.
    expect(vnWqi).toMatchObject({ status: 'computed', index: 'VN_WQI', value: 96, category: { nameVi: 'Rất tốt' } });
  });

  it('are readings of the station’s laboratory sensor; what is below detection is no zero and counts nowhere', async () => {
    const city = open();
    await post(city, clean);
    const sensorId = laboratorySensorId('river-1');
    expect(await city.parts.registry.get('sensor', sensorId)).toMatchObject({ siteId: 'river-1', kind: 'water' });
    const [reading] = (await city.parts.readings.series({ sensorId, quantity: 'ammonium', from: 0, to: NOW })).readings;
    expect(reading).toMatchObject({
      value: 0.05,
      measuredAt: sampledAt,
      quality: { flag: 3, test: 'below-detection' },
    });
    const series = { sensorId: stationSeriesId('river-1'), quantity: 'vnWqi', from: 0, to: NOW } as const;
    expect((await city.parts.readings.series(series)).readings).toMatchObject([{ value: 96, measuredAt: sampledAt }]);
  });

  it('take from the sensors, of the hour of sampling, what the sample lacks', async () => {
    const city = open();
    const hour = Array.from({ length: 4 }, (_, quarter) => sampledAt - quarter * 600_000);
    await city.store(
      ...hour.map((at) => aReading('w1', 'dissolvedOxygen', at, 4)),
      ...hour.map((at) => aReading('w1', 'waterTemperature', at, 29)),
    );
    const { vnWqi } = (await post(city, clean)).json();
    expect(vnWqi.inputs).toContainEqual(expect.objectContaining({ quantity: 'dissolvedOxygen', value: 4 }));
    expect(vnWqi.notes.map(({ en }: { en: string }) => en)).toContain('From sensors: dissolvedOxygen');
    expect(vnWqi.value).toBeLessThan(96);
  });

  it('change nothing when they are sent again', async () => {
    const city = open();
    await post(city, clean);
    const again = await post(city, { ...clean, results: clean.results.toReversed() });
    expect(again.status).toBe(200);
    expect(again.json()).toMatchObject({ status: 'unchanged', sample: { version: 1 } });
  });

  it('are corrected only with a reason, and keep what was there before', async () => {
    const city = open();
    await post(city, clean);
    city.time.now = NOW + HOUR;
    const other = { ...clean, results: [...clean.results.slice(0, 3), { quantity: 'totalColiform', value: 9_300 }] };
    const refused = await post(city, other);
    expect(refused.status).toBe(409);
    expect(refused.json().errors).toMatchObject([{ field: 'sampledAt' }]);
    const corrected = await post(city, { ...other, correctionReason: 'Typing error in the coliforms' });
    expect(corrected.json()).toMatchObject({ status: 'corrected', sample: { version: 2 } });
    expect(corrected.json().vnWqi).toMatchObject({ status: 'not-computable', reason: 'too-few-in-group-4' });
    const query = `stationId=river-1&sampledAt=${encodeURIComponent(iso(sampledAt))}`;
    const { versions } = await get(city, `/laboratory-results/versions?${query}`);
    expect(versions).toMatchObject([{ version: 1 }, { version: 2, correctionReason: 'Typing error in the coliforms' }]);
    const identity = { sensorId: laboratorySensorId('river-1'), measuredAt: sampledAt };
    const coliforms = await city.parts.readings.versions({ ...identity, quantity: 'totalColiform' });
    expect(coliforms.map(({ value }) => value)).toEqual([2_400, 9_300]);
    const ammonium = await city.parts.readings.versions({ ...identity, quantity: 'ammonium' });
    expect(ammonium.at(-1)).toMatchObject({ value: null, quality: { flag: 9, test: 'withdrawn' } });
  });

  it('are listed newest first as they stand, page by page', async () => {
    const city = open();
    for (const days of [1, 20, 40]) await post(city, { ...clean, sampledAt: iso(NOW - days * 24 * HOUR) });
    const first = await get(city, '/laboratory-results?stationId=river-1&limit=2');
    expect(first.samples.map((sample: { sampledAt: string }) => sample.sampledAt)).toEqual([
      iso(NOW - 24 * HOUR),
      iso(NOW - 480 * HOUR),
    ]);
    const rest = await get(city, `/laboratory-results?stationId=river-1&limit=2&cursor=${first.nextCursor}`);
    expect(rest.samples).toHaveLength(1);
  });

  it.each([
    [{ value: 'about 5' }, 'results.0.value', /is no number/],
    [{ value: 'KPH' }, 'results.0.detectionLimit', /not zero/],
    [{ value: 5, unit: 'ppb' }, 'results.0.unit', /no unit of bod5/],
    [{ value: 99_999 }, 'results.0.value', /is the unit right/],
    [{ value: '<0' }, 'results.0.value', /less than zero/],
  ])('are refused with the field at fault: %j', async (result, field, message) => {
    const answer = await post(open(), { ...clean, results: [{ quantity: 'bod5', ...result }] });
    expect(answer.status).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field, message: expect.stringMatching(message) }]);
  });

  it.each([
    [{ stationId: 'air-1' }, 'stationId'],
    [{ stationId: 'nowhere' }, 'stationId'],
    [{ sampledAt: iso(NOW + HOUR) }, 'sampledAt'],
    [{ sampledAt: 'yesterday' }, 'sampledAt'],
    [{ laboratory: ' ' }, 'laboratory'],
    [{ results: [{ quantity: 'ph', value: '<5' }] }, 'results.0.value'],
    [{ results: [{ quantity: 'pm25', value: 5 }] }, 'results.0.quantity'],
    [
      {
        results: [
          { quantity: 'ph', value: 7 },
          { quantity: 'ph', value: 8 },
        ],
      },
      'results.1.quantity',
    ],
  ])('are refused: %j', async (more, field) => {
    const answer = await post(open(), { ...clean, ...more });
    expect(answer.status).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });

  it('need somebody who enters them', async () => {
    const { parts } = openOperations({ station: [aStation('river-1', { kind: 'water' })] });
    const { officerWithoutToken: _, ...withoutOfficer } = parts;
    const call = callerOf(operationsApi(withoutOfficer));
    expect((await call({ method: 'POST', url: '/api/v1/laboratory-results', body: clean })).status).toBe(401);
    expect((await parts.laboratorySamples.versions('river-1', sampledAt)).length).toBe(0);
  });
});

describe('a station’s water quality', () => {
  it('is the VN_WQI of the newest sample while it stands, and nothing afterwards', async () => {
    const city = open();
    await post(city, clean);
    const { vnWqi } = await get(city, '/stations/river-1/water-quality');
    expect(vnWqi).toMatchObject({ sampledAt: iso(sampledAt), result: { value: 96 } });
    city.time.now = sampledAt + 31 * 24 * HOUR;
    expect(await get(city, '/stations/river-1/water-quality')).toMatchObject({ vnWqi: null, standsDays: 30 });
  });

  it('calls what sensors say an indication and never VN_WQI', async () => {
    const city = open();
    const day = { ...aReading('x', 'wqiIndicative', NOW - HOUR, 71), sensorId: stationSeriesId('river-1') };
    await city.parts.readings.append([day]);
    const quality = await get(city, '/stations/river-1/water-quality');
    expect(quality).toMatchObject({ vnWqi: null, indicative: { value: 71, dayEndsAt: iso(NOW - HOUR) } });
  });
});
