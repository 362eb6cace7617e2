import { describe } from 'vitest';
import { itDecodes, itRefuses } from './decoding.ts';

// Examples of Milesight-IoT/SensorDecoders (README of each device) and of thingsboard/data-converters (AM319, EM500-UDL).
describe('Milesight EM400-TLD and -UDL', () => {
  itDecodes('milesight-em400-tld', [
    [85, '01755c 03670101 04824408 050001', { battery: 92, binTemperature: 25.7, fillDistance: 2116, tilt: 1 }],
    [85, '8367e80001 8482410601', { binTemperature: 23.2, fillDistance: 1601 }],
    [85, '04820000 0688010203040506070809', { fillDistance: 0 }],
    // The application port is a setting.
    [207, '01755c', { battery: 92 }],
  ]);
  itDecodes('milesight-em400-udl', [
    [85, '017564 03670b01 04823b01 050001', { battery: 100, binTemperature: 26.7, fillDistance: 315, tilt: 1 }],
    [85, '0482ffff', { fillDistance: 'no-echo' }],
  ]);
  itRefuses('milesight-em400-tld', [
    ['no application port', 0, '01755c', 0],
    ['a port that LoRaWAN keeps for itself', 224, '01755c', 0],
    ['an empty frame', 85, '', 0],
    ['a byte left over', 85, '01755c 04', 3],
  ]);
});

describe('Milesight EM500-UDL', () => {
  itDecodes('milesight-em500-udl', [
    [85, '017564 03821e00', { battery: 100, fillDistance: 30 }],
    [85, '20ce 80e9d765 e803', { 'fillDistance @1708648832': 1000 }],
    [85, '20ce 80e9d765 fdff 0382e903', { 'fillDistance @1708648832': 'no-echo', fillDistance: 1001 }],
    [85, '83e9 6400 0a00 01', { fillDistance: 10 }],
    [85, 'fe02 3c00 ff6a 003c00', {}],
  ]);
  itRefuses('milesight-em500-udl', [
    ['a history cut short', 85, '20ce 80e9d765 e8', 2],
    ["another model's channel", 85, '0400 01', 0],
  ]);
});

describe('Milesight AM107', () => {
  itDecodes('milesight-am107', [
    [
      85,
      '01755c 03673401 046865 056a4900 06651c0079001400 077de704 087d0700 09733f27',
      {
        battery: 92,
        airTemperature: 30.8,
        relativeHumidity: 50.5,
        illuminance: 28,
        co2: 1255,
        tvoc: 7,
        airPressure: 1004.7,
      },
    ],
    [85, '077dffff 0468ff', { co2: 'sensor-error', relativeHumidity: 'sensor-error' }],
    [85, 'ff1a 00 ff1a 02f401 fe3a 01 000000000000 01755c', { battery: 92 }],
  ]);
  itRefuses('milesight-am107', [
    ['a list of schedules cut short', 85, 'ff3a 02 000000000000', 2],
    ['a calibration that never comes', 85, 'ff1a', 2],
  ]);
});

describe('Milesight AM319', () => {
  itDecodes('milesight-am319', [
    [
      85,
      '0367ee00 04687c 050001 06cb02 077da803 087d2500 09736627 0a7d0700 0b7d2000 0c7d3000',
      {
        airTemperature: 23.8,
        relativeHumidity: 62,
        co2: 936,
        tvocIndex: 0.37,
        airPressure: 1008.6,
        formaldehyde: 70,
        pm25: 32,
        pm10: 48,
      },
    ],
    // 0.05 ppm of ozone at 25 °C and 1 atm: 1.963 µg/m³ per ppb.
    [85, '0d7d0500 08e6c800 0e0155', { o3: 98.0915757517, tvocMass: 200 }],
    [
      85,
      '20ce 80e9d765 e100 7a00 01 64 c201 0a00 9727 1900 ffff 0400',
      {
        'airTemperature @1708648832': 22.5,
        'relativeHumidity @1708648832': 61,
        'co2 @1708648832': 450,
        'tvocIndex @1708648832': 0.1,
        'airPressure @1708648832': 1013.5,
        'pm25 @1708648832': 25,
        'pm10 @1708648832': 'sensor-error',
      },
    ],
  ]);
  itRefuses('milesight-am319', [['an unknown channel', 85, '0367ee00 0f7d0000', 4]]);
});
