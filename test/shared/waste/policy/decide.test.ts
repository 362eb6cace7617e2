import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bin } from '../../../../shared/city/entities.ts';
import type { FillState } from '../../../../shared/waste/fill-state.ts';
import { AS_STATED } from '../../../../shared/waste/forecast/calibration.ts';
import { exposureOf } from '../../../../shared/waste/forecast/exposure.ts';
import { localHours } from '../../../../shared/waste/forecast/hours.ts';
import { FLAT } from '../../../../shared/waste/forecast/profile.ts';
import type { BinOutlook } from '../../../../shared/waste/outlook/bin-outlook.ts';
import { type Circumstances, NOTHING_KNOWN } from '../../../../shared/waste/policy/circumstances.ts';
import { decide } from '../../../../shared/waste/policy/decide.ts';
import { serviceRuleOf } from '../../../../shared/waste/policy/service-rule.ts';
import { aBin } from '../../../support/small-city.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 22, 11);
const chances = { thisTime: now + 10 * hour, nextTime: now + 34 * hour };
const exposure = exposureOf(FLAT, localHours('Asia/Ho_Chi_Minh'), now - 90 * 24 * hour, now + 90 * 24 * hour);

const known = (fraction: number, measuredAt = now): FillState => ({ status: 'known', fraction, measuredAt, flag: 1 });
const silentSince = (lastHeardAt: number | null): FillState => ({
  status: 'no-data',
  reason: lastHeardAt === null ? 'never measured' : 'silent for more than a day',
  lastHeardAt,
});

type Setting = {
  readonly bin?: Bin;
  readonly perHour?: number;
  readonly lastEmptiedAt?: number | null;
  readonly last?: number;
};

/** A bin that fills by a steady 1 % an hour, and full is full: its only promise is not to overflow. */
const outlook = (
  fill: FillState,
  { bin, perHour = 0.01, lastEmptiedAt = null, last = 0.4 }: Setting = {},
): BinOutlook => ({
  bin: bin ?? aBin('b1', { serviceLevel: 1 }),
  fill,
  lastEmptiedAt,
  forecast: {
    start:
      fill.status === 'known'
        ? { status: 'known', fraction: fill.fraction, at: fill.measuredAt }
        : fill.lastHeardAt === null
          ? { status: 'unknown', at: now }
          : { status: 'known', fraction: last, at: fill.lastHeardAt },
    model: { rate: perHour, variance: 0, perFill: 0.005, perSquare: 0, pieces: 30 },
    exposure,
    correction: AS_STATED,
  },
});

