import type { WireChange, WireEntity, WireImport } from '../../../web/src/api/registry.ts';
import type { Answer } from './canned-api.ts';
import { iso, NOW } from './fixture-city.ts';

const place = { position: { latitude: 10.99, longitude: 106.64 } };

const registered = (): Record<string, WireEntity[]> => ({
  vehicles: [
    {
      id: 'truck-1',
      name: 'Xe 1 (cẩu lớn)',
      type: 'Xe cẩu ép rác 16 m³',
      depotId: 'depot-1',
      capacityLitres: 48_000,
      capacityKg: 8_500,
      shift: { from: '20:00', to: '04:00' },
      streams: ['recyclable', 'food', 'other'],
      fixedCostVnd: 900_000,
      costPerKmVnd: 11_000,
      costPerHourVnd: 180_000,
      status: 'available',
      plate: '61C-123.45',
      lifts: ['crane'],
      breaks: [{ window: { from: '23:30', to: '00:30' }, minutes: 30 }],
      permits: ['inner'],
    },
    { id: 'truck-9', name: 'Xe 9 (mượn)', type: 'Xe cẩu', depotId: 'depot-1', shift: { from: '20:00', to: '04:00' } },
  ],
  crews: [
    { id: 'crew-1', name: 'Tổ 1', vehicleId: 'truck-1', members: [{ name: 'Lan', role: 'driver', licences: ['C'] }] },
  ],
  depots: [{ id: 'depot-1', name: 'Bãi xe Phú Lợi', ...place }],
  'disposal-sites': [{ id: 'landfill', name: 'Khu xử lý', ...place, unloadSeconds: 1_200, streams: ['other'] }],
  zones: [
    {
      id: 'market',
      name: 'Chợ Thủ Dầu Một',
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [106.645, 10.972],
            [106.668, 10.972],
            [106.668, 10.99],
            [106.645, 10.99],
            [106.645, 10.972],
          ],
        ],
      },
      bans: [
        { windows: [{ from: '05:00', to: '09:00' }], weekdays: ['sat', 'sun'], liftedOnHolidays: true },
        { over: { grossWeightKg: 12_000 }, plateEndings: [1, 3] },
      ],
    },
    {
      id: 'inner',
      name: 'Nội ô',
      area: 'city',
      bans: [{ windows: [{ from: '06:00', to: '09:00' }], over: { grossWeightKg: 5_000 } }],
    },
  ],
  'special-days': [{ id: 'tet', date: '2027-02-06', kind: 'holiday', name: 'Tết' }],
  'special-events': [
    {
      id: 'market',
      name: 'Chợ phiên',
      nameEn: 'Sunday market',
      from: '2026-11-01T05:00',
      to: '2026-11-01T11:00',
      weekdays: ['sun'],
      circle: { centre: place.position, radiusMetres: 350 },
    },
  ],
  bins: [],
});

const problem = (status: number, kind: string, detail: string, errors?: readonly object[]): Answer => ({
  status,
  body: { type: `urn:problem-type:phosach:${kind}`, title: 'Refused', status, detail, ...(errors && { errors }) },
});

const changes: readonly WireChange[] = [{ at: iso(NOW - 3_600_000), by: 'lan@city', act: 'changed', through: 'api' }];

const faulty: WireImport = {
  dryRun: true,
  created: 1,
  changed: 0,
  unchanged: 2,
  faultyLines: 1,
  faults: [
    {
      line: 3,
      column: 'capacityKg',
      message: 'is no number: many',
      code: 'not-a-number',
      values: { text: 'many' },
    },
  ],
};

const stale = (what: string): Answer =>
  problem(412, 'changed-meanwhile', `${what} was changed meanwhile: look at it again`);

const inUse = problem(409, 'in-use', 'The depot depot-1 is still named by truck truck-1', [
  {
    in: 'path',
    field: 'id',
    message: 'is still named by truck truck-1',
    code: 'named-by',
    values: { kind: 'vehicle', id: 'truck-1' },
  },
]);

/** The city's rules: nobody may write a factor of 3, which somebody else is always quicker with. */
const cityRulesApi = () => {
  let rules: unknown = { slowHours: [{ from: '06:30', to: '08:30', durationFactor: 1.6 }] };
  return (method: string, body: unknown): Answer => {
    if (method === 'PUT' && JSON.stringify(body).includes('"durationFactor":3')) return stale('The rules of the city');
    if (method === 'PUT') rules = body;
    return { status: 200, body: rules };
  };
};

/** Answers like the registry's API: capacities are positive, plates `TAKEN` are always changed by somebody else. */
export const registryApi = () => {
  const known = registered();
  const cityRules = cityRulesApi();
  const put = (kind: string, body: WireEntity): Answer => {
    if (Number(body.capacityKg ?? 1) <= 0) {
      const message = 'Too small: expected number to be >0';
      const told = { code: 'too-small', values: { of: 'number', limit: 0, inclusive: 'false' } };
      return problem(400, 'invalid-request', `capacityKg: ${message}`, [
        { in: 'body', field: 'capacityKg', message, ...told },
      ]);
    }
    if (body.plate === 'TAKEN') return stale('The truck truck-1');
    known[kind] = [...(known[kind] ?? []).filter(({ id }) => id !== body.id), body];
    return { status: 200, body };
  };
  const remove = (kind: string, found: WireEntity): Answer => {
    if (kind === 'depots') return inUse;
    known[kind] = (known[kind] ?? []).filter((entity) => entity !== found);
    return { status: 200, body: { removed: found.id } };
  };
  const checkTable = (table: string): Answer => ({
    status: 200,
    body: table.includes('many') ? faulty : { ...faulty, faultyLines: 0, faults: [] },
  });
  const one = (method: string, kind: string, id: string, body: unknown): Answer => {
    if (method === 'PUT') return put(kind, body as WireEntity);
    const found = known[kind]?.find((entity) => entity.id === id);
    if (found === undefined) return problem(404, 'not-found', `There is no ${id}`);
    return method === 'GET' ? { status: 200, body: found } : remove(kind, found);
  };
  /** @param path below `/api/v1`. */
  return (method: string, path: string, body: unknown): Answer | undefined => {
    const [, root, kind = '', id, part] = path.split('/');
    if (root !== 'registry') return undefined;
    if (kind === 'city-rules') return cityRules(method, body);
    if (method === 'POST') return checkTable(String(body));
    if (id === undefined) return { status: 200, body: { items: known[kind] ?? [] } };
    return part === 'changes' ? { status: 200, body: { changes } } : one(method, kind, id, body);
  };
};
