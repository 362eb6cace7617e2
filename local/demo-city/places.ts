import type { Position } from '../../shared/city/entities.ts';

/**
 * Thủ Dầu Một's five wards since 1 July 2025, and the neighbourhoods where the demo city puts its bins. Ward outlines are the
 * bounding boxes of the administrative polygons (QĐ of the two-tier reform); the neighbourhood centres are hand placed near the
 * named quarter and not surveyed, which is why everything put there is marked `positionApproximate`.
 */
export type Ward = {
  readonly code: string;
  readonly name: string;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

export const wards: readonly Ward[] = [
  { code: '25747', name: 'Phường Thủ Dầu Một', west: 106.6298, south: 10.9398, east: 106.6893, north: 10.9967 },
  { code: '25750', name: 'Phường Phú Lợi', west: 106.6456, south: 10.9636, east: 106.7072, north: 11.0116 },
  { code: '25760', name: 'Phường Bình Dương', west: 106.6532, south: 10.9966, east: 106.7228, north: 11.1129 },
  { code: '25771', name: 'Phường Chánh Hiệp', west: 106.6159, south: 10.9787, east: 106.6646, north: 11.0585 },
  { code: '25768', name: 'Phường Phú An', west: 106.5558, south: 11.0115, east: 106.6477, north: 11.0855 },
];

/** What a quarter lives from; it shapes when its bins fill. */
export type Rhythm = 'market' | 'residential' | 'commercial';

export type Neighbourhood = {
  readonly name: string;
  readonly ward: string;
  readonly centre: Position;
  /** Bins lie this far from the centre, one standard deviation. */
  readonly spreadMetres: number;
  readonly bins: number;
  readonly rhythm: Rhythm;
  readonly streets: readonly string[];
};

/** The crossing where the city's first four underground bins stand; good to about 400 m. */
export const firstCrossing: Position = { latitude: 10.981, longitude: 106.651 };

const at = (latitude: number, longitude: number): Position => ({ latitude, longitude });

export const neighbourhoods: readonly Neighbourhood[] = [
  {
    name: 'Chợ Thủ Dầu Một',
    ward: 'Phường Thủ Dầu Một',
    centre: at(10.9805, 106.6525),
    spreadMetres: 280,
    bins: 14,
    rhythm: 'market',
    streets: ['Đoàn Trần Nghiệp', 'Nguyễn Thái Học', 'Hùng Vương', 'Quang Trung', 'Trần Hưng Đạo'],
  },
  {
    name: 'Chánh Nghĩa',
    ward: 'Phường Thủ Dầu Một',
    centre: at(10.9694, 106.6553),
    spreadMetres: 450,
    bins: 9,
    rhythm: 'residential',
    streets: ['Nguyễn Tri Phương', 'Lê Hồng Phong', 'Thích Quảng Đức', 'Ngô Chí Quốc'],
  },
  {
    name: 'Phú Thọ',
    ward: 'Phường Thủ Dầu Một',
    centre: at(10.9598, 106.6672),
    spreadMetres: 500,
    bins: 8,
    rhythm: 'residential',
    streets: ['Cách Mạng Tháng Tám', 'Phan Đình Giót', 'Nguyễn Văn Lên'],
  },
  {
    name: 'Hiệp Thành',
    ward: 'Phường Phú Lợi',
    centre: at(10.9952, 106.6626),
    spreadMetres: 450,
    bins: 10,
    rhythm: 'commercial',
    streets: ['Phạm Ngọc Thạch', 'Hoàng Hoa Thám', 'Đại lộ Bình Dương', 'Ngô Gia Tự'],
  },
  {
    name: 'Phú Hòa',
    ward: 'Phường Phú Lợi',
    centre: at(10.9795, 106.6772),
    spreadMetres: 450,
    bins: 11,
    rhythm: 'commercial',
    streets: ['Trần Văn Ơn', 'Lê Hồng Phong', 'Đường 30 Tháng 4', 'Phú Lợi'],
  },
  {
    name: 'Phú Lợi',
    ward: 'Phường Phú Lợi',
    centre: at(10.9921, 106.6812),
    spreadMetres: 500,
    bins: 12,
    rhythm: 'market',
    streets: ['Huỳnh Văn Lũy', 'Phú Lợi', 'Lê Thị Trung', 'Ngô Văn Trị'],
  },
  {
    name: 'Phú Mỹ',
    ward: 'Phường Bình Dương',
    centre: at(11.0168, 106.6852),
    spreadMetres: 600,
    bins: 8,
    rhythm: 'residential',
    streets: ['Huỳnh Văn Lũy', 'Đồng Cây Viết', 'Phạm Ngọc Thạch'],
  },
  {
    name: 'Thành phố mới',
    ward: 'Phường Bình Dương',
    centre: at(11.0527, 106.6795),
    spreadMetres: 700,
    bins: 12,
    rhythm: 'commercial',
    streets: ['Lê Lợi', 'Hùng Vương', 'Đồng Khởi', 'Lý Thái Tổ'],
  },
  {
    name: 'Phú Tân',
    ward: 'Phường Bình Dương',
    centre: at(11.0352, 106.7012),
    spreadMetres: 500,
    bins: 6,
    rhythm: 'residential',
    streets: ['Nguyễn Văn Linh', 'Võ Văn Kiệt'],
  },
  {
    name: 'Phú Chánh',
    ward: 'Phường Bình Dương',
    centre: at(11.0752, 106.7028),
    spreadMetres: 500,
    bins: 5,
    rhythm: 'residential',
    streets: ['Huỳnh Văn Lũy', 'Vĩnh Lợi'],
  },
  {
    name: 'Chánh Mỹ',
    ward: 'Phường Chánh Hiệp',
    centre: at(10.9951, 106.6362),
    spreadMetres: 450,
    bins: 5,
    rhythm: 'residential',
    streets: ['Nguyễn Văn Cừ', 'Huỳnh Văn Cù'],
  },
  {
    name: 'Tương Bình Hiệp',
    ward: 'Phường Chánh Hiệp',
    centre: at(11.0112, 106.6361),
    spreadMetres: 450,
    bins: 6,
    rhythm: 'residential',
    streets: ['Lê Chí Dân', 'Hồ Văn Cống'],
  },
  {
    name: 'Định Hòa',
    ward: 'Phường Chánh Hiệp',
    centre: at(11.0302, 106.6482),
    spreadMetres: 500,
    bins: 7,
    rhythm: 'commercial',
    streets: ['Đại lộ Bình Dương', 'Nguyễn Văn Thành', 'Trần Ngọc Lên'],
  },
  {
    name: 'Hiệp An',
    ward: 'Phường Phú An',
    centre: at(11.0378, 106.6278),
    spreadMetres: 450,
    bins: 4,
    rhythm: 'residential',
    streets: ['Phan Đăng Lưu', 'Nguyễn Chí Thanh'],
  },
  {
    name: 'Chợ Phú An',
    ward: 'Phường Phú An',
    centre: at(11.0562, 106.5928),
    spreadMetres: 350,
    bins: 3,
    rhythm: 'market',
    streets: ['Đường tỉnh 744', 'Phú An'],
  },
];

const METRES_PER_DEGREE = 111_320;

/** A position moved by metres east and north; good enough over a few kilometres. */
export const shifted = (from: Position, eastMetres: number, northMetres: number): Position => ({
  latitude: roundDegrees(from.latitude + northMetres / METRES_PER_DEGREE),
  longitude: roundDegrees(
    from.longitude + eastMetres / (METRES_PER_DEGREE * Math.cos((from.latitude * Math.PI) / 180)),
  ),
});

/** Six decimals are 11 cm. */
const roundDegrees = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** The nearest place inside the ward's bounding box. */
export const insideWard = (position: Position, wardName: string): Position => {
  const ward = wards.find(({ name }) => name === wardName);
  if (ward === undefined) throw new Error(`no ward is called ${wardName}`);
  return {
    latitude: Math.min(ward.north, Math.max(ward.south, position.latitude)),
    longitude: Math.min(ward.east, Math.max(ward.west, position.longitude)),
  };
};
