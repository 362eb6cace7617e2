import { describe } from 'vitest';
import { itDecodes, itRefuses } from './decoding.ts';

/**
 * Frames that others published, with the values that they publish beside them, in our units. Values that are not compared there (a
 * device's own alarms) are ours. Where vendor and city disagree, docs/devices.md says who is right.
 */

// Milesight-IoT/SensorDecoders, README files; akenza-io/device-type-library, types/milesight; lorawan-devices, vendor/milesight-iot.
describe("Milesight's published examples", () => {
  itDecodes('milesight-em310-udl', [[1, '01755c03824408040001', { battery: 92, fillDistance: 2116, tilt: 1 }]]);
  for (const codec of ['milesight-em400-mud', 'milesight-em400-tld', 'milesight-em400-udl'] as const) {
    itDecodes(codec, [
      [1, '01755c0367010104824408050001', { battery: 92, binTemperature: 25.7, fillDistance: 2116, tilt: 1 }],
      [85, '8367e80001 8482410601', { binTemperature: 23.2, fillDistance: 1601 }],
      [85, '01756403670b0104823b01050001', { battery: 100, binTemperature: 26.7, fillDistance: 315, tilt: 1 }],
    ]);
  }
  itDecodes('milesight-em500-udl', [
    [85, '01755c03821e00', { battery: 92, fillDistance: 30 }],
    [85, '01756403821e00', { battery: 100, fillDistance: 30 }],
  ]);
  itDecodes('milesight-am107', [
    [
      1,
      '01756403671001046871056a490006651c0079001400077d6704087d070009736827',
      {
        battery: 100,
        airTemperature: 27.2,
        relativeHumidity: 56.5,
        illuminance: 28,
        co2: 1127,
        tvoc: 7,
        airPressure: 1008.8,
      },
    ],
    [85, '06651c0079001400', { illuminance: 28 }],
    [85, '077de704087d070009733f27', { co2: 1255, tvoc: 7, airPressure: 1004.7 }],
  ]);
  const ambience = { airTemperature: 23.8, relativeHumidity: 62, co2: 936, tvocIndex: 0.37, airPressure: 1008.6 };
  itDecodes('milesight-am319', [
    [
      1,
      '0367ee0004687c05000106cb02077da803087d2500097366270a7d04000b7d20000c7d3000',
      { ...ambience, formaldehyde: 40, pm25: 32, pm10: 48 },
    ],
    [85, '0367ee0004687c05000106cb02077da803087d2500097366270b7d20000c7d3000', { ...ambience, pm25: 32, pm10: 48 }],
  ]);
});

// chirpstack-device-profiles; akenza types/dragino; aws-samples/aws-iot-core-lorawan; lorawan-devices, vendor/dragino.
describe("Dragino's published examples", () => {
  itDecodes('dragino-ldds75', [
    [2, '0d0a07e900000001', { batteryVoltage: 3.338, fillDistance: 2025, binTemperature: 0 }],
  ]);
  itDecodes('dragino-ldds20', [[2, '0d160a6f00', { batteryVoltage: 3.35, fillDistance: 2671 }]]);
  itDecodes('dragino-dds20-lb', [
    [2, '0d020018000ccc01', { batteryVoltage: 3.33, fillDistance: 24, binTemperature: 'no-probe' }],
    [5, '29011001000d12', { batteryVoltage: 3.346 }],
  ]);
  itDecodes('dragino-laq4', [
    [
      2,
      '0b45040007019001050197',
      { batteryVoltage: 2.885, tvoc: 7, co2: 400, airTemperature: 26.1, relativeHumidity: 40.7 },
    ],
  ]);
  itRefuses('dragino-laq4', [['the published unknown port', 42, '0d07050012020b00fb01b3', 0]]);
  // The device repository shows frames of an LHT65, a thermometer, for all of these.
  for (const codec of ['dragino-dds75-lb', 'dragino-dds45-lb', 'dragino-dds20-lb'] as const) {
    itRefuses(codec, [["another device's frame", 2, '0cf6010103000c01dd01ff', 8]]);
  }
});

