import { describe, expect, it } from 'vitest';
import { depotSchema, vehicleSchema } from '../../../../shared/city/entities.ts';
import { withTurns } from '../../../../shared/routing/turns/with-turns.ts';
import type { Decision } from '../../../../shared/waste/policy/decide.ts';
import { aBin, aTruck, city } from '../../../support/small-city.ts';

const fleet = {
  vehicles: [vehicleSchema.parse(aTruck('t'))],
  depots: [depotSchema.parse({ id: 'depot-1', name: 'Depot', position: { latitude: 10.98, longitude: 106.65 } })],
};

const waits = (left: number, overflowRisk = 0, whole = 4): Decision => ({
  status: 'not-due',
  expectedFraction: 0.3,
  overflowRisk,
  wait: { left, whole, usual: 4.5 },
});
/** Emptied four nights ago, as trucks come round. */
const hasItsTurn = waits(2, 0, 6);

const bin = (id: string, metres: number) =>
  aBin(id, { position: { latitude: 10.98 + metres / 111_195, longitude: 106.66 } });

const judge = (demands: readonly Decision[]) =>
  withTurns(
    demands.map((demand, index) => ({ bin: bin(`b${index}`, 400 * index), demand })),
    city,
    fleet,
    '2026-11-22',
  );

describe('a night’s decisions, with turns', () => {
  it('offers a bin that has time where it is its turn and the next one comes too late, and says so', () => {
    const [first] = judge([hasItsTurn, hasItsTurn, hasItsTurn]);
    expect(first?.savedMetres).toBeGreaterThan(0);
    expect(first?.demand).toMatchObject({
      status: 'optional',
      reason: expect.stringMatching(/^30% expected, could wait 2 times more; .* in about 4 nights, .* too late$/),
      reasonVi: expect.stringMatching(/^dự kiến 30%, còn chờ được 2 lần; .* khoảng 4 đêm nữa thì quá muộn$/),
    });
  });

  it('leaves a bin that has time alone until its turn comes', () => {
    const [first] = judge([waits(3), waits(3), waits(3)]);
    expect(first?.demand.status).toBe('not-due');
  });

  it('gives a bin a longer way the nearer it is to the limit of its risk, and leaves what nobody knows alone', () => {
    const unknown: Decision = { status: 'no-data', lastHeardAt: null, cause: 'never measured' };
    const [safe, risky, silent] = judge([waits(3), waits(3, 0.004), unknown]);
    expect(risky?.savedMetres).toBeGreaterThan(safe?.savedMetres as number);
    expect(silent).toEqual({ bin: expect.anything(), demand: unknown });
  });

  it('changes nothing about what must be served', () => {
    const must: Decision = {
      status: 'due',
      because: 'reported',
      expectedFraction: 0.9,
      overflowRisk: 0.2,
      wait: { left: 0, whole: 4, usual: 4.5 },
      reason: 'reported as overflowing',
      reasonVi: 'người dân báo tràn rác',
    };
    expect(judge([must, waits(2)])[0]?.demand).toEqual(must);
  });

  it('empties no bin for the sake of its turn that has hardly begun to fill', () => {
    const [begun] = judge([{ ...hasItsTurn, expectedFraction: 0.07 } as Decision, hasItsTurn, hasItsTurn]);
    expect(begun?.demand.status).toBe('not-due');
  });

  it('keeps what else is known of a bin', () => {
    const emptyBefore = Date.UTC(2026, 10, 22, 3);
    const [ready] = withTurns([{ bin: bin('b0', 0), demand: waits(2), emptyBefore }], city, fleet, '2026-11-22');
    expect(ready?.emptyBefore).toBe(emptyBefore);
  });
});
