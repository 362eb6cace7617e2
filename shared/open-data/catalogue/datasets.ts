import type { Position } from '../../city/entities.ts';
import {
  averagedQuantities,
  type DerivedPeriod,
  indexQuantities,
  meanQuantityOf,
} from '../../telemetry/derived-quantities.ts';
import { type Quantity, quantities } from '../../telemetry/quantity.ts';
import type { BulkIssue } from '../bulk/bulk-issue.ts';
import type { Site } from '../site.ts';
import type { TimeSpan } from './coverage.ts';
import { dailyFilesDataset } from './daily-files.ts';
import type { FormatName, Frequency, Words } from './vocabulary.ts';

/** Bytes that can be had, below the city's address. */
export type DistributionFacts = {
  readonly path: string;
  readonly format: FormatName;
  readonly title: Words;
  readonly service: 'open' | 'features';
  /** Of a single file that never changes. */
  readonly bytes?: number;
  readonly sha256?: string;
  readonly compressed?: 'application/gzip';
};

/** What the catalogue says of one data set. */
export type DatasetFacts = {
  readonly id: string;
  readonly title: Words;
  readonly description: Words;
  readonly keywords: readonly Words[];
  readonly frequency: Frequency;
  readonly positions: readonly Position[];
  readonly time: TimeSpan;
  readonly distributions: readonly DistributionFacts[];
};

/** What of the city the data sets are told from. */
export type CityFacts = {
  readonly sites: readonly Site[];
  /** Quantities that were ever heard, with the sites they were heard from and their newest instant. */
  readonly heard: ReadonlyMap<Quantity, { readonly siteIds: ReadonlySet<string>; readonly newest: number }>;
  /** Up to the newest exceedance episode; nothing while there is none. */
  readonly episodes: TimeSpan;
  /** The newest issue of each quantity's daily files; none where none are issued. */
  readonly dailyFiles?: readonly BulkIssue[];
};

const formatNames = ['json', 'csv', 'geojson'] as const;
const formatWords = { json: 'JSON', csv: 'CSV', geojson: 'GeoJSON' } as const;

const inThreeFormats = (path: string, what: Words): readonly DistributionFacts[] =>
  formatNames.map((format) => ({
    path: `/open/v1${path}&format=${format}`,
    format,
    title: { vi: `${what.vi}, ${formatWords[format]}`, en: `${what.en}, ${formatWords[format]}` },
    service: 'open',
  }));

const features = (collection: string, what: Words): DistributionFacts => ({
  path: `/ogc/collections/${collection}/items?f=json`,
  format: 'geojson',
  title: { vi: `${what.vi}, OGC API – Features`, en: `${what.en}, OGC API – Features` },
  service: 'features',
});

const placed = (sites: readonly Site[]): readonly Position[] => sites.map(({ position }) => position);

const kindWords = {
  bin: { vi: 'rác thải', en: 'waste' },
  air: { vi: 'không khí', en: 'air' },
  water: { vi: 'nước', en: 'water' },
  device: { vi: 'thiết bị', en: 'devices' },
} as const;

const openEnded = {
  vi: 'Mỗi địa chỉ trả lời 24 giờ gần nhất; thêm from và to để lấy khoảng khác, tối đa 31 ngày mỗi lần.',
  en: 'Each address answers the last 24 hours; add from and to for another period, at most 31 days at a time.',
};
const asMeasured = {
  vi: 'Số liệu đo trực tiếp, kèm cờ chất lượng QARTOD; không phải đánh giá tuân thủ chính thức.',
  en: 'As measured, with QARTOD quality flags; not an official assessment of compliance.',
};

const binsDataset = (sites: readonly Site[]): DatasetFacts => {
  const title = { vi: 'Thùng rác', en: 'Waste bins' };
  return {
    id: 'bins',
    title,
    description: {
      vi: 'Mọi thùng rác: vị trí, nhóm rác, dung tích; mức đầy gần nhất, hoặc lý do không có số liệu.',
      en: 'Every waste bin: position, waste stream, capacity; its latest fill, or why there is no data.',
    },
    keywords: [kindWords.bin, { vi: 'thùng rác', en: 'bins' }],
    frequency: 'UPDATE_CONT',
    positions: placed(sites),
    time: {},
    distributions: [...inThreeFormats('/stations?kind=bin', title), features('bins', title)],
  };
};

