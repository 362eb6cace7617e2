import { type Json, openSensorThingsCity, ROOT } from './sensorthings-city.ts';

export const point = (longitude: number, latitude: number) => ({ type: 'Point', coordinates: [longitude, latitude] });

export const aLocation = (name = 'Roof', longitude = 106.66) => ({
  name,
  description: `${name} of the market`,
  encodingType: 'application/vnd.geo+json',
  location: point(longitude, 10.97),
});

export const aDevice = (name = 'DS18B20') => ({
  name,
  description: `Thermometer ${name}`,
  encodingType: 'application/pdf',
  metadata: 'https://example.org/sheet.pdf',
});

export const aProperty = (name = 'Temperature') => ({
  name,
  definition: `http://example.org/${name}`,
  description: `${name} of the air`,
});

export const celsius = { name: 'degree Celsius', symbol: '°C', definition: 'ucum:Cel' };

export const aDatastream = (more: Json | object = {}) => ({
  name: 'Roof temperature',
  description: 'Temperature on the roof',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: celsius,
  ...more,
});

/** A Thing with all that hangs on it, in one body. */
export const aWholeThing = (name = 'Market') => ({
  name,
  description: `${name} with a thermometer`,
  properties: { owner: 'school' },
  Locations: [aLocation()],
  Datastreams: [aDatastream({ Sensor: aDevice(), ObservedProperty: aProperty() })],
});

/** A city that takes what is written, with words for writing. */
export const openWritableCity = async (writing: 'everyone' | 'authorized' = 'everyone') => {
  const city = await openSensorThingsCity({ writing });
  const send = async (
    method: string,
    path: string,
    body?: object | string,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const url = path.startsWith('http') ? path : `${ROOT}${path}`;
    const answer = await city.call({ method, url, headers, ...(body !== undefined && { body }) });
    return { ...answer, json: (answer.body === '' ? {} : JSON.parse(answer.body)) as Json };
  };
  /** Makes an entity and answers its path below the root. */
  const post = async (path: string, body: object): Promise<string> => {
    const { status, headers, body: text } = await send('POST', path, body);
    if (status !== 201) throw new Error(`${status} for ${path}: ${text}`);
    return (headers.location ?? '').slice(ROOT.length);
  };
  const idOf = async (path: string): Promise<number> => Number((await city.get(path))['@iot.id']);
  const firstOf = async (path: string): Promise<Json> => {
    const [found] = await city.list(path);
    if (found === undefined) throw new Error(`Nothing at ${path}`);
    return found;
  };
  return { ...city, send, post, idOf, firstOf };
};

export type WritableCity = Awaited<ReturnType<typeof openWritableCity>>;
