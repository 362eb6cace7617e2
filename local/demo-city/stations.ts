import type { Station } from '../../shared/city/entities.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';

/** An air station with what only its simulation needs to know. */
export type DemoAirStation = {
  readonly station: Station;
  readonly quantities: readonly Quantity[];
  /** How much traffic passes, 0 (a bamboo garden) to 1 (the busiest crossing). */
  readonly traffic: number;
};

export type DemoWaterStation = {
  readonly station: Station;
  readonly quantities: readonly Quantity[];
  /** How dirty what flows in is, 0 (the river upstream) to 1 (a canal through the town). */
  readonly pollution: number;
};

const referenceInstruments: readonly Quantity[] = [
  'pm25',
  'pm10',
  'tsp',
  'so2',
  'no2',
  'co',
  'o3',
  'airTemperature',
  'relativeHumidity',
];

/** Smaller stations have no SO2 and CO analyser. */
const smallInstruments: readonly Quantity[] = referenceInstruments.filter((name) => name !== 'so2' && name !== 'co');

const place = (
  kind: 'air' | 'water',
  id: string,
  name: string,
  ward: string,
  latitude: number,
  longitude: number,
): Station => ({
  id,
  kind,
  name,
  ward,
  position: { latitude, longitude },
  positionApproximate: true,
  referenceStation: false,
});

const inner = 'Phường Thủ Dầu Một';

export const airStations: readonly DemoAirStation[] = [
  {
    station: place('air', 'air-01', 'Bến Bạch Đằng', inner, 10.9812, 106.6502),
    quantities: referenceInstruments,
    traffic: 0.55,
  },
  {
    station: place('air', 'air-02', 'Ngã sáu Chợ Thủ Dầu Một', inner, 10.9801, 106.6531),
    quantities: smallInstruments,
    traffic: 0.75,
  },
  {
    station: place('air', 'air-03', 'Ngã tư Chợ Đình', 'Phường Phú Lợi', 10.9853, 106.6741),
    quantities: referenceInstruments,
    traffic: 1,
  },
  {
    station: place('air', 'air-04', 'Khu dân cư Chánh Nghĩa', inner, 10.9692, 106.6557),
    quantities: smallInstruments,
    traffic: 0.35,
  },
  {
    station: place('air', 'air-05', 'Trường đại học, Phú Hòa', 'Phường Phú Lợi', 10.9806, 106.6745),
    quantities: smallInstruments,
    traffic: 0.5,
  },
  {
    station: place('air', 'air-06', 'Ngã tư Sở Sao', 'Phường Chánh Hiệp', 11.0301, 106.6462),
    quantities: smallInstruments,
    traffic: 0.85,
  },
  {
    station: place('air', 'air-07', 'Trung tâm hành chính', 'Phường Bình Dương', 11.0531, 106.6785),
    quantities: referenceInstruments,
    traffic: 0.45,
  },
  {
    station: place('air', 'air-08', 'Làng tre Phú An', 'Phường Phú An', 11.0441, 106.5905),
    quantities: smallInstruments,
    traffic: 0.1,
  },
];

const waterInstruments: readonly Quantity[] = ['waterTemperature', 'ph', 'dissolvedOxygen', 'tss', 'cod', 'ammonium'];

export const waterStations: readonly DemoWaterStation[] = [
  {
    station: place('water', 'water-01', 'Sông Sài Gòn, Phú An', 'Phường Phú An', 11.0468, 106.5822),
    quantities: waterInstruments,
    pollution: 0.1,
  },
  {
    station: place('water', 'water-02', 'Sông Sài Gòn, bến Bạch Đằng', inner, 10.9815, 106.6487),
    quantities: waterInstruments,
    pollution: 0.35,
  },
  {
    station: place('water', 'water-03', 'Rạch Bà Lụa, Phú Thọ', inner, 10.9552, 106.6635),
    quantities: waterInstruments,
    pollution: 0.8,
  },
  {
    station: place('water', 'water-04', 'Suối Giữa, Tương Bình Hiệp', 'Phường Chánh Hiệp', 11.0163, 106.6405),
    quantities: waterInstruments,
    pollution: 0.65,
  },
];