const stationsDataset = (sites: readonly Site[]): DatasetFacts => {
  const title = { vi: 'Trạm quan trắc', en: 'Monitoring stations' };
  const kinds = (['air', 'water'] as const).filter((kind) => sites.some((site) => site.kind === kind));
  const perKind = (kind: 'air' | 'water'): Words => ({
    vi: `${title.vi}, ${kindWords[kind].vi}`,
    en: `${title.en}, ${kindWords[kind].en}`,
  });
  return {
    id: 'stations',
    title,
    description: {
      vi: 'Các trạm quan trắc không khí và nước: vị trí, loại trạm, cảm biến.',
      en: 'Monitoring stations of air and water: position, class of station, sensors.',
    },
    keywords: kinds.map((kind) => kindWords[kind]),
    frequency: 'IRREG',
    positions: placed(sites),
    time: {},
    distributions: [
      ...kinds.flatMap((kind) => inThreeFormats(`/stations?kind=${kind}`, perKind(kind))),
      features('stations', title),
    ],
  };
};

const latestDataset = (sites: readonly Site[], newest: number): DatasetFacts => {
  const title = { vi: 'Số đo mới nhất', en: 'Latest readings' };
  return {
    id: 'latest-readings',
    title,
    description: {
      vi: `Số đo mới nhất của từng đại lượng tại từng cảm biến. ${asMeasured.vi}`,
      en: `The newest reading of each quantity of each sensor. ${asMeasured.en}`,
    },
    keywords: [kindWords.air, kindWords.water, kindWords.bin],
    frequency: 'UPDATE_CONT',
    positions: placed(sites),
    time: { to: newest },
    distributions: [features('latest-readings', title)],
  };
};

const readingsDataset = (
  quantity: Quantity,
  { sites, newest }: { readonly sites: readonly Site[]; readonly newest: number },
): DatasetFacts => {
  const { nameVi, nameEn, unit, kind } = quantities[quantity];
  const title = { vi: `Chuỗi số đo: ${nameVi}`, en: `Readings: ${nameEn}` };
  return {
    id: `readings-${quantity}`,
    title,
    description: {
      vi: `${nameVi} (${unit}) theo thời gian, của mọi cảm biến. ${asMeasured.vi} ${openEnded.vi}`,
      en: `${nameEn} (${unit}) over time, of every sensor. ${asMeasured.en} ${openEnded.en}`,
    },
    keywords: [{ vi: nameVi, en: nameEn }, kindWords[kind]],
    frequency: 'UPDATE_CONT',
    positions: placed(sites),
    time: { to: newest },
    distributions: inThreeFormats(`/readings?quantity=${quantity}`, title),
  };
};

/** The periods of which the last 24 hours hold a mean. */
const shortPeriods = ['1h', '8h', '24h'] as const satisfies readonly DerivedPeriod[];

const meansDataset = (quantity: (typeof averagedQuantities)[number], sites: readonly Site[]): DatasetFacts => {
  const { nameVi, nameEn, unit, kind } = quantities[quantity];
  const names = shortPeriods.flatMap((period) => meanQuantityOf(quantity, period) ?? []);
  return {
    id: `means-${quantity}`,
    title: { vi: `Trung bình: ${nameVi}`, en: `Means: ${nameEn}` },
    description: {
      vi: `Trung bình 1, 8 (nếu có) và 24 giờ của ${nameVi} (${unit}), tính theo giờ kết thúc. ${openEnded.vi}`,
      en: `Means of ${nameEn} (${unit}) over 1, 8 (where kept) and 24 hours, named by their end. ${openEnded.en}`,
    },
    keywords: [{ vi: nameVi, en: nameEn }, kindWords[kind]],
    frequency: 'HOURLY',
    positions: placed(sites),
    time: {},
    distributions: names.flatMap((name) =>
      inThreeFormats(`/readings?quantity=${name}`, { vi: quantities[name].nameVi, en: quantities[name].nameEn }),
    ),
  };
};

