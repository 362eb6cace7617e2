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
    },
  ],
  crews: [
    { id: 'crew-1', name: 'Tổ 1', vehicleId: 'truck-1', members: [{ name: 'Lan', role: 'driver', licences: ['C'] }] },
  ],
  depots: [{ id: 'depot-1', name: 'Bãi xe Phú Lợi', ...place }],
  'disposal-sites': [{ id: 'landfill', name: 'Khu xử lý', ...place, unloadSeconds: 1_200, streams: ['other'] }],
  zones: [
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

const problem = (status: number, detail: string, errors?: readonly object[]): Answer => ({
  status,
  body: { type: 'about:blank', title: 'Refused', status, detail, ...(errors && { errors }) },
});

const changes: readonly WireChange[] = [{ at: iso(NOW - 3_600_000), by: 'lan@city', act: 'changed', through: 'api' }];

const faulty: WireImport = {
  dryRun: true,
  created: 1,
  changed: 0,
  unchanged: 2,
  faultyLines: 1,
  faults: [{ line: 3, column: 'capacityKg', message: 'is no number: many' }],
};

/** Answers like the registry's API: capacities are positive, plates `TAKEN` are always changed by somebody else. */
export const registryApi = () => {
  const known = registered();
  const put = (kind: string, body: WireEntity): Answer => {
    if (Number(body.capacityKg ?? 1) <= 0) {
      const message = 'Too small: expected number to be >0';
      return problem(400, `capacityKg: ${message}`, [{ in: 'body', field: 'capacityKg', message }]);
    }
    if (body.plate === 'TAKEN') return problem(412, 'The truck truck-1 was changed meanwhile: look at it again');
    known[kind] = [...(known[kind] ?? []).filter(({ id }) => id !== body.id), body];
    return { status: 200, body };
  };
  const remove = (kind: string, found: WireEntity): Answer => {
    if (kind === 'depots') return problem(409, 'The depot depot-1 is still named by truck truck-1');
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
    if (found === undefined) return problem(404, `There is no ${id}`);
    return method === 'GET' ? { status: 200, body: found } : remove(kind, found);
  };
  /** @param path below `/api/v1`. */
  return (method: string, path: string, body: unknown): Answer | undefined => {
    const [, root, kind = '', id, part] = path.split('/');
    if (root !== 'registry') return undefined;
    if (method === 'POST') return checkTable(String(body));
    if (id === undefined) return { status: 200, body: { items: known[kind] ?? [] } };
    return part === 'changes' ? { status: 200, body: { changes } } : one(method, kind, id, body);
  };
};
