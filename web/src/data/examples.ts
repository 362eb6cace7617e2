import { type Dataset, inFormat } from './catalogue.ts';

/** How to get a data set, to copy and run. Each example is complete: its answer is the data, and no other file is needed. */
export type Example = { readonly tool: 'curl' | 'Python' | 'R' | 'QGIS'; readonly code: string };

const quoted = (address: string): string => `"${address}"`;

const timeColumns = (path: string): string => (path.includes('/readings') ? ', parse_dates=["measuredAt"]' : '');

const curl = (dataset: Dataset, origin: string): readonly Example[] => {
  const found = inFormat(dataset, 'text/csv', 'application/geo+json', 'application/json') ?? dataset.distributions[0];
  if (found === undefined) return [];
  const endings: Readonly<Record<string, string>> = { 'text/csv': 'csv', 'application/geo+json': 'geojson' };
  const file = `${dataset.id}.${endings[found.mediaType] ?? 'json'}`;
  return [{ tool: 'curl', code: `curl --compressed --fail -o ${file} ${quoted(origin + found.path)}` }];
};

/** pandas reads CSV by itself; GeoJSON of features becomes a table of their properties. */
const python = (dataset: Dataset, origin: string): readonly Example[] => {
  const csv = inFormat(dataset, 'text/csv');
  if (csv !== undefined) {
    const read = `pd.read_csv(${quoted(origin + csv.path)}${timeColumns(csv.path)})`;
    return [{ tool: 'Python', code: `import pandas as pd\n\ndata = ${read}\nprint(data)` }];
  }
  const geojson = inFormat(dataset, 'application/geo+json');
  if (geojson === undefined) return [];
  const code = [
    'import json, urllib.request',
    'import pandas as pd',
    '',
    `with urllib.request.urlopen(${quoted(origin + geojson.path)}) as answer:`,
    '    features = json.load(answer)["features"]',
    'data = pd.json_normalize([feature["properties"] for feature in features])',
    'print(data)',
  ];
  return [{ tool: 'Python', code: code.join('\n') }];
};

const r = (dataset: Dataset, origin: string): readonly Example[] => {
  const csv = inFormat(dataset, 'text/csv');
  if (csv !== undefined) {
    const lines = [`data <- read.csv(${quoted(origin + csv.path)}, encoding = "UTF-8")`];
    if (csv.path.includes('/readings')) {
      lines.push('data$measuredAt <- as.POSIXct(data$measuredAt, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")');
    }
    return [{ tool: 'R', code: [...lines, 'str(data)'].join('\n') }];
  }
  const geojson = inFormat(dataset, 'application/geo+json');
  if (geojson === undefined) return [];
  return [{ tool: 'R', code: `library(sf)\n\ndata <- st_read(${quoted(origin + geojson.path)})\nstr(data)` }];
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
  // GDAL reads an address as a file when it stands behind /vsicurl/.
  const source = `/vsicurl/${origin}${geojson.path}`;
  return [{ tool: 'QGIS', code: `iface.addVectorLayer(${quoted(source)}, ${quoted(dataset.id)}, "ogr")` }];
};

/** @param origin scheme and host that the reader's tools will ask, e.g. `https://city.example`. */
export const examplesOf = (dataset: Dataset, origin: string): readonly Example[] => [
  ...curl(dataset, origin),
  ...python(dataset, origin),
  ...r(dataset, origin),
  ...qgis(dataset, origin),
];
