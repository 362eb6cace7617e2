import { describe, expect, it } from 'vitest';
import { registryApi } from '../../functions/registry-api/app.ts';
import { faultCodes } from '../../shared/city/editing/fault-code.ts';
import { problemFrom } from '../../web/src/api/problem.ts';
import { refusalDetail, refusalTitle } from '../../web/src/i18n/fault-text.ts';
import { faultDictionaries } from '../../web/src/i18n/fault-words.ts';
import { openOperations } from '../functions/operations-api/operations-city.ts';
import { callerOf } from '../support/api-gateway.ts';
import { memoryRegistryEditor } from '../support/memory-registry-editor.ts';
import { memoryRegistry } from '../support/memory-stores.ts';
import { aBin, aTruck, city } from '../support/small-city.ts';

type Members = Readonly<Record<string, unknown>>;

const position = { latitude: 10.9, longitude: 106.6 };
const window = { from: '20:00', to: '04:00' };
const ring = [
  [106.6, 10.9],
  [106.7, 10.9],
  [106.7, 11],
  [106.6, 10.9],
];
const rest = { window, minutes: 30 };
const span = { from: '2026-11-20', to: '2026-11-21', reason: 'x' };
const size = { widthMetres: 2.4, heightMetres: 3, lengthMetres: 8, grossWeightKg: 16_000 };

/** One of each kind with everything said that its form can say. */
const whole: Readonly<Record<string, Members>> = {
  vehicles: {
    ...aTruck('t1', { plate: '61C-123.45', size, licence: 'C', breaks: [rest], outOfService: [span] }),
    ...{ lifts: ['crane'], skills: ['night'], permits: ['inner'], maxBins: 30, speedFactor: 1, maxDutyMinutes: 600 },
    ...{ maxDrivingMinutes: 500, fuelLitresPer100Km: 40 },
  },
  crews: {
    ...{ id: 'c1', name: 'C', vehicleId: 't1', members: [{ name: 'Lan', role: 'driver', licences: ['C'] }] },
    ...{ shift: window, breaks: [rest], skills: ['night'], weekdays: ['mon'], away: [span], maxDutyMinutes: 600 },
  },
  depots: { id: 'd1', name: 'D', position, ward: 'W', positionApproximate: true },
  'disposal-sites': {
    ...{ id: 's1', name: 'S', position, opening: [window], unloadSeconds: 600, streams: ['food'] },
    ...{ queue: [{ ...window, minutes: 5 }], costPerVisitVnd: 1, costPerKgVnd: 1, closed: [span] },
  },
  zones: {
    ...{ id: 'inner', name: 'Z', area: { type: 'Polygon', coordinates: [ring] } },
    bans: [
      { windows: [window], weekdays: ['mon'], dates: 'odd', over: size, plateEndings: [1], source: 'QĐ' },
      { liftedOnHolidays: true },
    ],
  },
  'special-days': { id: 'tet', date: '2027-02-06', kind: 'holiday', name: 'Tết', ward: 'W' },
  bins: { ...aBin('b1', { windows: [window], lift: 'crane', skills: ['night'], access: size, ward: 'W' }) },
  'city-rules': { mixableStreams: [['food', 'other']], slowHours: [{ ...window, durationFactor: 1.5 }] },
};

const wrong: readonly unknown[] = [null, '', 'không hợp lệ!', 'x'.repeat(2_000), -1, 1e12, 0.5, true, [], {}, [[]]];

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** The same with one part in every way not what it should be, or gone, and with a part that nobody knows. */
const spoilt = (value: unknown): readonly unknown[] => {
  if (!isObject(value)) return wrong;
  const parts = Object.entries(value);
  const withPart = (name: string, part: unknown): unknown =>
    Array.isArray(value) ? value.with(Number(name), part) : { ...value, [name]: part };
  const deeper = parts.flatMap(([name, part]) => spoilt(part).map((each) => withPart(name, each)));
  return [...wrong, ...deeper, ...(Array.isArray(value) ? [] : [{ ...value, stranger: 1 }])];
};

/** What a reader of Vietnamese is told of an answer; `undefined` where nothing was refused. */
const toldOf = ({ status = 200, body = '' }: { status?: number; body?: string }) => {
  if (status < 400) return undefined;
  const problem = problemFrom(status, '', JSON.parse(body));
  if (problem.kind !== 'refused') throw new Error('The answer is a refusal');
  return { title: refusalTitle('vi', problem), detail: refusalDetail('vi', problem), problem };
};

/** Words that say no more than that something is wrong, or that the server's English is all there is. */
const LAST_RESORT = /máy chủ:|Sai định dạng|Sai kiểu giá trị|Không hợp quy định|undefined|NaN/;

const expectVietnamese = (answer: { status?: number; body?: string }): number => {
  const told = toldOf(answer);
  if (told === undefined) return 0;
  expect(told.title).toBeTruthy();
  expect(told.detail, JSON.stringify(told.problem)).toBeTruthy();
  expect(told.detail, JSON.stringify(told.problem)).not.toMatch(LAST_RESORT);
  const english = (told.problem.errors ?? []).map(({ message }) => message).filter((message) => message !== 'HH:MM');
  for (const message of english) expect(told.detail).not.toContain(message);
  return 1;
};

const openRegistry = () => {
  const registry = memoryRegistry({ city: [city] });
  const parts = { cityId: 'tdm', registry, editor: memoryRegistryEditor(registry), officerWithoutToken: 'lan@local' };
  return callerOf(registryApi({ ...parts, clock: () => 0 }));
};

