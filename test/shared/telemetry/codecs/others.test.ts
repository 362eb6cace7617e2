import { describe } from 'vitest';
import { itDecodes, itRefuses } from './decoding.ts';

describe('Elsys', () => {
  // chirpstack/chirpstack-device-profiles, vendors/elsys; types after elsys.se, "Sensor payload".
  itDecodes('elsys', [
    [5, '0100ea 0237', { airTemperature: 23.4, relativeHumidity: 55 }],
    [5, '0100c6 022a 070e0a', { airTemperature: 19.8, relativeHumidity: 42, batteryVoltage: 3.594 }],
    [5, '01ffce 0250', { airTemperature: -5, relativeHumidity: 80 }],
    [5, '0100c8 0c0096', { airTemperature: 20, probeTemperature: 15 }],
    [5, '0100b4 081388', { airTemperature: 18 }],
    [5, '14000f5ca8', { airPressure: 1006.76 }],
    [5, '0a002a', {}],
    [5, '0e04d2 070e0a', { fillDistance: 1234, batteryVoltage: 3.594 }],
    [5, '0e0000 0c7fff', { fillDistance: 'invalid-reading', probeTemperature: 'no-probe' }],
    [5, '0effff', { fillDistance: 'no-echo' }],
    [5, '0603a8 040064 1c0012', { co2: 936, illuminance: 100, tvoc: 18 }],
    [6, '3e01020304', {}],
  ]);
  itRefuses('elsys', [
    ['another port', 85, '0100ea', 0],
    ['an unknown type', 5, '0100ea 7f', 3],
    ['a value cut short', 5, '0100ea 0e04', 4],
    ['a type without its value', 5, '0100ea 02', 4],
  ]);
});

describe('KELLER ADT1', () => {
  // TheThingsNetwork/lorawan-devices, vendor/keller, and KellerAgTheThingsNetworkPayloadDecoder; a 32-bit float has seven digits.
  itDecodes('keller-adt1', [
    [
      1,
      '0103 00d3 bf78937d b8000000 41ae6666 3f78917d 41be0000',
      { waterPressure: -971.0005, waterTemperature: 21.8, airPressure: 970.97, airTemperature: 23.75 },
    ],
    [
      1,
      '0105 00d3 bf784534 3c5fe440 41ae2280 3f7bc4b1 41a86666',
      { waterPressure: -969.806, waterTemperature: 21.76685, airPressure: 983.47, airTemperature: 21.05 },
    ],
    [4, '0c011300132f0000000c27e3928b40a2b00d2f3a', { battery: 47, batteryVoltage: 5.083991 }],
    [1, '0103 0011 7f800000 7fc00000', { waterPressure: 'sensor-error', waterTemperature: 'sensor-error' }],
    [1, '0103 0000', {}],
  ]);
  itRefuses('keller-adt1', [
    ['another port', 2, '01030000', 0],
    ['an unknown function', 1, '02030000', 0],
    ['an unknown connection', 1, '010c0001 00000000', 1],
    ['a channel that the connection has not', 1, '01000100 00000000', 2],
    ['a header cut short', 1, '0103', 2],
    ['a channel cut short', 1, '01030011 7f800000 7fc0', 10],
    ['a byte too many', 1, '01030000 00', 4],
  ]);
});
