import type { Known } from './values.ts';

/** Where the public APIs describe themselves, and what their documents cannot say of their parameters. */
export const publicApis: readonly { readonly document: string; readonly hints: Known['hints'] }[] = [
  { document: '/open/v1/openapi.json', hints: { quantity: ['pm25', 'fillDistance'], format: ['csv', 'geojson'] } },
  {
    document: '/ogc/api',
    hints: {
      bbox: ['106,10,107,12', '107,10,106,12', '106,10,0,107,12,9', '1,2,3', '-181,0,0,91'],
      datetime: ['2026-11-22T00:00:00Z/..', '../..', '2026-11-22', '2026-11-23T00:00:00Z/2026-11-22T00:00:00Z', '/'],
    },
  },
  {
    document: '/ngsi-ld/v1/openapi.json',
    hints: {
      type: ['WasteContainer', 'AirQualityObserved,WaterQualityObserved', 'Nothing'],
      q: [
        'fillingLevel>0.5',
        'fillingLevel',
        '(fillingLevel>0.5|status=="ok");name~=/b/',
        'fillingLevel>',
        '(((',
        '~=/(a+)+$/',
      ],
      georel: ['near;maxDistance==1000', 'within', 'near', 'over'],
      geometry: ['Point', 'Polygon', 'Sphere'],
      coordinates: ['[106.66,10.97]', '[[[106,10],[107,10],[107,12],[106,12],[106,10]]]', '[', '[1]'],
      options: ['keyValues', 'simplified', 'concise', 'sysAttrs', 'nothing'],
      attrs: ['fillingLevel', 'pm25,location', ''],
      limit: ['0', '1', '1000000'],
    },
  },
  {
    document: '/sta/v1.1/openapi.json',
    hints: {
      $filter: [
        "name eq 'a'",
        'id gt 1 and not (id lt 3)',
        "substringof('b',name) or startswith(tolower(name),'b')",
        'result gt 10',
        'phenomenonTime gt 2026-10-05T00:00:00Z',
        "geo.distance(location,geography'POINT(106.6 10.9)') lt 1",
        "st_intersects(location,geography'POLYGON((106 10,107 10,107 12,106 12,106 10))')",
        "Datastreams/ObservedProperty/name eq 'PM2.5'",
        'year(phenomenonTime) eq 2026 and result mul 2 ge 3.5',
        "properties/ward eq 'x'",
        'id div 0 eq 1',
        '((((1 eq 1))))',
        `${'('.repeat(500)}1`,
      ],
      $expand: [
        'Datastreams',
        'Things',
        'Datastream/Thing',
        'Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))',
        'Observations($top=2;$count=true)',
        'Locations,Datastreams($select=name)',
        'Datastreams(',
      ],
      $orderby: ['id desc', 'name,id', 'phenomenonTime desc', 'result', 'length(name) asc', 'Thing/name'],
      $select: ['name', 'id,name', '*', 'result', 'properties/ward', 'Datastreams'],
      $top: ['0', '1', '2147483647'],
      $skip: ['0', '1', '100000'],
    },
  },
];
