import { type CodecName, codecNames, isCodecName } from '../../shared/telemetry/codecs/registry.ts';

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The device without its maker: `em310-udl` of `milesight-em310-udl`. */
const modelOf = (name: CodecName): string => plain(name.slice(name.indexOf('-') + 1));

const makerOf = (name: CodecName): string => plain(name.split('-', 1)[0] ?? name);

/**
 * The built-in codec that people mean: its own name, or what vendors and networks write, `Dragino LDDS75`, `milesight/em310-udl`,
 * `EM310-UDL`, `Terabee`. `undefined` when it is none of ours, or might be several.
 */
export const codecNamed = (name: string): CodecName | undefined => {
  if (isCodecName(name)) return name;
  const wanted = plain(name);
  const exact = codecNames.find((codec) => plain(codec) === wanted);
  if (exact !== undefined) return exact;
  // Of some makers there is one device: their name will do.
  const found = codecNames.filter((codec) => modelOf(codec) === wanted || makerOf(codec) === wanted);
  return found.length === 1 ? found[0] : undefined;
};
