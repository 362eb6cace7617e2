import { parseArgs } from 'node:util';

export const codecUsage = `npm run codec -- COMMAND

  add NAME --script FILE --mapping FILE   enters a codec into the registry, or replaces it: a vendor's decodeUplink as JavaScript,
                                          and what its keys mean as JSON (docs/devices.md)
  test NAME --hex BYTES --port N          what a frame becomes, by the registry's codec; with --script and --mapping by files,
                                          and without a city
  list                                    all codecs
  remove NAME                             takes it out; frames of its sensors are refused from then on

  --cloud                                 in AWS instead: registry of TABLE_NAME

A sensor uses it as --codec script:NAME.`;

type Files = { readonly script: string; readonly mapping: string };

export type CodecCommand =
  | { readonly command: 'help' }
  | { readonly command: 'list'; readonly cloud: boolean }
  | { readonly command: 'remove'; readonly cloud: boolean; readonly id: string }
  | ({ readonly command: 'add'; readonly cloud: boolean; readonly id: string } & Files)
  | {
      readonly command: 'test';
      readonly cloud: boolean;
      readonly id: string;
      readonly files?: Files;
      readonly bytes: Uint8Array;
      readonly fPort: number;
    };

const text = { type: 'string' } as const;
const options = {
  script: text,
  mapping: text,
  hex: text,
  port: text,
  cloud: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @throws Error in words for the person at the keyboard. */
export const readCodecCommand = (args: readonly string[]): CodecCommand => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [command, id, ...rest] = positionals;
  const { cloud } = values;
  if (values.help || command === undefined || command === 'help') return { command: 'help' };
  if (rest.length > 0) throw new Error(`What is ${rest.join(' ')}?`);
  if (command === 'list') return { command, cloud };
  if (command !== 'add' && command !== 'test' && command !== 'remove') {
    throw new Error(`There is no command ${command}: add, test, list, remove`);
  }
  if (id === undefined) throw new Error("The codec's NAME is missing");
  if (command === 'remove') return { command, cloud, id };
  const files = readFiles(values);
  if (command === 'add') {
    if (files === undefined) throw new Error('--script and --mapping are missing');
    return { command, cloud, id, ...files };
  }
  return { command, cloud, id, ...(files && { files }), bytes: readHex(values.hex), fPort: readPort(values.port) };
};

const readFiles = ({ script, mapping }: { readonly script?: string; readonly mapping?: string }): Files | undefined => {
  if (script === undefined && mapping === undefined) return undefined;
  if (script === undefined || mapping === undefined) throw new Error('--script and --mapping belong together');
  return { script, mapping };
};

const readHex = (hex: string | undefined): Uint8Array => {
  if (hex === undefined || !/^(?:[0-9a-f]{2})+$/i.test(hex)) throw new Error('--hex wants pairs of hexadecimal digits');
  return Buffer.from(hex, 'hex');
};

const readPort = (port: string | undefined): number => {
  if (port === undefined || !/^\d{1,3}$/.test(port) || Number(port) > 255) {
    throw new Error('--port wants the LoRaWAN port, a whole number');
  }
  return Number(port);
};
