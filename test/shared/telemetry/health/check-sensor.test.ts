import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSensor } from '../../../../shared/telemetry/health/check-sensor.ts';
import type {
  HealthEvent,
  HealthProblemKind,
  SensorHealth,
} from '../../../../shared/telemetry/health/sensor-health.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import type { Reading } from '../../../../shared/telemetry/reading.ts';
import type { SensorState } from '../../../../shared/telemetry/sensor-state.ts';

const START = Date.parse('2026-11-01T00:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const sensor = { id: 'bin-1', intervalSeconds: 900 };

const stateOf = (
  heardAt: number,
  values: Readonly<Partial<Record<Quantity, number>>> = {},
  lagMs = 2_000,
): SensorState => ({
  sensorId: 'bin-1',
  lastReceivedAt: heardAt,
  latest: Object.fromEntries(
    Object.entries({ fillDistance: 900, ...values }).map(([quantity, value]): [string, Reading] => [
      quantity,
      {
        sensorId: 'bin-1',
        quantity: quantity as Quantity,
        value,
        measuredAt: heardAt - lagMs,
        receivedAt: heardAt,
        quality: { flag: 1, test: 'gross-range' },
      },
    ]),
  ),
});

type Watched = { health: SensorHealth | undefined; readonly events: HealthEvent[] };

/** Hourly checks from START on; `stateAt` says what the states hold at each. */
const watch = (
  hours: number,
  stateAt: (at: number) => SensorState | undefined,
  of: Parameters<typeof checkSensor>[0] = sensor,
): Watched => {
  const watched: Watched = { health: undefined, events: [] };
  for (let hour = 0; hour <= hours; hour += 1) {
    const at = START + hour * HOUR;
    const { health, events } = checkSensor(of, stateAt(at), watched.health, at);
    watched.health = health;
    watched.events.push(...events);
  }
  return watched;
};

const story = ({ events }: Watched) =>
  events.map(({ kind, event, at, reason }) => `${(at - START) / HOUR} h ${kind} ${event} ${reason.code}`);

describe('silence', () => {
  it('is raised once, two hours after the last message, however long it lasts', () => {
    const silent = watch(200, (at) => stateOf(Math.min(at, START + HOUR)));
    expect(story(silent)).toEqual(['4 h silent opened no-message']);
    expect(silent.health?.problems).toEqual([
      {
        kind: 'silent',
        since: START + HOUR,
        openedAt: START + 4 * HOUR,
        reason: { code: 'no-message', lastReceivedAt: START + HOUR, limitSeconds: 7_200 },
      },
    ]);
  });

  it('is over when messages have come for as long again', () => {
    const back = watch(40, (at) => stateOf(at < START + 20 * HOUR ? START : at));
    expect(story(back)).toEqual(['3 h silent opened no-message', '22 h silent closed no-message']);
    expect(back.health?.problems).toEqual([]);
  });

  it('stays one problem while a sensor comes and goes', () => {
    const wavering = watch(200, (at) => stateOf(START + Math.floor((at - START) / (4 * HOUR)) * 4 * HOUR));
    expect(story(wavering)).toEqual(['3 h silent opened no-message']);
  });

  it('takes three intervals of a sensor that reports seldom, or what the sensor is set to', () => {
    const daily = { id: 'bin-1', intervalSeconds: 86_400 };
    expect(story(watch(72, () => stateOf(START), daily))).toEqual([]);
    expect(story(watch(73, () => stateOf(START), daily))).toEqual(['73 h silent opened no-message']);
    const strict = { ...sensor, health: { silentAfterSeconds: 600 } };
    expect(story(watch(2, () => stateOf(START), strict))).toEqual(['1 h silent opened no-message']);
  });

  it('is also that of a sensor that was never heard', () => {
    const never = watch(50, () => undefined);
    expect(story(never)).toEqual(['3 h silent opened never-heard']);
    expect(never.health?.lastReceivedAt).toBeNull();
  });
});

describe('a battery', () => {
  it('is low below its limit, and well only clearly above it', () => {
    const levels = (at: number): number => (at < START + 10 * HOUR ? 22 : at < START + 60 * HOUR ? 19 : 22);
    expect(story(watch(90, (at) => stateOf(at, { battery: levels(at) })))).toEqual(['10 h battery opened battery-low']);
    const changed = watch(90, (at) => stateOf(at, { battery: at < START + 60 * HOUR ? 19 : 100 }));
    expect(story(changed)).toEqual(['0 h battery opened battery-low', '84 h battery closed battery-low']);
  });

  it('fades when it will be empty within two weeks, though it is far from low', () => {
    // Three points a day from 95: empty on day 32, so within two weeks from day 18 on.
    const fading = watch(24 * 22, (at) => stateOf(at, { battery: 95 - Math.round((3 * (at - START)) / DAY) }));
    expect(story(fading)).toHaveLength(1);
    const [{ at = 0, reason } = {}] = fading.events;
    expect((at - START) / DAY).toBeGreaterThan(16.5);
    expect((at - START) / DAY).toBeLessThan(19);
    expect(reason).toMatchObject({ code: 'battery-fading', unit: '%' });
    if (reason?.code === 'battery-fading') expect(Math.abs(reason.emptyAt - (START + 31.67 * DAY))).toBeLessThan(DAY);
  });

  it('that wavers with the temperature does not fade', () => {
    const warm = watch(24 * 30, (at) => stateOf(at, { battery: 60 + Math.round(4 * Math.sin(at / (2.5 * DAY))) }));
    expect(story(warm)).toEqual([]);
  });

  it('is judged in volts where the sensor says at which', () => {
    const volts = (at: number): number => 3.6 - (0.02 * (at - START)) / DAY;
    expect(story(watch(24 * 10, (at) => stateOf(at, { batteryVoltage: volts(at) })))).toEqual([]);
    const set = { ...sensor, health: { batteryVolts: 3.5, emptyVolts: 3.2 } };
    expect(story(watch(24 * 10, (at) => stateOf(at, { batteryVoltage: volts(at) }), set))).toHaveLength(1);
  });

  it('may say itself that it is low', () => {
    expect(story(watch(3, (at) => stateOf(at, { lowBattery: 1 })))).toEqual(['0 h battery opened battery-says-low']);
    expect(story(watch(3, (at) => stateOf(at, { lowBattery: 0 })))).toEqual([]);
  });
});

describe('a clock', () => {
  it('is ahead when most measurements come from the future, not when one does', () => {
    expect(story(watch(6, (at) => stateOf(at, {}, -90_000)))).toEqual(['2 h clock opened clock-ahead']);
    expect(story(watch(9, (at) => stateOf(at, {}, at === START + 5 * HOUR ? -600_000 : 0)))).toEqual([]);
  });

  it('is behind when measurements are long old on arrival', () => {
    expect(story(watch(6, (at) => stateOf(at, {}, 2 * HOUR)))).toEqual(['2 h clock opened clock-behind']);
    expect(story(watch(6, (at) => stateOf(at, {}, 20 * MINUTE)))).toEqual([]);
  });

  it('is not judged by a sensor that says nothing new', () => {
    expect(watch(9, () => stateOf(START, {}, -90_000)).health?.lagsMs).toEqual([-90_000]);
  });
});

describe('whatever a sensor does', () => {
  const hour = fc.record({
    heard: fc.boolean(),
    battery: fc.option(fc.integer({ min: 0, max: 100 })),
    lagSeconds: fc.integer({ min: -300, max: 9_000 }),
  });

  it('every problem is opened and closed in turn, is closed only after its time of grace, and is what the record says', () => {
    fc.assert(
      fc.property(fc.array(hour, { minLength: 1, maxLength: 120 }), (hours) => {
        let state: SensorState | undefined;
        const watched = watch(hours.length - 1, (at) => {
          const { heard, battery, lagSeconds } = hours[Math.round((at - START) / HOUR)] ?? { heard: false };
          if (heard) state = stateOf(at, battery == null ? {} : { battery }, (lagSeconds ?? 0) * 1_000);
          return state;
        });
        const grace: Record<HealthProblemKind, number> = { silent: 2 * HOUR, battery: DAY, clock: 6 * HOUR };
        for (const kind of ['silent', 'battery', 'clock'] as const) {
          const events = watched.events.filter((event) => event.kind === kind);
          for (const [index, { event, at, openedAt }] of events.entries()) {
            expect(event).toBe(index % 2 === 0 ? 'opened' : 'closed');
            if (event === 'closed') expect(at - openedAt).toBeGreaterThan(grace[kind]);
          }
          const open = watched.health?.problems.filter((problem) => problem.kind === kind) ?? [];
          expect(open).toHaveLength(events.length % 2);
        }
      }),
    );
  });

  it('one check twice is one check', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * HOUR }), fc.integer({ min: 0, max: 5 * HOUR }), (silence, earlier) => {
        const at = START + DAY;
        const state = stateOf(at - silence);
        const { health } = checkSensor(sensor, state, undefined, at);
        expect(checkSensor(sensor, state, health, at - earlier)).toEqual({ health, events: [] });
      }),
    );
  });

  it('what is remembered stays small', () => {
    const watched = watch(24 * 90, (at) => stateOf(at, { battery: 95 - Math.floor((at - START) / (3 * DAY)) }));
    expect(JSON.stringify(watched.health).length).toBeLessThan(2_500);
  });
});
