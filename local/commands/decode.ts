import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { decodeLine } from '../decode/decode-line.ts';

/**
 * `npm run --silent decode -- FILE.jsonl` (or `-` for standard input): one line in, `{ codec, fPort, hex }`; one line out,
 * `{ readings: [...] }` or `{ error }`. Empty lines are passed over.
 */
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('decode FILE.jsonl   lines of { "codec": NAME, "fPort": NUMBER, "hex": BYTES }');
  process.exitCode = 2;
} else {
  const input = file === '-' ? process.stdin : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') console.log(JSON.stringify(decodeLine(line)));
  }
}
