import { describe } from 'vitest';
import { itDecodes, itRefuses } from './decoding.ts';

describe('Dingtek DF702', () => {
  // TheThingsNetwork/lorawan-devices, vendor/dingtek/df702; alarms after the protocol V2.8.
  itDecodes('dingtek-df702', [
    [
      3,
      '8000010111 07d0 00 19 0000 00 00 000000 81',
      { fillDistance: 2000, binTemperature: 25, fireAlarm: 0, tilt: 0, lowBattery: 0 },
    ],
    [
      3,
      '8000010119 07d0 01 cd03e942 ef272042 19 0000 00 00 000000 81',
      { fillDistance: 2000, binTemperature: 25, fireAlarm: 0, tilt: 0, lowBattery: 0 },
    ],
    [
      3,
      '8000010211 0096 00 f6 001e 11 11 000001 81',
      { fillDistance: 150, binTemperature: -10, fireAlarm: 1, tilt: 1, lowBattery: 1 },
    ],
    [
      3,
      '8000010111 ffff 00 19 0000 00 00 000000 81',
      { fillDistance: 'no-echo', binTemperature: 25, fireAlarm: 0, tilt: 0, lowBattery: 0 },
    ],
    [
      3,
      '8000010111 0000 00 19 0000 10 00 000000 81',
      { fillDistance: 'invalid-reading', binTemperature: 25, fireAlarm: 0, tilt: 0, lowBattery: 0 },
    ],
    [3, '8000010319010418011e4b1e00000000000000000000000081', {}],
  ]);
  itRefuses('dingtek-df702', [
    ['another port', 2, '800001011107d000190000000000000081', 0],
    ['another head', 3, '810001011107d000190000000000000081', 0],
    ['another device', 3, '800002011107d000190000000000000081', 2],
    ['an unknown message', 3, '800001091107d000190000000000000081', 3],
    ['another length than it declares', 3, '800001011907d000190000000000000081', 4],
    ['another tail', 3, '800001011107d000190000000000000080', 16],
    ['a short frame', 3, '800001011107d0001900000000000000', 16],
    ['a byte too many', 3, `80000101${'00'.repeat(22)}`, 25],
  ]);
});

describe('Smart Ends BrighterBins', () => {
  // akenza-io/device-type-library, types/smartEnds/brighterBins.
  itDecodes('brighterbins', [
    [1, '308e30', { battery: 96, binTemperature: 31, fillLevel: 12 }],
    [1, '308e31', { battery: 24, binTemperature: -23, fillDistance: 3960 }],
    [1, 'ffd2380163d06808013c63c2', { battery: 98, batteryVoltage: 3.6 }],
    // 127 for the level, all ones for the battery, 511 and 510 for the distance.
    [1, '3f8ffc', { battery: 'not-measured', binTemperature: 31, fillLevel: 'sensor-error' }],
    [1, 'c23ffd', { battery: 96, binTemperature: 31, fillDistance: 'sensor-error' }],
    [1, 'c23ff9', { battery: 96, binTemperature: 31, fillDistance: 'sensor-misconfigured' }],
    // Extended, standard: 44 bits, then 110000 (96 %), 1000111 (31 °C), 001100100 (100 cm), 0 000 11.
    [1, '0000000000 0c 23 99 03'.replaceAll(' ', ''), { battery: 96, binTemperature: 31, fillDistance: 1000 }],
  ]);
  itRefuses('brighterbins', [
    ['another port', 2, '308e30', 0],
    ['a short frame', 1, '8e30', 2],
    ['a byte too many', 1, '00308e30', 3],
    ['a system uplink cut short', 1, 'ffd2380163d06808013cc2', 11],
    ['a history', 1, '00000000000000001f', 8],
  ]);
});

