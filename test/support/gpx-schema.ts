/** An element of an XML document, as far as GPX has them: no mixed content, no namespaces but the default one. */
export type GpxElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: GpxElement[];
  text: string;
};

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (text: string): string => {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`A bare ampersand: ${text}`);
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_all, code?: string, name = '') =>
    code === undefined ? (characters[name] ?? '') : String.fromCodePoint(Number(code)),
  );
};

/**
 * Reads a document strictly: what is not well-formed throws.
 * @throws Error
 */
export const parseXml = (xml: string): GpxElement => {
  const root: GpxElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === xml) throw new Error('No XML declaration');
  if (/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(xml)) throw new Error('A character that XML lacks');
  let end = 0;
  for (const match of body.matchAll(/([^<]*)<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (match.index !== end) throw new Error(`Not XML: ${body.slice(end, end + 80)}`);
    end += match[0].length;
    const [, text = '', closes, name = '', attributes = '', isEmpty] = match;
    const parent = open.at(-1) ?? root;
    parent.text += decoded(text);
    if (closes) {
      if (open.pop()?.name !== name) throw new Error(`${name} ends what it did not begin`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
      key,
      decoded(value),
    ]);
    const element: GpxElement = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
    parent.children.push(element);
    if (!isEmpty) open.push(element);
  }
  const [document] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || document === undefined || body.slice(end).trim() !== '') {
    throw new Error('Not one whole document');
  }
  return document;
};

type Rule = {
  /** Children in the order of the schema's sequence, `*` for any number. */
  readonly sequence?: readonly string[];
  readonly attributes?: Readonly<Record<string, RegExp>>;
  readonly text?: RegExp;
};

const decimal = '-?(?:\\d+(?:\\.\\d*)?|\\.\\d+)';
const latitude = new RegExp(`^${decimal}$`);
const point: Rule = {
  sequence:
    'ele? time? magvar? geoidheight? name? cmt? desc? src? link* sym? type? fix? sat? hdop? vdop? pdop? ageofdgpsdata? dgpsid? extensions?'.split(
      ' ',
    ),
  attributes: { lat: latitude, lon: latitude },
};

/** The rules of http://www.topografix.com/GPX/1/1/gpx.xsd for what routes and waypoints use. */
const rules: Readonly<Record<string, Rule>> = {
  gpx: {
    sequence: ['metadata?', 'wpt*', 'rte*', 'trk*', 'extensions?'],
    attributes: { version: /^1\.1$/, creator: /./s, xmlns: /./, 'xmlns:xsi': /./, 'xsi:schemaLocation': /^\S+ \S+$/ },
  },
  metadata: { sequence: 'name? desc? author? copyright? link* time? keywords? bounds? extensions?'.split(' ') },
  bounds: { attributes: { minlat: latitude, minlon: latitude, maxlat: latitude, maxlon: latitude } },
  wpt: point,
  rtept: point,
  rte: { sequence: 'name? cmt? desc? src? link* number? type? extensions? rtept*'.split(' ') },
  time: { text: /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/ },
  number: { text: /^\d+$/ },
};
const anyText: Rule = { text: /^[\s\S]*$/ };

const inSequence = (names: readonly string[], sequence: readonly string[]): boolean => {
  const pattern = sequence.map((part) => `(?:${part.slice(0, -1)} )${part.slice(-1)}`).join('');
  return new RegExp(`^${pattern}$`).test(names.map((name) => `${name} `).join(''));
};

const rangeFaults = ({ name, attributes }: GpxElement): string[] =>
  Object.entries(attributes).flatMap(([key, value]) => {
    const most = /lat$/.test(key) ? 90 : /lon$/.test(key) ? 180 : Number.POSITIVE_INFINITY;
    return Number.isFinite(most) && Math.abs(Number(value)) > most ? [`${name}: ${key} ${value}`] : [];
  });

/** What a validator of the schema would say. */
export const gpxFaults = (element: GpxElement): readonly string[] => {
  const { name, children, text } = element;
  const { sequence = [], attributes = {}, text: content } = rules[name] ?? anyText;
  const names = children.map((child) => child.name);
  return [
    ...(inSequence(names, sequence) ? [] : [`${name} has ${names.join(', ')}`]),
    ...Object.entries(attributes)
      .filter(([key, pattern]) => !pattern.test(element.attributes[key] ?? ''))
      .map(([key]) => `${name}: ${key} is ${element.attributes[key]}`),
    ...Object.keys(element.attributes)
      .filter((key) => !(key in attributes))
      .map((key) => `${name} has no ${key}`),
    ...(content === undefined
      ? text.trim() === ''
        ? []
        : [`${name} has text`]
      : content.test(text)
        ? []
        : [`${name}: ${text}`]),
    ...rangeFaults(element),
    ...children.flatMap(gpxFaults),
  ];
};
