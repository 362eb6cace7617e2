/** What is asked of the city; `first` and `far` are compared, as are a page and its count. */
export type Question = {
  readonly name: string;
  /** Behind `/sta/v1.1`, readable; it is encoded when asked. */
  readonly path: string;
  /** Readable parameters. */
  readonly query: Readonly<Record<string, string>>;
  /** The question whose time this one's is compared with. */
  readonly against?: string;
};

const newest = 'Observations($top=1;$orderby=phenomenonTime desc)';

/** @param month the first instant of a month of 8,640 five-minute readings, ISO 8601 @param fast a datastream with more than 100,000 */
export const questions = (month: string, plain: number, fast: number): readonly Question[] => [
  { name: 'everything-latest', path: '/Things', query: { $top: '1000', $expand: `Datastreams($expand=${newest})` } },
  {
    name: 'everything-latest, results only',
    path: '/Datastreams',
    query: { $top: '1000', $select: 'id', $expand: 'Observations($top=1;$orderby=phenomenonTime desc;$select=result)' },
  },
  {
    name: 'month of a datastream, dataArray',
    path: `/Datastreams(${plain})/Observations`,
    query: {
      $filter: `phenomenonTime ge ${month}`,
      $orderby: 'phenomenonTime',
      $top: '8640',
      $select: 'phenomenonTime,result',
      $resultFormat: 'dataArray',
    },
  },
  {
    name: 'month of a datastream, CSV',
    path: `/Datastreams(${plain})/Observations`,
    query: {
      $filter: `phenomenonTime ge ${month}`,
      $top: '8640',
      $select: 'phenomenonTime,result',
      $resultFormat: 'CSV',
    },
  },
  { name: 'first page', path: '/Observations', query: { $top: '100' } },
  { name: 'page at 100,000', path: '/Observations', query: { $top: '100', $skip: '100000' }, against: 'first page' },
  {
    name: 'page at 10,000,000',
    path: '/Observations',
    query: { $top: '100', $skip: '10000000' },
    against: 'first page',
  },
  { name: 'first page, one datastream', path: `/Datastreams(${fast})/Observations`, query: { $top: '100' } },
  {
    name: 'page at 100,000, one datastream',
    path: `/Datastreams(${fast})/Observations`,
    query: { $top: '100', $skip: '100000' },
    against: 'first page, one datastream',
  },
  {
    name: 'count of everything',
    path: '/Observations',
    query: { $top: '0', $count: 'true' },
    against: 'first page',
  },
  {
    name: 'first page with count',
    path: '/Observations',
    query: { $top: '100', $count: 'true' },
    against: 'first page',
  },
  {
    name: 'count of a datastream',
    path: `/Datastreams(${fast})/Observations`,
    query: { $top: '0', $count: 'true' },
    against: 'first page, one datastream',
  },
  {
    name: 'filter on result',
    path: `/Datastreams(${plain})/Observations`,
    query: { $top: '100', $filter: 'result gt 40 and resultQuality/flag eq 1' },
  },
  {
    name: 'newest 100 of all datastreams',
    path: '/Observations',
    query: { $top: '100', $orderby: 'phenomenonTime desc' },
  },
  { name: 'oldest 100 of all datastreams', path: '/Observations', query: { $top: '100', $orderby: 'phenomenonTime' } },
  { name: 'datastreams with extents', path: '/Datastreams', query: { $top: '1000' } },
  { name: 'HistoricalLocations', path: '/HistoricalLocations', query: { $top: '1000', $expand: 'Locations,Thing' } },
  {
    name: 'Things within 2 km',
    path: '/Things',
    query: { $filter: "geo.distance(Locations/location,geography'POINT(106.65 10.97)') lt 0.02", $top: '1000' },
  },
];