describe('Tekelek TEK 766', () => {
  // Payloads of real devices in an ELEMENT IoT parser and in akenza-io/device-type-library.
  itDecodes('tekelek-tek766', [
    [
      16,
      '10000000 01121b77 01131baa 01121ba9 0114f274',
      {
        fillDistance: 2740,
        binTemperature: 27,
        'fillDistance -1': 2750,
        'binTemperature -1': 27,
        'fillDistance -2': 2740,
        'binTemperature -2': 27,
        'fillDistance -3': 2760,
        'binTemperature -3': -14,
      },
    ],
    [16, '10000100 018df8aa 00000000 00000000 00000000', { fillDistance: 3970, binTemperature: -8 }],
    [16, '10000000 00000000 00000000 00000000 00000000', { fillDistance: 'not-measured' }],
    [16, '10000000 00001700 00000000 00000000 00000000', { fillDistance: 'no-echo', binTemperature: 23 }],
    [48, '30000001010637004d0063016806001a17aa', { battery: 99, fillDistance: 260, binTemperature: 23 }],
    [48, '30000001010637004d006301680600000000', { battery: 99, fillDistance: 'not-measured' }],
    [69, '45000100 004b18aa 00000000', { fillDistance: 750, binTemperature: 24 }],
  ]);
  itRefuses('tekelek-tek766', [
    ['another port', 1, '45000100 004b18aa 00000000', 0],
    ['a message on the port of another', 16, '45000100 004b18aa 00000000', 0],
    ['another product', 69, '45010100 004b18aa 00000000', 1],
    ['a short frame', 69, '45000100 004b18aa', 8],
    ['a byte too many', 69, '45000100 004b18aa 00000000 00', 12],
  ]);
});

describe('Pepperl+Fuchs WILSEN', () => {
  // TheThingsNetwork/lorawan-devices, vendor/pepperl-fuchs.
  itDecodes('pepperl-fuchs-wilsen', [
    [
      1,
      '040b010031 030b065d 06020141a66666 03510122',
      { fillDistance: 490, fillLevel: 93, binTemperature: 20.8, batteryVoltage: 3.4 },
    ],
    [
      1,
      '040b0206b6 030b063c 06020141b5999a 03510124 06500102f4006f 0650020081336d',
      { fillDistance: 1718, fillLevel: 60, binTemperature: 22.7, batteryVoltage: 3.6 },
    ],
    [1, '102a253438303030303030363330363832 04310102c0 0431020000 06310300000173 03510124', { batteryVoltage: 3.6 }],
    [
      1,
      '040b01ffff 030b06ff 0602017fc00000',
      { fillDistance: 'no-echo', fillLevel: 'sensor-error', binTemperature: 'sensor-error' },
    ],
    [1, '03f10101 02f103', {}],
  ]);
  itRefuses('pepperl-fuchs-wilsen', [
    ['another port', 2, '03510124', 0],
    ['an element without room for its id', 1, '03510124 01', 4],
    ['an element cut short', 1, '03510124 040b01', 4],
    ['an unknown element', 1, '03999901', 1],
    ['an element of another length', 1, '0451010124', 0],
  ]);
});

describe('Terabee LoRa Level Monitoring XL', () => {
  // TheThingsNetwork/lorawan-devices, vendor/terabee/lora-lm-xl.
  itDecodes('terabee-lm-xl', [
    [1, '05dc 00 0e10 00', { fillDistance: 1500, fillLevel: 0, batteryVoltage: 3.6 }],
    [1, '07d0 32 0bb8 00', { fillDistance: 2000, fillLevel: 50, batteryVoltage: 3 }],
    [1, '0000 64 0bb8 00', { fillDistance: 'too-close', fillLevel: 'too-close', batteryVoltage: 3 }],
    [1, '0001 ff 0bb8 00', { fillDistance: 'invalid-reading', fillLevel: 'invalid-reading', batteryVoltage: 3 }],
    [1, 'ffff 00 0bb8 00', { fillDistance: 'too-far', fillLevel: 'too-far', batteryVoltage: 3 }],
    [1, '07d0 ff 0bb8 03', { fillDistance: 2000, fillLevel: 'sensor-error', batteryVoltage: 3 }],
    [1, '07d0 32 0000 0c', { fillDistance: 'sensor-error', fillLevel: 'sensor-error', batteryVoltage: 'sensor-error' }],
  ]);
  itRefuses('terabee-lm-xl', [
    ['another port', 2, '05dc000e1000', 0],
    ['a short frame', 1, '05dc000e10', 5],
    ['a byte too many', 1, '05dc000e100000', 6],
  ]);
});

