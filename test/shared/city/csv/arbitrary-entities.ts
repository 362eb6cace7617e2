import fc from 'fast-check';
import { weekdays } from '../../../../shared/city/fleet/calendar-rules.ts';

/** What people might register, with every corner that a table could lose: quotes, formulas, line ends, empty lists. */
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,10}$/);
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom(
    '=1+1',
    '-3',
    "'",
    "'=x",
    '"',
    'a,b;c\td',
    'line\nfeed',
    'cr\r\nlf',
    ' spaced ',
    'true',
    '20:00-04:00',
    '[1]',
    '{',
    '\uFEFFx',
  ),
);
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const window = fc.record({ from: time, to: fc.oneof(time, fc.constant('24:00')) });
const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const span = fc.record({ from: day, reason: text }, { requiredKeys: ['from'] });
const position = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }).map((value) => value + 0),
});
const money = fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e12, noNaN: true }));
const metres = fc.double({ min: 0.5, max: 10, noNaN: true });
const size = fc
  .record(
    { widthMetres: metres, heightMetres: metres, grossWeightKg: fc.integer({ min: 1, max: 50_000 }) },
    { requiredKeys: [] },
  )
  .filter((figures) => Object.keys(figures).length > 0);
const streams = fc.subarray(['recyclable', 'food', 'other'], { minLength: 1 });
const rest = fc.record({ window, minutes: fc.integer({ min: 1, max: 480 }) });
const licence = fc.constantFrom('B', 'C1', 'C', 'CE');

const place = { id, name: text, position, positionApproximate: fc.boolean(), ward: fc.oneof(text, fc.constant('')) };
const placeKeys = ['id', 'name', 'position'] as const;

const ring = fc
  .array(fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -90, max: 90 })), {
    minLength: 3,
    maxLength: 5,
  })
  .map((vertices) => [...vertices, vertices[0]]);

const area = fc.oneof(
  fc.constant('city'),
  fc.record({ type: fc.constant('Polygon'), coordinates: fc.array(ring, { minLength: 1, maxLength: 2 }) }),
);

/** Once, or weekly until some day; at most a day long. */
const times = fc
  .record({ day, time, minutes: fc.integer({ min: 1, max: 1_440 }), weekly: fc.boolean(), ends: fc.boolean() })
  .map(({ day: date, time: clock, minutes, weekly, ends }) => {
    const from = `${date}T${clock}`;
    const to = new Date(Date.parse(`${from}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
    return { from, to, ...(weekly && { weekdays: ['sun', 'wed'], ...(ends && { until: '2031-12-31' }) }) };
  });

const eventBase = {
  id,
  name: text,
  nameEn: text,
  binIds: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
  circle: fc.record({ centre: position, radiusMetres: fc.integer({ min: 1, max: 5_000 }) }),
};

export const arbitraryEntities = {
  bin: fc.record(
    {
      ...place,
      stream: fc.constantFrom('recyclable', 'food', 'other'),
      container: fc.record({
        depthMm: fc.integer({ min: 1, max: 5_000 }),
        blindZoneMm: fc.nat(500),
        capacityLitres: fc.integer({ min: 1, max: 9_000 }),
      }),
      windows: fc.array(window, { maxLength: 3 }),
      lift: id,
      skills: fc.array(id, { maxLength: 3 }),
      access: size,
    },
    { requiredKeys: [...placeKeys, 'stream', 'container'] },
  ),
  vehicle: fc.record(
    {
      id,
      name: text,
      type: text,
      depotId: id,
      capacityLitres: fc.integer({ min: 1, max: 90_000 }),
      capacityKg: fc.double({ min: 0.1, max: 9_000, noNaN: true }),
      shift: window,
      streams,
      fixedCostVnd: money,
      costPerKmVnd: money,
      status: fc.constantFrom('available', 'unavailable'),
      plate: fc.constantFrom('61C-123.45', '29H 00112'),
      size,
      lifts: fc.array(id, { maxLength: 3 }),
      licence,
      breaks: fc.array(rest, { maxLength: 2 }),
      maxBins: fc.integer({ min: 1, max: 99 }),
      speedFactor: fc.double({ min: 0.2, max: 3, noNaN: true }),
      outOfService: fc.array(span, { maxLength: 2 }),
      permits: fc.array(id, { maxLength: 2 }),
    },
    { requiredKeys: ['id', 'name', 'type', 'depotId', 'capacityLitres', 'capacityKg', 'shift'] },
  ),
  crew: fc.record(
    {
      id,
      name: text,
      vehicleId: id,
      members: fc.array(fc.record({ name: text, licences: fc.subarray(['C', 'B']) }), { minLength: 1, maxLength: 3 }),
      shift: window,
      breaks: fc.array(rest, { maxLength: 2 }),
      weekdays: fc.subarray([...weekdays], { minLength: 1 }),
      away: fc.array(span, { maxLength: 2 }),
    },
    { requiredKeys: ['id', 'name', 'vehicleId', 'members'] },
  ),
  depot: fc.record(place, { requiredKeys: [...placeKeys] }),
  'disposal-site': fc.record(
    {
      ...place,
      opening: fc.array(window, { maxLength: 2 }),
      streams,
      queue: fc.array(fc.record({ from: time, to: time, minutes: fc.nat(100) }), { maxLength: 3 }),
      costPerKgVnd: money,
      closed: fc.array(span, { maxLength: 2 }),
    },
    { requiredKeys: [...placeKeys] },
  ),
  zone: fc.record({
    id,
    name: text,
    area,
    bans: fc.array(
      fc.record(
        {
          windows: fc.array(window, { minLength: 1, maxLength: 2 }),
          plateEndings: fc.uniqueArray(fc.nat(9), { minLength: 1 }),
          over: size,
          source: text,
        },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  'special-event': fc
    .tuple(fc.record({ ...eventBase, area }, { requiredKeys: ['id', 'name', 'binIds'] }), times)
    .map(([event, when]) => ({ ...event, ...when })),
  'special-day': fc.record(
    { id, date: day, kind: fc.constantFrom('holiday', 'market-day', 'event'), name: text, ward: text },
    { requiredKeys: ['id', 'date', 'kind', 'name'] },
  ),
} as const;