describe('whether a bin must be served this time', () => {
  it('must when its risk to overflow before the next chance passes what is allowed, and says how large it is', () => {
    const decision = decide(outlook(known(0.6)), chances, NOTHING_KNOWN);
    expect(decision).toMatchObject({
      status: 'due',
      because: 'overflow-risk',
      expectedFraction: expect.closeTo(0.7, 6),
      reason: expect.stringMatching(/^60% now; overflows before the next collection with a probability of 7\.8%$/),
      reasonVi: expect.stringMatching(/^hiện 60%; xác suất tràn trước lần thu gom sau là 7,8%$/),
    });
  });

  it('must at or over the level at which the city wants it emptied, or where it will be by the next chance', () => {
    const bin = aBin('b1', { serviceLevel: 0.8 });
    expect(decide(outlook(known(0.82), { bin }), chances, NOTHING_KNOWN)).toMatchObject({ because: 'level' });
    expect(decide(outlook(known(0.47), { bin }), chances, NOTHING_KNOWN)).toMatchObject({
      because: 'expected-level',
      reason: '47% now, expected 81% by the collection after this one (service level 80%)',
    });
  });

  it('must when its waste would grow older than its stream allows; an empty bin has none', () => {
    const bin = aBin('b1', { serviceLevel: 1, stream: 'food' });
    const setting = { bin, perHour: 0.002, lastEmptiedAt: now - 20 * hour };
    expect(decide(outlook(known(0.04), setting), chances, NOTHING_KNOWN)).toMatchObject({
      because: 'age',
      reason: 'last emptied 30 h before, and may not wait longer than 48 h',
    });
    const empty = decide(outlook(known(0), { ...setting, perHour: 0.0001 }), chances, NOTHING_KNOWN);
    expect(empty.status).not.toBe('due');
  });

  it('must when somebody reported it since it was last emptied, and not for an older report', () => {
    const seenAt = now - 3 * hour;
    const said = { binId: 'b1', seenAt, channel: 'citizen', source: 'a' } as const;
    const circumstances: Circumstances = { ...NOTHING_KNOWN, reports: [said] };
    const setting = { perHour: 0.001 };
    expect(decide(outlook(known(0.1), setting), chances, circumstances)).toMatchObject({
      because: 'reported',
      reasonVi: 'người dân báo tràn rác',
    });
    const emptiedSince = outlook(known(0.1), { ...setting, lastEmptiedAt: now - hour });
    expect(decide(emptiedSince, chances, circumstances).status).not.toBe('due');
  });

  it('tells who reported it, and counts what one person said twice once', () => {
    const seenAt = now - 3 * hour;
    const said = [
      { channel: 'dispatcher', source: 'dispatcher lan' },
      { channel: 'dispatcher', source: 'dispatcher lan' },
      { channel: 'citizen', source: 'citizen 7' },
    ] as const;
    const reports = said.map((each) => ({ binId: 'b1', seenAt, ...each }));
    expect(decide(outlook(known(0.1), { perHour: 0.001 }), chances, { ...NOTHING_KNOWN, reports })).toMatchObject({
      because: 'reported',
      // Its sensor may say what it likes: room for a full bin is kept on the truck.
      expectedFraction: 1,
      reason: 'reported as overflowing by the dispatcher, citizens (2 reports)',
      reasonVi: 'điều độ viên, người dân báo tràn rác (2 lượt báo)',
    });
  });

  it('must again where a crew left it, once: the report that the crew came for is over', () => {
    const at = now - 6 * hour;
    const reports = [{ binId: 'b1', seenAt: at - hour, channel: 'citizen', source: 'a' }] as const;
    const given = (outcome: 'partly' | 'blocked', fractionLeft?: number): Circumstances => ({
      ...NOTHING_KNOWN,
      reports,
      leftOpen: [{ binId: 'b1', at, outcome, fractionLeft }],
    });
    const setting = { perHour: 0.001, lastEmptiedAt: at };
    const decided = (circumstances: Circumstances, more = setting) =>
      decide(outlook(known(0.1), more), chances, circumstances);
    expect(decided(given('partly', 0.4))).toMatchObject({
      because: 'left-open',
      reason: 'emptied only in part the last time: the crew left it 40% full',
      reasonVi: 'lần trước chỉ thu gom một phần, còn 40%',
    });
    expect(decided(given('blocked'), { ...setting, lastEmptiedAt: now - 50 * hour })).toMatchObject({
      because: 'reported',
    });
    expect(decided({ ...given('blocked'), reports: [] })).toMatchObject({ because: 'left-open' });
    expect(decided(given('partly', 0)).status).not.toBe('due');
    // The sensor sees the crew's visit a little later; an emptying of another visit ends it.
    expect(decided(given('partly', 0.4), { ...setting, lastEmptiedAt: at + hour })).toMatchObject({ status: 'due' });
    expect(decided(given('partly', 0.4), { ...setting, lastEmptiedAt: now - hour }).status).not.toBe('due');
  });

  it('becomes due more easily, never less, the more people say, and because of a report only without an emptying since', () => {
    const hoursAgo = fc.integer({ min: -30, max: 100 });
    const said = fc.record({
      seen: fc.array(hoursAgo, { maxLength: 3 }),
      left: fc.array(hoursAgo, { maxLength: 1 }),
      begins: fc.array(hoursAgo, { maxLength: 2 }),
      emptied: fc.option(fc.integer({ min: 0, max: 100 })),
      fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const ranks = { 'no-data': -1, 'not-due': 0, optional: 1, due: 2 };
    fc.assert(
      fc.property(said, ({ seen, left, begins, emptied, fraction }) => {
        const lastEmptiedAt = emptied === null ? null : now - emptied * hour;
        const bin1 = outlook(known(fraction), { perHour: 0.005, lastEmptiedAt });
        const spoken: Circumstances = {
          reports: seen.map((hours) => ({
            binId: 'b1',
            seenAt: now - hours * hour,
            channel: 'crew',
            source: `${hours}`,
          })),
          leftOpen: left.map((hours) => ({ binId: 'b1', at: now - hours * hour, outcome: 'blocked' })),
          events: begins.map((hours) => {
            const from = now - hours * hour;
            return { eventId: 'e', name: 'e', nameEn: 'e', from, to: from + 5 * hour, binIds: new Set(['b1']) };
          }),
        };
        const [silent, told] = [NOTHING_KNOWN, spoken].map((circumstances) => decide(bin1, chances, circumstances));
        expect(ranks[told?.status ?? 'no-data']).toBeGreaterThanOrEqual(ranks[silent?.status ?? 'due']);
        const isOpen = seen.some((hours) => emptied === null || emptied > hours);
        expect(told?.status === 'due' && told.because === 'reported').toBe(isOpen);
      }),
      { numRuns: 100 },
    );
  });

  it('must before an event at its place begins', () => {
    const event = {
      eventId: 'tet',
      name: 'Chợ Tết',
      nameEn: 'Tết market',
      from: now + 20 * hour,
      to: now + 40 * hour,
      binIds: new Set(['b1']),
    };
    const given = (more: Partial<typeof event>): Circumstances => ({
      ...NOTHING_KNOWN,
      events: [{ ...event, ...more }],
    });
    const setting = { perHour: 0.001 };
    expect(decide(outlook(known(0.1), setting), chances, given({}))).toMatchObject({
      because: 'event',
      reason: 'emptied before it begins: Tết market',
      reasonVi: 'thu gom trước khi diễn ra: Chợ Tết',
    });
    expect(decide(outlook(known(0.1), setting), chances, given({ from: now + 5 * hour }))).toMatchObject({
      reason: 'emptied while it lasts: Tết market',
    });
    for (const other of [{ binIds: new Set(['b2']) }, { from: now + 35 * hour }, { from: now, to: now + 9 * hour }])
      expect(decide(outlook(known(0.1), setting), chances, given(other)).status).not.toBe('due');
  });

  it('may when it can wait, more urgently the more of its waiting time has gone by', () => {
    const [early, late] = [0.3, 0.45].map((fraction) =>
      decide(outlook(known(fraction), { perHour: 0.005 }), chances, NOTHING_KNOWN),
    );
    expect(early).toMatchObject({ status: 'optional', wait: { left: expect.any(Number), whole: expect.any(Number) } });
    expect(late).toMatchObject({ status: 'optional', reason: expect.stringContaining('45% now, could wait') });
    if (early?.status === 'optional' && late?.status === 'optional')
      expect(late.urgency).toBeGreaterThan(early.urgency);
  });

  it('need not when most of its time is before it', () => {
    expect(decide(outlook(known(0.02), { perHour: 0.005 }), chances, NOTHING_KNOWN).status).toBe('not-due');
  });

  it('allows what the bin’s own rule allows', () => {
    const careless = aBin('b1', { serviceLevel: 1, service: { overflowProbability: 0.5 } });
    expect(decide(outlook(known(0.55)), chances, NOTHING_KNOWN).status).toBe('due');
    expect(decide(outlook(known(0.55), { bin: careless }), chances, NOTHING_KNOWN).status).toBe('optional');
  });

  it('becomes due more easily, never less, the fuller the bin', () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const ranks = { 'no-data': -1, 'not-due': 0, optional: 1, due: 2 };
        const rank = (fraction: number): number =>
          ranks[decide(outlook(known(fraction)), chances, NOTHING_KNOWN).status];
        expect(rank(Math.max(a, b))).toBeGreaterThanOrEqual(rank(Math.min(a, b)));
      }),
      { numRuns: 40 },
    ));
});

