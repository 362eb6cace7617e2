/**
 * The text of an uncompressed PDF, as a reader would copy it: glyphs through each font's ToUnicode map, one piece for every run of text.
 * Enough for what pdfkit writes.
 */
const objectsOf = (pdf: string): Map<string, string> =>
  new Map([...pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]));

const characters = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');

/** Glyphs to characters: `<0000> <00ff> [<0041> <0042> ...]`. */
const unicodeMap = (body: string): Map<number, string> => {
  const map = new Map<number, string>();
  for (const [, first = '', list = ''] of body.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    let glyph = Number.parseInt(first, 16);
    // A ligature stands for several characters, with spaces between them.
    for (const [, hex = ''] of list.matchAll(/<([0-9a-f ]*)>/g)) map.set(glyph++, characters(hex.replaceAll(' ', '')));
  }
  return map;
};

const fontMaps = (objects: Map<string, string>): Map<string, Map<number, string>> => {
  const maps = new Map<string, Map<number, string>>();
  for (const body of objects.values()) {
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const toUnicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (toUnicode !== undefined) maps.set(name, unicodeMap(objects.get(toUnicode) ?? ''));
    }
  }
  return maps;
};

export const pdfText = (bytes: Buffer): readonly string[] => {
  const objects = objectsOf(bytes.toString('latin1'));
  const fonts = fontMaps(objects);
  const pieces: string[] = [];
  for (const body of objects.values()) {
    if (!body.includes('\nstream\n') || !body.includes(' TJ')) continue;
    let font = new Map<number, string>();
    for (const [, name, array] of body.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = fonts.get(name) ?? new Map();
      else {
        const glyphs = [...(array ?? '').matchAll(/<([0-9a-f]*)>/g)].flatMap(
          ([, hex = '']) => hex.match(/.{4}/g) ?? [],
        );
        pieces.push(glyphs.map((glyph) => font.get(Number.parseInt(glyph, 16)) ?? '\uFFFD').join(''));
      }
    }
  }
  return pieces;
};
