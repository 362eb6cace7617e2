import type { SampleRequest, WireEntry, WireIndex, WireSample } from '../../../web/src/api/laboratory.ts';
import type { Answer } from './canned-api.ts';
import { iso, NOW } from './fixture-city.ts';

const DAY = 86_400_000;

const fair: WireIndex = {
  status: 'computed',
  value: 71,
  category: { nameEn: 'Fair', nameVi: 'Trung bình', rgb: [255, 255, 0] },
  dominant: 'bod5',
  methodVersion: 'VN_WQI, 1460/QĐ-TCMT (2019), 1',
  notes: [{ en: 'Formula 3: groups IV and V weigh the same', vi: 'Công thức 3: nhóm IV và V có trọng số như nhau' }],
};

/** Answers like the operations API for one station of water: two samples, and whatever is entered. */
export const laboratoryApi = () => {
  let samples: readonly WireSample[] = [5, 36].map((days) => ({
    sampledAt: iso(NOW - days * DAY),
    version: 1,
    laboratory: 'VILAS 123',
    enteredBy: 'officer@local',
    enteredAt: iso(NOW - (days - 1) * DAY),
    results: [
      { quantity: 'bod5', qualifier: '=', value: 6.2, unit: 'mg/L' },
      { quantity: 'arsenic', qualifier: '<', value: 0.001, unit: 'mg/L' },
    ],
  }));
  const enter = ({ results, ...sample }: SampleRequest): Answer => {
    const place = results.findIndex(({ value }) => !/^<?[0-9.]+$/.test(value));
    if (place >= 0) {
      const message = `"${results[place]?.value}" is no number and no "<" with a number`;
      const errors = [{ in: 'body', field: `results.${place}.value`, message }];
      return { status: 400, body: { title: 'Bad Request', status: 400, detail: message, errors } };
    }
    const kept: WireSample = {
      ...sample,
      version: 1,
      enteredBy: 'officer@local',
      enteredAt: iso(NOW),
      results: results.map(({ quantity, value }) => ({
        quantity,
        qualifier: value.startsWith('<') ? '<' : '=',
        value: Number(value.replace('<', '')),
        unit: quantity === 'ph' ? 'pH' : 'mg/L',
      })),
    };
    samples = [kept, ...samples];
    const entry: WireEntry = { status: 'entered', sample: kept, vnWqi: fair };
    return { status: 201, body: entry };
  };
  return (method: string, path: string, body: unknown): Answer | undefined => {
    if (path === '/laboratory-results') {
      return method === 'POST' ? enter(body as SampleRequest) : { status: 200, body: { samples } };
    }
    if (!path.endsWith('/water-quality')) return undefined;
    const [newest] = samples;
    if (newest === undefined) return undefined;
    const { sampledAt, laboratory } = newest;
    const vnWqi = { sampledAt, laboratory, standsUntil: iso(Date.parse(sampledAt) + 30 * DAY), result: fair };
    return { status: 200, body: { standsDays: 30, vnWqi, indicative: { dayEndsAt: iso(NOW - DAY / 2), value: 64 } } };
  };
};
