/** Characters that XML 1.0 (§2.2) does not have, escaped or not: controls but tab and line ends, lone surrogates, U+FFFE and U+FFFF. */
const notInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser turns bare ones into other white space.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text for an element or an attribute; what XML cannot say becomes U+FFFD. */
export const xmlText = (text: string): string =>
  text.replace(notInXml, '\uFFFD').replace(/[&<>"'\t\n\r]/g, (character) => entities[character] ?? character);

/** `<name>text</name>`, nothing where there is no text. */
export const xmlElement = (name: string, text: string | undefined): string =>
  text === undefined || text === '' ? '' : `<${name}>${xmlText(text)}</${name}>`;
