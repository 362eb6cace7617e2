import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { decodeLine } from '../decode/decode-line.ts';
import { type FindScript, scriptDecoder, scriptsInFolder } from '../decode/script-decoder.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';

/**
 * `npm run --silent decode -- FILE.jsonl [--codec NAME] [--scripts FOLDER]` (or `-` for standard input): one line in,
 * `{ codec, fPort, hex }` or a whole envelope, with `codec` among its fields where it is known; one line out, `{ readings: [...] }` or
 * `{ error }`. Empty lines are passed over. A codec `script:NAME` is NAME.js with NAME.json of the folder, or of the running city's registry.
 */
const readArguments = () => {
  try {
    const options = { codec: { type: 'string' }, scripts: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    return { file: positionals[0], ...values };
  } catch {
    return { file: undefined };
  }
};

/** Only asked when a line names a script: without one no city need run. */
const scriptsOfCity: FindScript = async (id) => {
  Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  return openStores(readEnvironment(storesEnvironmentSchema)).registry.get('codec', id);
};

const { file, codec, scripts: folder } = readArguments();
if (file === undefined) {
  console.error(
    `decode FILE.jsonl [--codec NAME] [--scripts FOLDER]
  lines of { "codec": NAME, "fPort": NUMBER, "hex": BYTES }, or whole envelopes; a codec script:NAME is NAME.js with its mapping
  NAME.json of the folder, or without --scripts of the running city's registry`,
  );
  process.exitCode = 2;
} else {
  const scripts = scriptDecoder(folder === undefined ? scriptsOfCity : scriptsInFolder(folder));
  const input = file === '-' ? process.stdin : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') console.log(JSON.stringify(await decodeLine(line, { usualCodec: codec, scripts })));
  }
}
