import { type Dataset, inFormat, type Words } from './catalogue.ts';

/** What a data set's page shows of the data: a line over time, or bars that count things by a property. */

export type Point = { readonly at: number; readonly value: number | null; readonly flag: number };
export type PlaceSeries = { readonly placeId: string; readonly unit: string; readonly points: readonly Point[] };
export type Bar = { readonly name: Words; readonly count: number };
export type Row = Readonly<Record<string, unknown>>;

export type Preview =
  | { readonly kind: 'series'; readonly series: readonly PlaceSeries[] }
  | { readonly kind: 'bars'; readonly property: string; readonly bars: readonly Bar[]; readonly rows: readonly Row[] };

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

/** Where to ask for a preview; `undefined` where the data set has nothing that a page could show. */
export const previewPath = (dataset: Dataset): string | undefined => {
  const json = inFormat(dataset, 'application/json', 'application/geo+json');
  if (json === undefined) return undefined;
  if (json.path.startsWith('/open/v1/readings?')) return `${json.path}&limit=5000`;
  return json.path.startsWith('/ogc/') ? `${json.path}&limit=200` : json.path;
};

const seriesOf = (readings: readonly Row[]): readonly PlaceSeries[] => {
  const places = Map.groupBy(readings, ({ stationId, sensorId }) => String(stationId ?? sensorId));
  return [...places]
    .map(([placeId, own]) => {
      // A place may have several sensors: their lines would cross, so the first one's is shown.
      const sensorId = own[0]?.sensorId;
      const points = own
        .filter((reading) => reading.sensorId === sensorId)
        .map(({ measuredAt, value, flag }) => ({
          at: Date.parse(String(measuredAt)),
          value: typeof value === 'number' ? value : null,
          flag: Number(flag),
        }))
        .sort((a, b) => a.at - b.at);
      return { placeId, unit: String(own[0]?.unit ?? ''), points };
    })
    .sort((a, b) => a.placeId.localeCompare(b.placeId));
};

/** Names of codes that the data use, where the portal knows them. */
const codeWords: Readonly<Record<string, Words>> = {
  other: { vi: 'rác còn lại', en: 'other waste' },
  food: { vi: 'rác thực phẩm', en: 'food waste' },
  recyclable: { vi: 'rác tái chế', en: 'recyclables' },
  air: { vi: 'không khí', en: 'air' },
  water: { vi: 'nước', en: 'water' },
  bin: { vi: 'thùng rác', en: 'bins' },
};

/** What a code is called: by the row itself, by the portal, or by itself. */
const nameOf = (property: string, row: Row): Words => {
  const code = String(row[property] ?? '–');
  const [vi, en] = [row[`${property}Vi`], row[`${property}En`]];
  if (typeof vi === 'string' && typeof en === 'string') return { vi, en };
  return codeWords[code] ?? { vi: code, en: code };
};

/** By which property the things of a data set are counted, the first that they have. */
const COUNTED = ['stream', 'quantity', 'kind', 'stationClass'];

const barsOf = (rows: readonly Row[]): Preview => {
  const property = COUNTED.find((name) => rows.some((row) => typeof row[name] === 'string')) ?? 'kind';
  const counts = Map.groupBy(rows, (row) => String(row[property] ?? '–'));
  const bars = [...counts].flatMap(([, own]) =>
    own[0] === undefined ? [] : [{ name: nameOf(property, own[0]), count: own.length }],
  );
  return { kind: 'bars', property, bars: bars.sort((a, b) => b.count - a.count).slice(0, 12), rows };
};

/** Reads the answer of `previewPath`: readings, lists of `/open/v1`, or features. */
export const readPreview = (answer: unknown): Preview => {
  const body = isRow(answer) ? answer : {};
  if (Array.isArray(body.readings)) return { kind: 'series', series: seriesOf(rowsOf(body.readings)) };
  if (Array.isArray(body.features)) {
    return barsOf(
      rowsOf(body.features).map(({ id, properties }) => ({ id, ...(isRow(properties) ? properties : {}) })),
    );
  }
  const list = Object.values(body).find((value) => Array.isArray(value));
  return barsOf(rowsOf(list));
};
