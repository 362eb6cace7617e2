import { describe } from 'vitest';
import { itDecodes, itRefuses } from './decoding.ts';

// Examples of TheThingsNetwork/lorawan-devices, chirpstack-device-profiles and akenza-io/device-type-library; sentinels after Dragino's
// user manuals (20 mm: invalid, 0: no sensor, 0x7FFF and 0x0CCC: no probe).
describe('Dragino LDDS75, LDDS45, LDDS20', () => {
  itDecodes('dragino-ldds75', [
    [2, '0d3b 0aef 00 0000 01', { batteryVoltage: 3.387, fillDistance: 2799, binTemperature: 0 }],
    [2, '0d0a 07e9 00 0000 01', { batteryVoltage: 3.338, fillDistance: 2025, binTemperature: 0 }],
    [2, '0d3b 0014 00 0000 01', { batteryVoltage: 3.387, fillDistance: 'invalid-reading', binTemperature: 0 }],
    [2, '0d3b 0000 00 0105 01', { batteryVoltage: 3.387, fillDistance: 'no-sensor', binTemperature: 26.1 }],
    [2, '0d3b 0aef 00 ff3f 00', { batteryVoltage: 3.387, fillDistance: 'no-sensor', binTemperature: -19.3 }],
    [2, '0d3b 0aef 00 7fff 01', { batteryVoltage: 3.387, fillDistance: 2799, binTemperature: 'no-probe' }],
    // Firmware before 1.1.4; the manual's example of a distance is 0B05 = 2821 mm.
    [2, '0e1c 0b05', { batteryVoltage: 3.612, fillDistance: 2821 }],
    [2, '0e1c 0b05 00', { batteryVoltage: 3.612, fillDistance: 2821 }],
    [2, '0e1c 0013 00', { batteryVoltage: 3.612, fillDistance: 'invalid-reading' }],
    [2, '0e1c 00', { batteryVoltage: 3.612, fillDistance: 'no-sensor' }],
  ]);
  itRefuses('dragino-ldds75', [
    ['another port', 3, '0d3b 0aef 00 0000 01', 0],
    ['a short frame', 2, '0d3b', 2],
    ['a frame that ends between two layouts', 2, '0d3b 0aef 00 00', 6],
    ['a byte too many', 2, '0d3b 0aef 00 0000 01 00', 8],
  ]);
  itDecodes('dragino-ldds45', [
    [2, '0d3b 0aef 00 0000 01', { batteryVoltage: 3.387, fillDistance: 2799, binTemperature: 0 }],
  ]);
  itDecodes('dragino-ldds20', [
    [2, '0d3b 0014 00 0000 01', { batteryVoltage: 3.387, fillDistance: 'invalid-reading', binTemperature: 0 }],
  ]);
});

describe('Dragino DDS75-LB, DDS45-LB, DDS20-LB', () => {
  itDecodes('dragino-dds45-lb', [
    [2, '0dee 0640 00 00fa 01', { batteryVoltage: 3.566, fillDistance: 1600, binTemperature: 25 }],
    [5, '28 0100 01 ff 0dee', { batteryVoltage: 3.566 }],
  ]);
  itDecodes('dragino-dds20-lb', [
    [2, '0d02 0018 00 0ccc 01', { batteryVoltage: 3.33, fillDistance: 24, binTemperature: 'no-probe' }],
  ]);
  itDecodes('dragino-dds75-lb', [
    [
      3,
      '0d04 0640 00fa 40 65d7e980  0d04 0014 7fff 40 65d7ed04',
      {
        'batteryVoltage @1708648832': 3.332,
        'fillDistance @1708648832': 1600,
        'binTemperature @1708648832': 25,
        'batteryVoltage @1708649732': 3.332,
        'fillDistance @1708649732': 'invalid-reading',
        'binTemperature @1708649732': 'no-probe',
      },
    ],
  ]);
  itRefuses('dragino-dds75-lb', [
    ['a port that is not described', 6, '0640', 0],
    ['old firmware', 2, '0e1c 0b05', 4],
    ['a state cut short', 5, '27 0100 01 ff 0d', 6],
    ['a log entry cut short', 3, '0d04 0640 00fa 40 65d7e980 0d04', 11],
    ['a log entry without a time', 3, '0d04 0640 00fa 40 00000000', 7],
  ]);
});

