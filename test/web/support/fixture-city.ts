import type {
  BinWithFill,
  City,
  Depot,
  DisposalSite,
  Fill,
  FillPoint,
  StationWithLatest,
  WireExceedance,
} from '../../../web/src/api/wire.ts';

/** A small, made-up city, as the operations API would answer it at `NOW`. */
export const NOW = Date.UTC(2026, 10, 22, 15, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const iso = (at: number): string => new Date(at).toISOString();

export const city: City = {
  id: 'thu-dau-mot',
  name: 'Thủ Dầu Một',
  timeZone: 'Asia/Ho_Chi_Minh',
  centre: { latitude: 10.98, longitude: 106.655 },
  travel: { speedKmh: 28, detourFactor: 1.3 },
  densityKgPerLitre: { recyclable: 0.06, food: 0.4, other: 0.15 },
};

const wards = ['Thủ Dầu Một', 'Phú Lợi', 'Chánh Hiệp'] as const;
const wardCentres = [
  [10.972, 106.656],
  [10.989, 106.679],
  [11.003, 106.642],
] as const;
const streams = ['other', 'recyclable', 'food'] as const;

/** Spread over a ward without chance, so that two runs draw the same picture. */
const scatter = (index: number): readonly [number, number] => {
  const angle = index * 2.399963;
  const radius = 0.0021 * Math.sqrt(index + 1);
  return [radius * Math.sin(angle), radius * Math.cos(angle)];
};

const fillOf = (index: number): Fill => {
  if (index % 11 === 5) {
    return { status: 'no-data', reason: 'silent for more than a day', lastHeardAt: iso(NOW - 31 * HOUR) };
  }
  if (index === 8) return { status: 'no-data', reason: 'never measured', lastHeardAt: null };
  // As good as empty, for all that anybody knows: its sensor fell silent this morning.
  if (index === 9)
    return {
      status: 'known',
      fraction: 0.02,
      measuredAt: iso(NOW - 5 * HOUR),
      flag: 1,
      silentSince: iso(NOW - 5 * HOUR),
    };
  const fraction = ((index * 37) % 101) / 100;
  return { status: 'known', fraction, measuredAt: iso(NOW - (3 + (index % 25)) * MINUTE), flag: index === 4 ? 3 : 1 };
};

const binOf = (index: number): BinWithFill => {
  const ward = index % wards.length;
  const [latitude = 0, longitude = 0] = wardCentres[ward] ?? [];
  const [north, east] = scatter(Math.floor(index / wards.length));
  return {
    id: `bin-${String(index + 1).padStart(3, '0')}`,
    name: index === 0 ? 'Đinh Bộ Lĩnh – Bạch Đằng 1' : `Thùng ${wards[ward]} ${Math.floor(index / 3) + 1}`,
    position: { latitude: latitude + north, longitude: longitude + east },
    positionApproximate: true,
    ward: `Phường ${wards[ward]}`,
    stream: streams[index % 4] ?? 'other',
    container: { depthMm: 1_900, blindZoneMm: 250, capacityLitres: 3_000 },
    serviceLevel: 0.8,
    serviceSeconds: 720,
    sensorIds: index === 8 ? [] : [`fill-${index + 1}`],
    fill: fillOf(index),
  };
};

export const bins: readonly BinWithFill[] = Array.from({ length: 48 }, (_, index) => binOf(index));

export const depots: readonly Depot[] = [
  {
    id: 'depot-1',
    name: 'Bãi xe Phú Thọ',
    position: { latitude: 10.962, longitude: 106.668 },
    positionApproximate: true,
  },
  { id: 'depot-2', name: 'Bãi xe Chánh Hiệp', position: { latitude: 11.015, longitude: 106.648 } },
];

export const disposalSites: readonly DisposalSite[] = [
  {
    id: 'nam-binh-duong',
    name: 'Khu liên hợp Nam Bình Dương',
    position: { latitude: 11.15, longitude: 106.68 },
    positionApproximate: true,
    unloadSeconds: 1_200,
    streams: ['recyclable', 'food', 'other'],
  },
];

const measured = (minutes: number) =>
  ({ measuredAt: iso(NOW - minutes * MINUTE), flag: 1, test: 'gross-range' }) as const;

export const stations: readonly StationWithLatest[] = [
  {
    id: 'air-1',
    kind: 'air',
    name: 'Trạm Bạch Đằng',
    position: { latitude: 10.9795, longitude: 106.649 },
    positionApproximate: true,
    ward: 'Phường Thủ Dầu Một',
    referenceStation: false,
    sensorIds: ['air-1-a'],
    lastHeardAt: iso(NOW - 4 * MINUTE),
    latest: [
      {
        sensorId: 'air-1-a',
        quantity: 'pm25',
        nameEn: 'PM2.5',
        nameVi: 'Bụi PM2.5',
        value: 63.42,
        unit: 'µg/m³',
        ...measured(4),
      },
      {
        sensorId: 'air-1-a',
        quantity: 'o3',
        nameEn: 'Ozone',
        nameVi: 'O3',
        value: 742,
        unit: 'µg/m³',
        measuredAt: iso(NOW - 4 * MINUTE),
        flag: 3,
        test: 'gross-range',
      },
      {
        sensorId: 'air-1-a',
        quantity: 'no2',
        nameEn: 'Nitrogen dioxide',
        nameVi: 'NO2',
        value: null,
        unit: 'µg/m³',
        measuredAt: iso(NOW - 64 * MINUTE),
        flag: 9,
        test: 'none',
      },
    ],
  },
  {
    id: 'water-1',
    kind: 'water',
    name: 'Rạch Thầy Năng',
    position: { latitude: 10.986, longitude: 106.6445 },
    referenceStation: true,
    sensorIds: ['water-1-a'],
    lastHeardAt: iso(NOW - 12 * MINUTE),
    latest: [
      {
        sensorId: 'water-1-a',
        quantity: 'dissolvedOxygen',
        nameEn: 'Dissolved oxygen',
        nameVi: 'Oxy hòa tan (DO)',
        value: 4.85,
        unit: 'mg/L',
        ...measured(12),
      },
      { sensorId: 'water-1-a', quantity: 'ph', nameEn: 'pH', nameVi: 'pH', value: 7.1, unit: 'pH', ...measured(12) },
    ],
  },
  {
    id: 'air-2',
    kind: 'air',
    name: 'Trạm Phú Lợi',
    position: { latitude: 10.995, longitude: 106.671 },
    referenceStation: false,
    sensorIds: [],
    lastHeardAt: null,
    latest: [],
  },
  {
    id: 'air-3',
    kind: 'air',
    name: 'Cảm biến Hiệp Thành',
    position: { latitude: 10.991, longitude: 106.66 },
    referenceStation: true,
    sensorIds: ['air-3-a'],
    lastHeardAt: iso(NOW - 6 * MINUTE),
    latest: [
      {
        sensorId: 'air-3-a',
        quantity: 'pm25',
        nameEn: 'PM2.5',
        nameVi: 'Bụi PM2.5',
        value: 108,
        unit: 'µg/m³',
        ...measured(6),
      },
    ],
  },
];

export const exceedances: readonly WireExceedance[] = Array.from({ length: 7 }, (_, index) => {
  const periodEndsAt = Math.floor(NOW / HOUR) * HOUR - index * 5 * HOUR;
  return {
    exceedanceId: `air-1~air-1-a~o3~qcvn-05-2023-o3-1h~${periodEndsAt}`,
    stationId: 'air-1',
    stationName: 'Trạm Bạch Đằng',
    sensorId: 'air-1-a',
    quantity: 'o3',
    limitId: 'qcvn-05-2023-o3-1h',
    standard: 'QCVN 05:2023/BTNMT, Bảng 1',
    averagingPeriod: '1h',
    periodStartsAt: iso(periodEndsAt - HOUR),
    periodEndsAt: iso(periodEndsAt),
    value: 231.5 + index,
    limit: 200,
    bound: 'max',
    unit: 'µg/m³',
    observed: 11,
    expected: 12,
    completeness: 11 / 12,
    evaluatedAt: iso(periodEndsAt + 5 * MINUTE),
  };
});

/** A week of one bin: fills by day, is emptied every second night, loses its echo once and is silent for half a day. */
export const fillWeek = (now: number): readonly FillPoint[] => {
  const points: FillPoint[] = [];
  for (let hour = 7 * 24; hour > 0; hour -= 1) {
    const isSilent = hour > 60 && hour < 72;
    if (isSilent) continue;
    const sinceEmptied = (7 * 24 - hour) % 48;
    points.push({
      measuredAt: iso(now - hour * HOUR),
      fraction: hour === 100 ? null : 0.05 + (0.85 * sinceEmptied) / 48,
      flag: hour === 100 ? 9 : hour === 30 ? 3 : 1,
    });
  }
  return points;
};
