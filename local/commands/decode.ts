import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { decodeLine } from '../decode/decode-line.ts';

/**
 * `npm run --silent decode -- FILE.jsonl [--codec NAME]` (or `-` for standard input): one line in, `{ codec, fPort, hex }` or a whole
 * envelope, with `codec` among its fields where it is known; one line out, `{ readings: [...] }` or `{ error }`. Empty lines are
 * passed over.
 */
const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { codec: { type: 'string' } } });
    return { file: positionals[0], codec: values.codec };
  } catch {
    return { file: undefined, codec: undefined };
  }
};

const { file, codec } = readArguments();
if (file === undefined) {
  console.error(
    'decode FILE.jsonl [--codec NAME]   lines of { "codec": NAME, "fPort": NUMBER, "hex": BYTES }, or whole envelopes',
  );
  process.exitCode = 2;
} else {
  const input = file === '-' ? process.stdin : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') console.log(JSON.stringify(decodeLine(line, codec)));
  }
}