describe('Teneo IoT filling degree sensor', () => {
  // TheThingsNetwork/lorawan-devices, vendor/teneo-iot/filling-degree-sensor.
  itDecodes('teneo-filling-degree', [
    [1, '0b 001e', { batteryVoltage: 3.1, fillDistance: 300 }],
    [
      1,
      '0e 0078 00 0753 114d',
      { batteryVoltage: 3.4, fillDistance: 1200, binTemperature: 18.75, relativeHumidity: 44.29 },
    ],
    [
      1,
      '0e 0078 0753 114d',
      { batteryVoltage: 3.4, fillDistance: 1200, binTemperature: 18.75, relativeHumidity: 44.29 },
    ],
    [1, '0e 0078 04', { batteryVoltage: 3.4, fillDistance: 'too-far' }],
    [1, '0e 0078 02', { batteryVoltage: 3.4, fillDistance: 'sensor-error' }],
    [1, '0e 0000', { batteryVoltage: 3.4, fillDistance: 'invalid-reading' }],
    [1, '0e ffff', { batteryVoltage: 3.4, fillDistance: 'no-echo' }],
    [2, '0d 00', { batteryVoltage: 3.3, fillDistance: 'sensor-error' }],
    [2, '0d 04', { batteryVoltage: 3.3, fillDistance: 'too-far' }],
    [3, '0d', { batteryVoltage: 3.3 }],
  ]);
  itRefuses('teneo-filling-degree', [
    ['another port', 4, '0b001e', 0],
    ['a short frame', 1, '0b00', 2],
    ['a frame that ends between two layouts', 1, '0b001e0007', 5],
    ['a byte too many', 1, '0e0078000753114d00', 8],
    ['an error without its code', 2, '0d', 1],
  ]);
});

describe('Netvox R718PE', () => {
  // TheThingsNetwork/lorawan-devices, vendor/netvox; the report of state after Netvox' application command.
  itDecodes('netvox-r718pe', [
    [6, '01b1006404202008110000', {}],
    [6, '01b1012400042e19000000', { batteryVoltage: 3.6, lowBattery: 0, fillDistance: 1070, fillLevel: 25 }],
    [6, '01b1019e00042e19000000', { batteryVoltage: 3, lowBattery: 1, fillDistance: 1070, fillLevel: 25 }],
    [
      6,
      '01b1012400ffff64000000',
      { batteryVoltage: 3.6, lowBattery: 0, fillDistance: 'no-echo', fillLevel: 'no-echo' },
    ],
    [
      6,
      '01b1012400000064000000',
      { batteryVoltage: 3.6, lowBattery: 0, fillDistance: 'invalid-reading', fillLevel: 'invalid-reading' },
    ],
    [
      6,
      '01b1012400042eff000000',
      { batteryVoltage: 3.6, lowBattery: 0, fillDistance: 1070, fillLevel: 'sensor-error' },
    ],
    [7, '81b1000000000000000000', {}],
    [7, '8bb10000', {}],
  ]);
  itRefuses('netvox-r718pe', [
    ['another port', 8, '81b1000000000000000000', 0],
    ['another protocol', 6, '02b1012400042e19000000', 0],
    ['another device', 6, '0134012400042e19000000', 1],
    ['an unknown report', 6, '01b1022400042e19000000', 2],
    ['a short frame', 6, '01b1012400042e190000', 10],
    ['a byte too many', 6, '01b1012400042e1900000000', 11],
    ['an unknown answer', 7, '01b1000000000000000000', 0],
  ]);
});
