import * as z from 'zod';

/** What a city may set for one sensor; what is absent is as usual (`limitsOf`). */
export const sensorHealthLimitsSchema = z.strictObject({
  /** No message for longer is silence. Usual: three intervals, at least two hours. */
  silentAfterSeconds: z.int().min(60).max(31_536_000).optional(),
  /** A battery below is low: percent. Usual: 20. */
  batteryPercent: z.number().min(0).max(100).optional(),
  /** A battery below is low: volts. No usual value, since it depends on the cell: absent, only the trend is looked at. */
  batteryVolts: z.number().positive().max(30).optional(),
  /** The voltage at which this device stops, for the trend. Absent, the trend of a voltage is not looked at. */
  emptyVolts: z.number().positive().max(30).optional(),
  /** A clock may be this far ahead. Usual: 60. */
  clockAheadSeconds: z.int().min(1).max(900).optional(),
  /** Measurements may be this old when they arrive. Usual: one interval and 15 minutes. */
  clockBehindSeconds: z.int().min(1).max(31_536_000).optional(),
});

export type SensorHealthLimits = z.infer<typeof sensorHealthLimitsSchema>;

/** The limits in force for a sensor: seconds, percent, volts. */
export type HealthLimits = {
  readonly silentAfterSeconds: number;
  /** A sensor that was silent is heard regularly again while its last message is no older. */
  readonly regularSeconds: number;
  readonly batteryPercent: number;
  readonly batteryVolts: number | undefined;
  readonly emptyVolts: number | undefined;
  readonly clockAheadSeconds: number;
  readonly clockBehindSeconds: number;
};

/** Our own proposal: two reports lost in a row are the network's ordinary way. */
export const limitsOf = (sensor: {
  readonly intervalSeconds: number;
  readonly health?: SensorHealthLimits | undefined;
}): HealthLimits => {
  const { intervalSeconds, health = {} } = sensor;
  const silentAfterSeconds = health.silentAfterSeconds ?? Math.max(3 * intervalSeconds, 7_200);
  return {
    silentAfterSeconds,
    regularSeconds: Math.min(silentAfterSeconds, Math.max(silentAfterSeconds / 2, 1.5 * intervalSeconds)),
    batteryPercent: health.batteryPercent ?? 20,
    batteryVolts: health.batteryVolts,
    emptyVolts: health.emptyVolts,
    clockAheadSeconds: health.clockAheadSeconds ?? 60,
    clockBehindSeconds: health.clockBehindSeconds ?? intervalSeconds + 900,
  };
};
