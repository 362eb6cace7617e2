import type { Crew, SpecialDay, SpecialEventEntity, Vehicle, Zone } from '../../shared/city/entities.ts';

/** What the demo city's trucks keep to beside their shifts. Assumed throughout, but for the days of the calendar. */

/** Underground containers are lifted out of their pits. */
export const UNDERGROUND_LIFT = 'crane';

/** The lanes behind Phú An's market: the small trucks get through. */
export const laneAccess = { widthMetres: 2.3 };

const sizes = {
  large: { widthMetres: 2.5, heightMetres: 3.6, lengthMetres: 9.2, grossWeightKg: 24_000 },
  small: { widthMetres: 2.2, heightMetres: 3, lengthMetres: 6.8, grossWeightKg: 11_000 },
} as const;

/** Equipment, size and working hours of a truck of the demo city. */
export const rulesOfTruck = (kind: 'large' | 'small', number: number) =>
  ({
    plate: `61C-${String(480 + 7 * number).padStart(3, '0')}.${10 + number}`,
    size: sizes[kind],
    lifts: [UNDERGROUND_LIFT],
    licence: 'C',
    breaks: [{ window: { from: '23:00', to: '01:00' }, minutes: 30 }],
    // Law 36/2024/QH15, Art. 64.
    maxDrivingMinutes: 600,
  }) satisfies Partial<Vehicle>;

const ring = [
  [106.6455, 10.9655],
  [106.6605, 10.9655],
  [106.6605, 10.9855],
  [106.6455, 10.9855],
  [106.6455, 10.9655],
] as const;

export const zones: readonly Zone[] = [
  {
    id: 'inner-city',
    name: 'Nội ô chợ Thủ Dầu Một',
    area: { type: 'Polygon', coordinates: [ring.map(([east, north]) => [east, north])] },
    bans: [
      {
        windows: [
          { from: '06:00', to: '09:00' },
          { from: '16:00', to: '21:00' },
        ],
        over: { grossWeightKg: 12_000 },
        source: 'Giả định cho thành phố mẫu',
      },
    ],
  },
];

export const crews: readonly Crew[] = [
  {
    id: 'crew-1',
    name: 'Tổ 1',
    vehicleId: 'truck-1',
    members: [
      { name: 'NV-014', role: 'driver', licences: ['C'] },
      { name: 'NV-027', role: 'loader', licences: [] },
    ],
    breaks: [{ window: { from: '23:30', to: '00:30' }, minutes: 45 }],
  },
  {
    id: 'crew-4',
    name: 'Tổ 4',
    vehicleId: 'truck-4',
    members: [{ name: 'NV-031', role: 'driver', licences: ['C', 'CE'] }],
  },
];

/** The fair of the Lady's temple is on the fifteenth day of the lunar year. */
export const specialDays: readonly SpecialDay[] = [
  { id: 'new-year-2027', date: '2027-01-01', kind: 'holiday', name: 'Tết Dương lịch' },
  { id: 'tet-2027-1', date: '2027-02-06', kind: 'holiday', name: 'Mùng một Tết Đinh Mùi' },
  { id: 'tet-2027-2', date: '2027-02-07', kind: 'holiday', name: 'Mùng hai Tết Đinh Mùi' },
  { id: 'tet-2027-3', date: '2027-02-08', kind: 'holiday', name: 'Mùng ba Tết Đinh Mùi' },
  {
    id: 'ram-thang-gieng-2027',
    date: '2027-02-20',
    kind: 'event',
    name: 'Lễ hội chùa Bà Thiên Hậu, Rằm tháng Giêng',
    ward: 'Phường Thủ Dầu Một',
  },
  { id: 'national-day-2027', date: '2027-09-02', kind: 'holiday', name: 'Quốc khánh' },
];

/** Assumed, like the bins around the market. */
export const specialEvents: readonly SpecialEventEntity[] = [
  {
    id: 'sunday-market',
    name: 'Chợ phiên Chủ nhật, chợ Thủ Dầu Một',
    nameEn: 'Sunday market at Thủ Dầu Một market',
    from: '2026-11-01T05:00',
    to: '2026-11-01T11:00',
    weekdays: ['sun'],
    circle: { centre: { latitude: 10.9805, longitude: 106.6525 }, radiusMetres: 350 },
  },
];
