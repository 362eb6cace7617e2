import { type CodecName, codecNames } from '../../shared/telemetry/codecs/registry.ts';

export type Frame = { readonly codec: CodecName; readonly fPort: number; readonly bytes: Buffer };

/** An ordinary uplink of each device. */
const samples = {
  'milesight-em310-udl': [85, '01755c03824408040001'],
  'milesight-em400-mud': [85, '01755c0367010104824408050001'],
  'milesight-em400-tld': [85, '01755c0367010104824408050001'],
  'milesight-em400-udl': [85, '01755c0367010104824408050001'],
  'milesight-em500-udl': [85, '01756403821e00'],
  'milesight-am107': [85, '01755c03673401046865056a490006651c0079001400077de704087d070009733f27'],
  'milesight-am319': [85, '0367ee0004687c05000106cb02077da803087d2500097366270a7d07000b7d20000c7d3000'],
  'dragino-ldds75': [2, '0d3b0aef00000001'],
  'dragino-ldds45': [2, '0d3b0aef00000001'],
  'dragino-ldds20': [2, '0d3b0aef00000001'],
  'dragino-dds75-lb': [2, '0dee06400000fa01'],
  'dragino-dds45-lb': [2, '0dee06400000fa01'],
  'dragino-dds20-lb': [2, '0d020018000ccc01'],
  'dragino-dds75-3-lb': [2, '0dee00fa06400014000010'],
  'dragino-wqs-lb': [2, '0dee00fa0051032009c402bc00fb0032'],
  'dragino-laq4': [2, '0d07050012020b00fb01b3'],
  'decentlab-dl-mbx': [1, '02012f000304d200010bb1'],
  'decentlab-dl-pm': [1, '021b50000f0c25002500270027002701f50107012c012d012d012d67bd618dbd10'],
  'decentlab-dl-ntu': [1, '022332000300008885013e013e02330b10'],
  'decentlab-dl-optod': [1, '02186c000300008862a618836583650c60'],
  'decentlab-dl-pheht': [1, '0252b800030000884282c77f637ff60c5c'],
  'decentlab-dl-ctd10': [1, '0207d9000390888081006400000c60'],
  'dingtek-df702': [3, '800001011107d000190000000000000081'],
  brighterbins: [1, '308e30'],
  'tekelek-tek766': [16, '1000000001121b7701131baa01121ba90114f274'],
  'pepperl-fuchs-wilsen': [1, '040b010031030b065d06020141a6666603510122'],
  'terabee-lm-xl': [1, '05dc000e1000'],
  'teneo-filling-degree': [1, '0e0078000753114d'],
  'netvox-r718pe': [6, '01b1012400042e19000000'],
  elsys: [5, '0100c6022a070e0a0e04d2'],
  'keller-adt1': [1, '010300d3bf78937db800000041ae66663f78917d41be0000'],
} as const satisfies Record<CodecName, readonly [fPort: number, hex: string]>;

/** One ordinary uplink of every built-in codec. */
export const frames = codecNames.map((codec): Frame => {
  const [fPort, hex] = samples[codec];
  return { codec, fPort, bytes: Buffer.from(hex, 'hex') };
});