const indexDataset = (quantity: keyof typeof indexQuantities, sites: readonly Site[]): DatasetFacts => {
  const { nameVi, nameEn, kind } = indexQuantities[quantity];
  const title = { vi: `Chỉ số: ${nameVi}`, en: `Index: ${nameEn}` };
  return {
    id: `index-${quantity}`,
    title,
    description: {
      vi: `${nameVi} của các trạm được phép công bố chỉ số (TT 10/2021/TT-BTNMT, Điều 29). ${openEnded.vi}`,
      en: `${nameEn} of the stations that may publish an index (Circular 10/2021/TT-BTNMT, Art. 29). ${openEnded.en}`,
    },
    keywords: [{ vi: nameVi, en: nameEn }, kindWords[kind]],
    frequency: 'HOURLY',
    positions: placed(sites),
    time: {},
    distributions: inThreeFormats(`/readings?quantity=${quantity}`, title),
  };
};

const episodesDataset = (sites: readonly Site[], time: TimeSpan): DatasetFacts => {
  const title = { vi: 'Các đợt vượt giới hạn', en: 'Exceedance episodes' };
  return {
    id: 'exceedance-episodes',
    title,
    description: {
      vi: 'Các khoảng thời gian mà một trạm vượt một giới hạn của quy chuẩn, với giá trị lớn nhất và độ đầy đủ số liệu.',
      en: 'Stretches of time in which a station broke a limit of a standard, with the worst value and how much data it rests on.',
    },
    keywords: [{ vi: 'vượt giới hạn', en: 'exceedances' }, kindWords.air, kindWords.water],
    frequency: 'HOURLY',
    positions: placed(sites),
    time,
    distributions: [features('exceedance-episodes', title)],
  };
};

const measures = (site: Site['kind'], { quantity }: BulkIssue): boolean =>
  quantities[quantity].kind === 'device' || quantities[quantity].kind === site;

/** Every data set that the city has something of, the same order always. */
export const datasetsOf = ({ sites, heard: all, episodes, dailyFiles = [] }: CityFacts): readonly DatasetFacts[] => {
  const bins = sites.filter(({ kind }) => kind === 'bin');
  const stations = sites.filter(({ kind }) => kind !== 'bin');
  const at = (siteIds: ReadonlySet<string>): readonly Site[] => sites.filter(({ id }) => siteIds.has(id));
  // What was heard from a place that is no longer there is told of no place.
  const heard = new Map([...all].filter(([, { siteIds }]) => at(siteIds).length > 0));
  const instants = [...heard.values()].map(({ newest }) => newest);
  const averaged = averagedQuantities.flatMap((quantity) => {
    const found = heard.get(quantity);
    return found === undefined ? [] : [meansDataset(quantity, at(found.siteIds))];
  });
  const indices = (Object.keys(indexQuantities) as (keyof typeof indexQuantities)[]).flatMap((quantity) => {
    const published = stations.filter(
      ({ kind, mayPublishIndex }) => kind === indexQuantities[quantity].kind && mayPublishIndex === true,
    );
    return published.length === 0 ? [] : [indexDataset(quantity, published)];
  });
  return [
    ...(bins.length === 0 ? [] : [binsDataset(bins)]),
    ...(stations.length === 0 ? [] : [stationsDataset(stations)]),
    ...(instants.length === 0 ? [] : [latestDataset(sites, Math.max(...instants))]),
    ...[...heard].map(([quantity, { siteIds, newest }]) => readingsDataset(quantity, { sites: at(siteIds), newest })),
    ...averaged,
    ...indices,
    ...dailyFiles.map((issue) => dailyFilesDataset(issue, placed(sites.filter(({ kind }) => measures(kind, issue))))),
    ...(stations.length === 0 ? [] : [episodesDataset(stations, episodes)]),
  ];
};