describe('a bin whose level nobody knows', () => {
  it('is never taken for empty: silent, it goes by its last level and its rate, and the words say so', () => {
    const heardAt = now - 30 * hour;
    expect(decide(outlook(silentSince(heardAt)), chances, NOTHING_KNOWN)).toMatchObject({
      status: 'due',
      because: 'overflow-risk',
      reason: expect.stringContaining('nothing heard since 2026-11-21 05:00 UTC'),
      reasonVi: expect.stringContaining('không có số liệu từ 2026-11-21 05:00 UTC'),
    });
  });

  it('is listed for a look where its rate gives no cause yet', () => {
    const heardAt = now - 30 * hour;
    const slow = outlook(silentSince(heardAt), { perHour: 0.001 });
    expect(decide(slow, chances, NOTHING_KNOWN)).toEqual({
      status: 'no-data',
      lastHeardAt: heardAt,
      cause: 'silent for more than a day',
    });
    expect(decide(outlook(silentSince(null)), chances, NOTHING_KNOWN)).toMatchObject({
      status: 'no-data',
      lastHeardAt: null,
    });
  });

  it('is due by its age all the same, for a full load', () => {
    const bin = aBin('b1', { stream: 'food' });
    const decision = decide(
      outlook(silentSince(null), { bin, lastEmptiedAt: now - 60 * hour }),
      chances,
      NOTHING_KNOWN,
    );
    expect(decision).toMatchObject({ status: 'due', because: 'age', expectedFraction: 1, overflowRisk: null });
  });
});

describe('a bin’s service rule', () => {
  it('is its own, else its stream’s and the city’s', () => {
    expect(serviceRuleOf(aBin('b1'))).toEqual({ overflowProbability: expect.closeTo(0.005, 9), maxAgeHours: null });
    expect(serviceRuleOf(aBin('b1', { stream: 'food' })).maxAgeHours).toBe(48);
    expect(serviceRuleOf(aBin('b1', { stream: 'food', service: { maxAgeHours: null } })).maxAgeHours).toBeNull();
    expect(serviceRuleOf(aBin('b1'), 0.99).overflowProbability).toBeCloseTo(0.05, 9);
  });
});
