import { describe } from 'vitest';
import { itDecodes, itRefuses } from './decoding.ts';

// Examples of decentlab/decentlab-decoders (the last lines of each decoder); every device has a frame of the battery alone.
describe('Decentlab', () => {
  itDecodes('decentlab-dl-mbx', [
    [1, '02012f0003 04d20001 0bb1', { fillDistance: 1234, batteryVoltage: 2.993 }],
    [1, '02012f0003 04d20000 0bb1', { fillDistance: 'no-echo', batteryVoltage: 2.993 }],
    [1, '02012f0002 0bb1', { batteryVoltage: 2.993 }],
    [1, '02012f0000', {}],
  ]);
  itDecodes('decentlab-dl-pm', [
    [
      1,
      '021b50000f 0c25 0025002700270027 01f5 0107012c012d012d012d 67bd618d bd10',
      {
        batteryVoltage: 3.109,
        pm1: 3.7,
        pm25: 3.9,
        pm4: 3.9,
        pm10: 3.9,
        airTemperature: 24.35660461425781,
        relativeHumidity: 41.63221740722656,
        airPressure: 968,
      },
    ],
    [
      1,
      '021b50000d 0c25 67bd618d bd10',
      {
        batteryVoltage: 3.109,
        airTemperature: 24.35660461425781,
        relativeHumidity: 41.63221740722656,
        airPressure: 968,
      },
    ],
    [1, '021b500001 0c25', { batteryVoltage: 3.109 }],
  ]);
  itDecodes('decentlab-dl-ntu', [
    [
      1,
      '0223320003 0000 8885 013e 013e 0233 0b10',
      { waterTemperature: 21.81, turbidity: 31.8, tss: 56.3, batteryVoltage: 2.832 },
    ],
    [1, '0223320002 0b10', { batteryVoltage: 2.832 }],
  ]);
  itDecodes('decentlab-dl-optod', [
    [
      1,
      '02186c0003 0000 8862 a618 8365 8365 0c60',
      { waterTemperature: 21.46, oxygenSaturation: 97.52, dissolvedOxygen: 8.69, batteryVoltage: 3.168 },
    ],
    [1, '02186c0002 0c60', { batteryVoltage: 3.168 }],
  ]);
  itDecodes('decentlab-dl-pheht', [
    [
      1,
      '0252b80003 0000 8842 82c7 7f63 7ff6 0c5c',
      { waterTemperature: 21.14, ph: 7.11, redox: -15.7, batteryVoltage: 3.164 },
    ],
    [1, '0252b80002 0c5c', { batteryVoltage: 3.164 }],
  ]);
  itDecodes('decentlab-dl-ctd10', [
    [
      1,
      '0207d90003 9088 8081 0064 0000 0c60',
      { waterDepth: 4232, waterTemperature: 12.9, conductivity: 100, batteryVoltage: 3.168 },
    ],
    [1, '0207d90002 0c60', { batteryVoltage: 3.168 }],
  ]);
  itRefuses('decentlab-dl-mbx', [
    ['another port', 2, '02012f0002 0bb1', 0],
    ['a header cut short', 1, '02012f00', 4],
    ['another protocol', 1, '01012f0002 0bb1', 0],
    ['a sensor that it has not', 1, '02012f0004 0bb1', 3],
    ['a sensor cut short', 1, '02012f0003 04d20001 0b', 10],
    ['a byte too many', 1, '02012f0002 0bb1 00', 7],
  ]);
});
