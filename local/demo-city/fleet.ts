import type { City, Depot, DisposalSite, Vehicle } from '../../shared/city/entities.ts';

/** The city's profile. The centre is the river bank by the market. */
export const city: City = {
  id: 'thu-dau-mot',
  name: 'Thủ Dầu Một',
  timeZone: 'Asia/Ho_Chi_Minh',
  centre: { latitude: 11.003, longitude: 106.659 },
  travel: { speedKmh: 28, detourFactor: 1.35 },
  // Loose household waste in Vietnam weighs 150 to 300 kg/m³, rich in food up to 400.
  densityKgPerLitre: { recyclable: 0.08, food: 0.35, other: 0.2 },
  collectionsBefore: { perBinPerWeek: 7, name: 'thu gom hằng ngày, giả định của thành phố mẫu' },
};

export const depots: readonly Depot[] = [
  {
    id: 'depot-phu-loi',
    name: 'Bãi xe Phú Lợi',
    ward: 'Phường Phú Lợi',
    position: { latitude: 10.9903, longitude: 106.6841 },
    positionApproximate: true,
  },
  {
    id: 'depot-dinh-hoa',
    name: 'Bãi xe Định Hòa',
    ward: 'Phường Chánh Hiệp',
    position: { latitude: 11.0352, longitude: 106.6488 },
    positionApproximate: true,
  },
];

/** Inside the ward where the complex lies; its weighbridge has not been surveyed. */
export const disposalSites: readonly DisposalSite[] = [
  {
    id: 'disposal-nam-binh-duong',
    name: 'Khu liên hợp xử lý chất thải rắn Nam Bình Dương',
    ward: 'Phường Chánh Phú Hòa',
    position: { latitude: 11.15, longitude: 106.68 },
    positionApproximate: true,
    opening: [{ from: '00:00', to: '24:00' }],
    unloadSeconds: 1_500,
    streams: ['recyclable', 'food', 'other'],
  },
];

const truck = (kind: 'large' | 'small', number: number, depotId: string): Vehicle => ({
  id: `truck-${number}`,
  name: `Xe ${number} (${kind === 'large' ? 'cẩu lớn' : 'cẩu nhỏ'})`,
  type: kind === 'large' ? 'Xe cẩu ép rác 16 m³' : 'Xe cẩu ép rác 9 m³',
  depotId,
  // Body volume × a compaction of 3 (large) or 2.5 (small).
  capacityLitres: kind === 'large' ? 48_000 : 22_500,
  capacityKg: kind === 'large' ? 8_500 : 4_500,
  shift: { from: '20:00', to: '04:00' },
  streams: ['recyclable', 'food', 'other'],
  fixedCostVnd: kind === 'large' ? 900_000 : 600_000,
  costPerKmVnd: kind === 'large' ? 11_000 : 7_500,
  costPerHourVnd: kind === 'large' ? 180_000 : 140_000,
  // Assumed, as are the costs: compactors in stop and go burn far more than on the road.
  fuelLitresPer100Km: kind === 'large' ? 55 : 35,
  status: 'available',
});

export const vehicles: readonly Vehicle[] = [
  truck('large', 1, 'depot-phu-loi'),
  truck('large', 2, 'depot-phu-loi'),
  truck('small', 3, 'depot-phu-loi'),
  truck('large', 4, 'depot-dinh-hoa'),
  truck('small', 5, 'depot-dinh-hoa'),
  truck('small', 6, 'depot-dinh-hoa'),
];
