import type { KpiFigure, KpiName } from '../../api/wire.ts';
import type { Formats } from '../../format/formats.ts';

const shares: ReadonlySet<KpiName> = new Set([
  'meanFillAtPickUp',
  'shareBelowHalf',
  'serviceLevel',
  'sensorUptime',
  'planAdherence',
  'onTime',
]);

/** A figure with its unit; `undefined` where nobody knows it. A share of nearly all is not rounded up to all. */
export const shownFigure = (name: KpiName, { value }: KpiFigure, f: Formats): string | undefined => {
  if (value === null) return undefined;
  if (shares.has(name)) {
    const percent = value < 1 && value >= 0.99 ? Math.floor(value * 1_000) / 10 : Math.round(value * 100);
    return `${f.number(percent)} %`.replace(' ', '\u00a0');
  }
  if (name === 'distanceKm') return f.kilometres(value * 1_000);
  if (name === 'workingHours' || name === 'overflowHours') return f.hours(value * 3_600);
  if (name === 'fuelLitres') return f.litres(value);
  if (name === 'co2Kg') return `${f.count(value)}\u00a0kg`;
  if (name === 'costVnd') return f.money(value);
  return f.count(Math.round(value));
};
