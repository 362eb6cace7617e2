import type { CodecName } from '../../shared/telemetry/codecs/registry.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';

/** How a vendor's published decoder names a quantity of ours, and what its number has to be multiplied with. */
export type VendorKey = { readonly quantity: Quantity; readonly factor?: number; readonly offset?: number };

/** Our codec for a device as the vectors name it; what starts with none of these is not among the built-in devices. */
const codecByDevice: readonly (readonly [prefix: string, codec: CodecName])[] = [
  ['Dragino LDDS75', 'dragino-ldds75'],
  ['Dragino LDDS45', 'dragino-ldds45'],
  ['Dragino LDDS20', 'dragino-ldds20'],
  ['Dragino DDS20-LB', 'dragino-dds20-lb'],
  ['Dragino DDS45-LB', 'dragino-dds45-lb'],
  ['Dragino DDS75-LB', 'dragino-dds75-lb'],
  ['Dragino DDS75-3-LB', 'dragino-dds75-3-lb'],
  ['Dragino WQS-LB', 'dragino-wqs-lb'],
  ['Dragino LAQ4', 'dragino-laq4'],
  ['Decentlab DL-MBX', 'decentlab-dl-mbx'],
  ['Decentlab DL-PM', 'decentlab-dl-pm'],
  ['Decentlab DL-NTU', 'decentlab-dl-ntu'],
  ['Decentlab DL-OPTOD', 'decentlab-dl-optod'],
  ['Decentlab DL-PHEHT', 'decentlab-dl-pheht'],
  ['Decentlab DL-CTD10', 'decentlab-dl-ctd10'],
  ['Dingtek DF702', 'dingtek-df702'],
  ['Smart Ends BrighterBins', 'brighterbins'],
  ['Tekelek TEK766', 'tekelek-tek766'],
  ['Pepperl+Fuchs WILSEN', 'pepperl-fuchs-wilsen'],
  ['Terabee', 'terabee-lm-xl'],
  ['Teneo', 'teneo-filling-degree'],
  ['Netvox R718PE', 'netvox-r718pe'],
  ['Elsys', 'elsys'],
  ['Keller ADT1', 'keller-adt1'],
  ['Milesight EM310-UDL', 'milesight-em310-udl'],
  ['Milesight EM400-MUD', 'milesight-em400-mud'],
  ['Milesight EM400-TLD', 'milesight-em400-tld'],
  ['Milesight EM400-UDL', 'milesight-em400-udl'],
  ['Milesight EM500-UDL', 'milesight-em500-udl'],
  ['Milesight AM107', 'milesight-am107'],
  ['Milesight AM319', 'milesight-am319'],
];

export const codecForDevice = (device: string): CodecName | undefined =>
  codecByDevice.find(([prefix]) => device.startsWith(prefix))?.[1];

type Keys = Readonly<Record<string, VendorKey>>;

const volts: VendorKey = { quantity: 'batteryVoltage' };
const level: VendorKey = { quantity: 'fillDistance' };

const dragino: Keys = {
  Bat: volts,
  BatV: volts,
  Bat_V: volts,
  batteryVoltage: volts,
  Distance: level,
  distance: level,
  TempC_DS18B20: { quantity: 'binTemperature' },
  temperature: { quantity: 'binTemperature' },
  CO2_ppm: { quantity: 'co2' },
  TVOC_ppb: { quantity: 'tvoc' },
  TempC_SHT: { quantity: 'airTemperature' },
  Hum_SHT: { quantity: 'relativeHumidity' },
};

const decentlab: Keys = {
  battery_voltage: volts,
  distance: level,
  pm1_0_mass_concentration: { quantity: 'pm1' },
  pm2_5_mass_concentration: { quantity: 'pm25' },
  pm4_mass_concentration: { quantity: 'pm4' },
  pm10_mass_concentration: { quantity: 'pm10' },
  air_temperature: { quantity: 'airTemperature' },
  air_humidity: { quantity: 'relativeHumidity' },
  barometric_pressure: { quantity: 'airPressure', factor: 0.01 },
  temperature: { quantity: 'waterTemperature' },
  turbidity_in_ntu: { quantity: 'turbidity' },
  turbidity_in_mg_l: { quantity: 'tss' },
  oxygen_saturation: { quantity: 'oxygenSaturation' },
  oxygen_concentration: { quantity: 'dissolvedOxygen' },
  ph: { quantity: 'ph' },
  redox: { quantity: 'redox' },
  water_depth: { quantity: 'waterDepth' },
  electrical_conductivity: { quantity: 'conductivity' },
};