describe('Dragino DDS75-3-LB', () => {
  itDecodes('dragino-dds75-3-lb', [
    [
      2,
      '0dee 00fa 0640 0014 0000 10',
      {
        batteryVoltage: 3.566,
        binTemperature: 25,
        fillDistance: 1600,
        fillDistance2: 'invalid-reading',
        fillDistance3: 'no-sensor',
      },
    ],
    [
      2,
      '0dee 7fff 0640 0640 0640 00',
      {
        batteryVoltage: 3.566,
        binTemperature: 'no-probe',
        fillDistance: 'no-sensor',
        fillDistance2: 'no-sensor',
        fillDistance3: 'no-sensor',
      },
    ],
    [
      3,
      '0640 0641 0642 00 65d7e980',
      { 'fillDistance @1708648832': 1600, 'fillDistance2 @1708648832': 1601, 'fillDistance3 @1708648832': 1602 },
    ],
  ]);
  itRefuses('dragino-dds75-3-lb', [
    ['a short frame', 2, '0dee 00fa 0640 0014 0000', 10],
    ['a byte too many', 2, '0dee 00fa 0640 0014 0000 1000', 11],
  ]);
});

describe('Dragino LAQ4', () => {
  itDecodes('dragino-laq4', [
    [
      2,
      '0d07 05 0012 020b 00fb 01b3',
      { batteryVoltage: 3.335, tvoc: 18, co2: 523, airTemperature: 25.1, relativeHumidity: 43.5 },
    ],
    [2, '0d07 7c 0f280f28 012c 0bb8', { batteryVoltage: 3.335 }],
    [
      2,
      '0d07 04 ffff ffff 7fff ffff',
      {
        batteryVoltage: 3.335,
        tvoc: 'sensor-error',
        co2: 'sensor-error',
        airTemperature: 'sensor-error',
        relativeHumidity: 'sensor-error',
      },
    ],
  ]);
  itRefuses('dragino-laq4', [
    ['another port', 5, '0d07 05 0012 020b 00fb 01b3', 0],
    ['an unknown mode', 2, '0d07 08 0012 020b 00fb 01b3', 2],
    ['a short frame', 2, '0d07 05 0012 020b 00fb 01', 10],
    ['a byte too many', 2, '0d07 05 0012 020b 00fb 01b3 00', 11],
  ]);
});

describe('Dragino WQS-LB', () => {
  // Layouts of dragino-end-node-decoder: WQS-LB (1.0), V1.2, V1.3.1.
  itDecodes('dragino-wqs-lb', [
    [2, '0dee 00fa 01 02bc', { batteryVoltage: 3.566, waterTemperature: 25, ph: 7 }],
    [2, '0dee 00fa 01 02bc 00fb', { batteryVoltage: 3.566, waterTemperature: 25, ph: 7 }],
    [2, '0dee 00fa 20 0064', { batteryVoltage: 3.566, waterTemperature: 25, turbidity: 10 }],
    [
      2,
      '0dee 7fff 38 0064 0320 09c4 ff38',
      {
        batteryVoltage: 3.566,
        waterTemperature: 'no-probe',
        turbidity: 10,
        dissolvedOxygen: 8,
        redox: -200,
      },
    ],
    [
      2,
      '0dee 00fa 0051 0320 09c4 02bc 00fb 0032',
      { batteryVoltage: 3.566, waterTemperature: 25, dissolvedOxygen: 8, ph: 7, freeChlorine: 0.5 },
    ],
    [
      2,
      '0dee 00fa 0100 010000 00fa 00fb',
      { batteryVoltage: 3.566, waterTemperature: 25, conductivity: 65_536, salinity: 25 },
    ],
    [2, '0dee 00fa 01 ffff', { batteryVoltage: 3.566, waterTemperature: 25, ph: 'sensor-error' }],
    [
      3,
      '0064 02bc 0000 21 00000000'.replace('00000000', '65d7e980'),
      { 'turbidity @1708648832': 10, 'ph @1708648832': 7 },
    ],
  ]);
  itRefuses('dragino-wqs-lb', [
    ['another port', 6, '0dee 00fa 01 02bc', 0],
    ['a short frame', 2, '0dee 00fa', 4],
    ['an electrode that the mask announces and the frame has not', 2, '0dee 00fa 03 02bc', 7],
    ['bytes that the mask does not announce', 2, '0dee 00fa 20 0064 00', 7],
  ]);
});
