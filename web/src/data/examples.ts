import { type Dataset, type Distribution, inFormat, type Words } from './catalogue.ts';

/** How to get a data set, to copy and run. Each example is complete: its answer is the data, and no other file is needed. */
export type Example = {
  readonly tool: 'curl' | 'DuckDB' | 'Python' | 'R' | 'QGIS';
  readonly code: string;
  /** What of the data set it reads, where that is one part of several. */
  readonly of?: Words;
};

const quoted = (address: string): string => `"${address}"`;

/** As much as one answer can hold: readings and features come in pages. */
const whole = (path: string): string => (/^\/open\/v1\/readings\?|^\/ogc\//.test(path) ? `${path}&limit=5000` : path);

/** Of several files of one kind (air and water, hourly and daily) an example reads one, and says which. */
const partOf = ({ distributions }: Dataset, { mediaType, title }: Distribution): Pick<Example, 'of'> =>
  distributions.filter((each) => each.mediaType === mediaType && !each.path.startsWith('/ogc/')).length > 1
    ? { of: title }
    : {};

const timeColumns = (path: string): string => (path.includes('/readings') ? ', parse_dates=["measuredAt"]' : '');

/** A day's file of the data set, where it has files: the index beside them is not the data. */
const fileOf = ({ distributions }: Dataset, mediaType: string): Distribution | undefined =>
  distributions.find((each) => each.mediaType === mediaType && each.path.startsWith('/bulk/'));

/** DuckDB reads a Parquet file where it lies, by ranges; pandas and R unpack the CSV. */
const ofFiles = (dataset: Dataset, origin: string): readonly Example[] => {
  const parquet = fileOf(dataset, 'application/vnd.apache.parquet');
  const csv = fileOf(dataset, 'text/csv');
  const nameOf = ({ path }: Distribution): string => path.slice(path.lastIndexOf('/') + 1);
  const fromParquet = (found: Distribution): readonly Example[] => [
    { of: found.title, tool: 'curl', code: `curl --fail -o ${nameOf(found)} ${quoted(origin + found.path)}` },
    { of: found.title, tool: 'DuckDB', code: `SELECT * FROM read_parquet('${origin}${found.path}') LIMIT 10;` },
  ];
  const fromCsv = (found: Distribution): readonly Example[] => [
    {
      of: found.title,
      tool: 'Python',
      code: `import pandas as pd\n\ndata = pd.read_csv(${quoted(origin + found.path)}, compression="gzip")\nprint(data)`,
    },
    { of: found.title, tool: 'R', code: `data <- read.csv(gzcon(url(${quoted(origin + found.path)})))\nstr(data)` },
  ];
  return [...(parquet ? fromParquet(parquet) : []), ...(csv ? fromCsv(csv) : [])];
};

const curl = (dataset: Dataset, origin: string): readonly Example[] => {
  const found = inFormat(dataset, 'text/csv', 'application/geo+json', 'application/json') ?? dataset.distributions[0];
  if (found === undefined) return [];
  const endings: Readonly<Record<string, string>> = { 'text/csv': 'csv', 'application/geo+json': 'geojson' };
  const file = `${dataset.id}.${endings[found.mediaType] ?? 'json'}`;
  return [
    {
      ...partOf(dataset, found),
      tool: 'curl',
      code: `curl --compressed --fail -o ${file} ${quoted(origin + whole(found.path))}`,
    },
  ];
};

/** pandas reads CSV by itself; GeoJSON of features becomes a table of their properties. */
const python = (dataset: Dataset, origin: string): readonly Example[] => {
  const csv = inFormat(dataset, 'text/csv');
  if (csv !== undefined) {
    const read = `pd.read_csv(${quoted(origin + whole(csv.path))}${timeColumns(csv.path)})`;
    return [{ ...partOf(dataset, csv), tool: 'Python', code: `import pandas as pd\n\ndata = ${read}\nprint(data)` }];
  }
  const geojson = inFormat(dataset, 'application/geo+json');
  if (geojson === undefined) return [];
  const code = [
    'import json, urllib.request',
    'import pandas as pd',
    '',
    `with urllib.request.urlopen(${quoted(origin + whole(geojson.path))}) as answer:`,
    '    features = json.load(answer)["features"]',
    'data = pd.json_normalize([feature["properties"] for feature in features])',
    'print(data)',
  ];
  return [{ tool: 'Python', code: code.join('\n') }];
};

const r = (dataset: Dataset, origin: string): readonly Example[] => {
  const csv = inFormat(dataset, 'text/csv');
  if (csv !== undefined) {
    const lines = [`data <- read.csv(${quoted(origin + whole(csv.path))}, encoding = "UTF-8")`];
    if (csv.path.includes('/readings')) {
      lines.push('data$measuredAt <- as.POSIXct(data$measuredAt, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")');
    }
    return [{ ...partOf(dataset, csv), tool: 'R', code: [...lines, 'str(data)'].join('\n') }];
  }
  const geojson = inFormat(dataset, 'application/geo+json');
  if (geojson === undefined) return [];
  return [{ tool: 'R', code: `library(sf)\n\ndata <- st_read(${quoted(origin + whole(geojson.path))})\nstr(data)` }];
};

const collectionOf = ({ distributions }: Dataset): string | undefined =>
  distributions.map(({ path }) => /^\/ogc\/collections\/([^/]+)\/items/.exec(path)?.[1]).find((id) => id !== undefined);

/** For the Python console of QGIS, which is the same for every language of its menus. */
const qgis = (dataset: Dataset, origin: string): readonly Example[] => {
  const collection = collectionOf(dataset);
  if (collection !== undefined) {
    const source = `url='${origin}/ogc' typename='${collection}' pagingEnabled='true'`;
    return [{ tool: 'QGIS', code: `iface.addVectorLayer(${quoted(source)}, ${quoted(dataset.id)}, "OAPIF")` }];
  }
  const geojson = inFormat(dataset, 'application/geo+json');
  if (geojson === undefined) return [];
  // GDAL's driver of that name fetches an address by itself; as a file it would want ranges of it.
  const source = `GeoJSON:${origin}${whole(geojson.path)}`;
  const code = `iface.addVectorLayer(${quoted(source)}, ${quoted(dataset.id)}, "ogr")`;
  return [{ ...partOf(dataset, geojson), tool: 'QGIS', code }];
};

/** @param origin scheme and host that the reader's tools will ask, e.g. `https://city.example`. */
export const examplesOf = (dataset: Dataset, origin: string): readonly Example[] => {
  const files = ofFiles(dataset, origin);
  if (files.length > 0) return files;
  return [curl, python, r, qgis].flatMap((examples) => examples(dataset, origin));
};