describe('what the registry refuses', () => {
  it.each(Object.entries(whole))('is told in Vietnamese, whatever is wrong: %s', async (kind, entity) => {
    const call = openRegistry();
    const url = `/api/v1/registry/${kind}${kind === 'city-rules' ? '' : `/${entity.id}`}`;
    let refused = 0;
    for (const body of spoilt(entity).filter(isObject)) {
      const headers = { 'if-match': '*' };
      refused += expectVietnamese(await call({ method: 'PUT', url, headers, body }));
    }
    expect(refused).toBeGreaterThan(10);
  });

  it('is told in Vietnamese of tables, line by line', async () => {
    const call = openRegistry();
    const tables = ['', 'id,nmae\nt1,x', 'id,id\nx,y', 'name\nx', 'id,name\n"t1', 'id,capacityKg,shift\nt1,many,8,9,9'];
    for (const body of [...tables, 'id,streams,breaks\nt1,plastic,[{\nt1,,']) {
      const headers = { 'content-type': 'text/csv' };
      expect(
        expectVietnamese(await call({ method: 'POST', url: '/api/v1/registry/vehicles/import', headers, body })),
      ).toBe(1);
    }
  });

  it('is told in Vietnamese when somebody was quicker, when it is in use, and when it is gone', async () => {
    const call = openRegistry();
    const put = (path: string, body: object, headers = {}) =>
      call({ method: 'PUT', url: `/api/v1/registry/${path}`, headers, body });
    await put('depots/d1', { name: 'D', position });
    await put('vehicles/t1', { ...aTruck('t1', { depotId: 'd1' }) });
    const inUse = toldOf(await call({ method: 'DELETE', url: '/api/v1/registry/depots/d1' }));
    expect(inUse?.detail).toBe('Vẫn đang được dùng bởi: xe t1.');
    const stale = toldOf(await put('depots/d1', { name: 'E', position }, { 'if-match': '"old"' }));
    expect(stale?.detail).toContain('Có người vừa sửa mục này');
    expect(toldOf(await put('depots/d1', { name: 'E', position }))?.detail).toContain('mở bản hiện tại');
    expect(toldOf(await call({ url: '/api/v1/registry/depots/d9' }))?.detail).toContain('không còn');
    const lost = toldOf(await put('vehicles/t2', { ...aTruck('t2', { depotId: 'nowhere' }) }));
    expect(lost?.detail).toBe('Bãi xe: Không có bãi xe nowhere');
  });
});

describe('what the API of plans refuses', () => {
  const edit = { kind: 'move', binId: 'b1', vehicleId: 't1', position: 1 };
  const events = [
    { kind: 'truck-out', vehicleId: 't1', at: '2026-11-22T10:00:00Z', reason: 'x' },
    { kind: 'overflow', binId: 'b1' },
    { kind: 'crew-late', vehicleId: 't1', minutes: 30 },
    { kind: 'truck-joins', vehicleId: 't2' },
    { kind: 'area-closed', area: { polygon: ring }, until: '2026-11-22T10:00:00Z', reason: 'x' },
    { kind: 'area-closed', area: { centre: position, radiusMetres: 300 }, reason: 'x' },
  ];

  const cases: readonly (readonly [string, Members])[] = [
    ['edits', { expectedVersion: 1, edit, why: 'x' }],
    ['edits', { expectedVersion: 1, edit: { kind: 'withdraw-vehicle', vehicleId: 't1', reason: 'x' } }],
    ['undo', { expectedVersion: 1 }],
    ['publish', { expectedVersion: 1, why: 'x' }],
    ...events.map((event) => ['replan', { expectedVersion: 1, events: [event], solveSeconds: 5 }] as const),
  ];

  it.each(cases)('is told in Vietnamese, whatever is wrong: %s %j', async (part, body) => {
    const { parts } = openOperations();
    const { operationsApi } = await import('../../functions/operations-api/app.ts');
    const call = callerOf(operationsApi(parts));
    let refused = 0;
    for (const each of spoilt(body).filter(isObject)) {
      refused += expectVietnamese(await call({ method: 'POST', url: `/api/v1/plans/p1/${part}`, body: each }));
    }
    expect(refused).toBeGreaterThan(10);
  });

  it('is told in the words of the plan’s own refusal, where it has Vietnamese ones', () => {
    const body = { type: 'urn:problem-type:phosach:locked', title: 'Conflict', detail: 'Locked', detailVi: 'Đã khóa' };
    expect(toldOf({ status: 409, body: JSON.stringify(body) })?.detail).toBe('Đã khóa');
    const english = problemFrom(409, '', body);
    expect(english.kind === 'refused' && refusalDetail('en', english)).toBe('Locked');
  });

  it('falls back on the server’s English only where there is nothing else', () => {
    const body = { type: 'about:blank', title: 'Conflict', detail: 'Something new' };
    expect(toldOf({ status: 409, body: JSON.stringify(body) })?.detail).toBe('Không hợp lệ (máy chủ: Something new)');
    expect(toldOf({ status: 503, body: JSON.stringify(body) })?.detail).toBeUndefined();
  });
});

describe('the words for faults', () => {
  it('differ between the languages for every code', () => {
    const values = { of: 'number', limit: 5, kind: 'depot', id: 'd1', text: 'x', cells: 2, columns: 1, line: 2 };
    for (const code of faultCodes) {
      const [vi, en] = [faultDictionaries.vi.fault[code](values), faultDictionaries.en.fault[code](values)];
      expect(vi).toBeTruthy();
      expect(en).not.toBe(vi);
    }
  });
});