// decentlab/decentlab-decoders: the second frame of each device, of the battery alone; DL-PM also without its particle sensor.
describe("Decentlab's published examples", () => {
  itDecodes('decentlab-dl-mbx', [[1, '02012f00020bb1', { batteryVoltage: 2.993 }]]);
  itDecodes('decentlab-dl-pm', [
    [
      1,
      '021b50000d0c2567bd618dbd10',
      {
        batteryVoltage: 3.109,
        airTemperature: 24.356_604_614_257_8,
        relativeHumidity: 41.632_217_407_226_56,
        airPressure: 968,
      },
    ],
    [1, '021b5000010c25', { batteryVoltage: 3.109 }],
  ]);
  itDecodes('decentlab-dl-ntu', [[1, '02233200020b10', { batteryVoltage: 2.832 }]]);
  itDecodes('decentlab-dl-optod', [[1, '02186c00020c60', { batteryVoltage: 3.168 }]]);
  itDecodes('decentlab-dl-pheht', [[1, '0252b800020c5c', { batteryVoltage: 3.164 }]]);
  itDecodes('decentlab-dl-ctd10', [[1, '0207d900020c60', { batteryVoltage: 3.168 }]]);
});

// lorawan-devices (dingtek, pepperl-fuchs, terabee, teneo-iot, netvox); akenza types/smartEnds and types/pepperlFuchs.
describe('published examples of sensors for bins', () => {
  itDecodes('dingtek-df702', [
    [
      3,
      '800001011907d001cd03e942ef27204219000000000000 0081',
      { fillDistance: 2000, binTemperature: 25, fireAlarm: 0, tilt: 0, lowBattery: 0 },
    ],
  ]);
  itDecodes('brighterbins', [[1, '308e31', { fillDistance: 3960, binTemperature: -23, battery: 24 }]]);
  itDecodes('pepperl-fuchs-wilsen', [
    [
      1,
      '040b010041030b06590602014100000003510123',
      { fillDistance: 650, fillLevel: 89, binTemperature: 8, batteryVoltage: 3.5 },
    ],
    [
      1,
      '040b0206b6030b063c06020141b5999a03510124',
      { fillDistance: 1718, fillLevel: 60, binTemperature: 22.7, batteryVoltage: 3.6 },
    ],
    [
      1,
      '040b0206b9030b07ff06020141b9999a0351012406500102f4006f0650020081336d',
      { fillDistance: 1721, binTemperature: 23.2, batteryVoltage: 3.6 },
    ],
    [1, '102a2534383030303030303632383738330431010701043102032206310300000f1c03510123', { batteryVoltage: 3.5 }],
  ]);
  itDecodes('terabee-lm-xl', [[1, '07d0320bb800', { fillDistance: 2000, fillLevel: 50, batteryVoltage: 3 }]]);
  itDecodes('teneo-filling-degree', [
    [1, '0c001e', { batteryVoltage: 3.2, fillDistance: 300 }],
    [1, '0e0078', { batteryVoltage: 3.4, fillDistance: 1200 }],
    [2, '0d00', { batteryVoltage: 3.3, fillDistance: 'sensor-error' }],
  ]);
  itDecodes('netvox-r718pe', [
    [6, '01b1012401012c32000000', { batteryVoltage: 3.6, lowBattery: 0, fillDistance: 300, fillLevel: 50 }],
    [7, '82b1038407080100640000', {}],
    [7, '84b1003200000000000000', {}],
    [7, '86b107d000000000000000', {}],
    [7, '8cb101f400000000000000', {}],
  ]);
});

// ZennerIoT/element-parsers, tests of its parser for the TEK 766.
describe('published examples of the Tekelek TEK 766', () => {
  const past = (binTemperatures: readonly number[], fillDistance: number) =>
    Object.fromEntries(
      binTemperatures.flatMap((temperature, index) => [
        [`fillDistance -${index + 1}`, fillDistance],
        [`binTemperature -${index + 1}`, temperature],
      ]),
    );
  itDecodes('tekelek-tek766', [
    [
      16,
      '10000100018df8aa018cf8aa018cf8aa018cf8aa',
      { fillDistance: 3970, binTemperature: -8, ...past([-8, -8, -8], 3960) },
    ],
    [
      16,
      '10000000001a16aa001a17aa001a18aa001a19aa',
      { fillDistance: 260, binTemperature: 22, ...past([23, 24, 25], 260) },
    ],
    [48, '3000000200023400590062005a0600161b9a', { battery: 98, fillDistance: 220, binTemperature: 27 }],
    [48, '30000001010637004d0063016806001a17aa', { battery: 99, fillDistance: 260, binTemperature: 23 }],
    // A reading of zeros: the parser shows a full tank at 0 °C.
    [48, '30000001010637004d006301680600000000', { battery: 99, fillDistance: 'not-measured' }],
    [69, '45000100004b18aa00000000', { fillDistance: 750, binTemperature: 24 }],
  ]);
  itRefuses('tekelek-tek766', [
    ["an alarm on the parser's test port", 1, '45000100004b18aa00000000', 0],
    ['a trailing byte', 16, '10000000001a16aa001a17aa001a18aa001a19aa00', 20],
  ]);
});

