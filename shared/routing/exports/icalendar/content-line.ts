/** RFC 5545, 3.1: a content line has at most 75 octets without its end; the rest goes on in lines that begin with a space. */
const MAX_OCTETS = 75;

const utf8Length = (character: string): number => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** Folded, with CRLF between the pieces; no character is cut in two. */
export const foldLine = (line: string): string => {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const length = utf8Length(character);
    if (octets + length > MAX_OCTETS) {
      pieces.push(piece);
      // The space in front counts.
      [piece, octets] = ['', 1];
    }
    piece += character;
    octets += length;
  }
  return [...pieces, piece].join('\r\n ');
};

/** Controls but tab and line feed: 3.1 has none of them in values. */
const isControl = (character: string): boolean => character !== '\t' && character !== '\n' && /\p{Cc}/u.test(character);

/** A value of type TEXT (RFC 5545, 3.3.11): backslash, semicolon, comma and line ends escaped. */
export const escapeText = (text: string): string =>
  [...text.toWellFormed().replace(/\r\n|\r/g, '\n')]
    .filter((character) => !isControl(character))
    .join('')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\n/g, '\\n');