const milesightLevel: Keys = {
  battery: { quantity: 'battery' },
  distance: level,
  temperature: { quantity: 'binTemperature' },
  tilt: { quantity: 'tilt' },
  position: { quantity: 'tilt' },
};

const milesightAmbience: Keys = {
  battery: { quantity: 'battery' },
  temperature: { quantity: 'airTemperature' },
  humidity: { quantity: 'relativeHumidity' },
  co2: { quantity: 'co2' },
  pressure: { quantity: 'airPressure' },
  illumination: { quantity: 'illuminance' },
  pm2_5: { quantity: 'pm25' },
  pm10: { quantity: 'pm10' },
  hcho: { quantity: 'formaldehyde', factor: 1_000 },
};

const keysByCodec: readonly (readonly [prefix: string, keys: Keys])[] = [
  ['dragino', dragino],
  ['decentlab', decentlab],
  ['milesight-am107', { ...milesightAmbience, tvoc: { quantity: 'tvoc' } }],
  ['milesight-am319', { ...milesightAmbience, tvoc: { quantity: 'tvocIndex' } }],
  ['milesight', milesightLevel],
  [
    'dingtek',
    {
      level,
      temperature: { quantity: 'binTemperature' },
      fire: { quantity: 'fireAlarm' },
      tilt: { quantity: 'tilt' },
      battery: { quantity: 'lowBattery' },
    },
  ],
  [
    'brighterbins',
    {
      fillLevel: { quantity: 'fillLevel' },
      batteryLevel: { quantity: 'battery' },
      temperature: { quantity: 'binTemperature' },
      batteryVoltage: volts,
      distance: { quantity: 'fillDistance', factor: 10 },
    },
  ],
  [
    'pepperl',
    {
      battery_vol: volts,
      fillinglvl: { quantity: 'fillLevel' },
      proxx: { quantity: 'fillDistance', factor: 10 },
      proxx_mm: level,
      temp: { quantity: 'binTemperature' },
    },
  ],
  [
    'terabee',
    {
      distance: level,
      levelPercentage: { quantity: 'fillLevel' },
      batteryVoltage: { quantity: 'batteryVoltage', factor: 0.001 },
    },
  ],
  [
    'teneo',
    {
      battery: volts,
      distance: { quantity: 'fillDistance', factor: 10 },
      temperature: { quantity: 'binTemperature' },
      relativeHumidity: { quantity: 'relativeHumidity' },
    },
  ],
  ['netvox', { Volt: volts, Distance: level, FillLevel: { quantity: 'fillLevel' } }],
  [
    'keller',
    {
      'Pd (P1-PBaro)': { quantity: 'waterPressure', factor: 1_000 },
      PBaro: { quantity: 'airPressure', factor: 1_000 },
      TOB1: { quantity: 'waterTemperature' },
      TBaro: { quantity: 'airTemperature' },
      battery_voltage: volts,
      battery_capacity_percentage: { quantity: 'battery' },
    },
  ],
  [
    'elsys',
    {
      temperature: { quantity: 'airTemperature' },
      humidity: { quantity: 'relativeHumidity' },
      light: { quantity: 'illuminance' },
      co2: { quantity: 'co2' },
      vdd: { quantity: 'batteryVoltage', factor: 0.001 },
      distance: level,
      pressure: { quantity: 'airPressure' },
      externalTemperature: { quantity: 'probeTemperature' },
    },
  ],
];

/** The quantity behind a vendor's key; `undefined` for what the city does not observe (counters, versions, raw signals). */
export const quantityForKey = (codec: CodecName, key: string): VendorKey | undefined => {
  const keys = keysByCodec.find(([prefix]) => codec.startsWith(prefix))?.[1] ?? {};
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
};