// lorawan-devices, vendor/elsys; akenza types/elsys; chirpstack-device-profiles; aws-samples/aws-iot-core-lorawan.
describe("Elsys's published examples", () => {
  itDecodes('elsys', [
    [1, '0100e20229030127050a110112110a2111', { airTemperature: 22.6, relativeHumidity: 41 }],
    [
      5,
      '0100dd022b070e2e0e012c14000eb751',
      { airTemperature: 22.1, relativeHumidity: 43, batteryVoltage: 3.63, fillDistance: 300, airPressure: 964.433 },
    ],
    [
      5,
      '0100e20218070e410cff5614000edd20',
      {
        airTemperature: 22.6,
        relativeHumidity: 24,
        batteryVoltage: 3.649,
        probeTemperature: -17,
        airPressure: 974.112,
      },
    ],
    [
      5,
      '0100f702230401650503070e291c000c',
      { airTemperature: 24.7, relativeHumidity: 35, illuminance: 357, batteryVoltage: 3.625, tvoc: 12 },
    ],
    [5, '0100e9021d0601bf070e50', { airTemperature: 23.3, relativeHumidity: 29, co2: 447, batteryVoltage: 3.664 }],
    [
      5,
      '0100ee02230400bd070df615402c',
      { airTemperature: 23.8, relativeHumidity: 35, illuminance: 189, batteryVoltage: 3.574 },
    ],
    [5, '01ffce0250', { airTemperature: -5, relativeHumidity: 80 }],
    [5, '0100c80c0096', { airTemperature: 20, probeTemperature: 15 }],
    [5, '14000f5ca8', { airPressure: 1006.76 }],
    [
      5,
      '0100e202290400270506060308070d621900e21900a3',
      { airTemperature: 22.6, relativeHumidity: 41, illuminance: 39, co2: 776, batteryVoltage: 3.426 },
    ],
  ]);
});

// KellerAgTheThingsNetworkPayloadDecoder, spec; lorawan-devices, vendor/keller. All ones is a float that is none.
describe("KELLER's published examples", () => {
  itDecodes('keller-adt1', [
    [4, '0c011300132f0000000c27e3928b40a2b00d2f3a', { battery: 47, batteryVoltage: 5.083_991 }],
    [4, '0c011300132600000001254d4fca40a4fc2b0d10', { battery: 13, batteryVoltage: 5.155_782 }],
    [
      1,
      '010200d3ffffffff3c772cac41af51803f7170f841aacccd',
      { waterPressure: 'sensor-error', waterTemperature: 21.914_79, airPressure: 943.13, airTemperature: 21.35 },
    ],
    [
      1,
      '01090cd7ffffffff3a99f800ffffffff41a1c4303f778fef41aa147b3b4366a93b2f7a1a',
      {
        waterPressure: 'sensor-error',
        waterTemperature: 20.220_79,
        airPressure: 967.04,
        airTemperature: 21.26,
        conductivity: 2.981_583,
      },
    ],
    [
      1,
      '010200d23a28000041b466663f767c0741b68f5c',
      { waterTemperature: 22.55, airPressure: 962.83, airTemperature: 22.82 },
    ],
    [
      1,
      '010500d3bf7845343c5fe44041ae22803f7bc4b141a86666',
      { waterPressure: -969.806, waterTemperature: 21.766_85, airPressure: 983.47, airTemperature: 21.05 },
    ],
  ]);
});
