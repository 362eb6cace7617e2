import { type Correction, condition, notCorrected } from './correction.ts';

const ZERO_CELSIUS_K = 273.15;

/** What a sensor that does not measure the air takes its temperature to be. */
const ASSUMED_CELSIUS = 20;

/** Where electronics in a bin work at all. */
const RANGE: readonly [number, number] = [-40, 85];

/**
 * The distance of an ultrasonic sensor that takes sound to travel as at 20 °C, from the bin's true temperature: sound is faster by the square
 * root of the absolute temperature, 0.17 % for each degree. For sensors without compensation of their own only (see the data
 * sheet); to correct twice is worse than not at all. Assumes one temperature all the way down, and neglects humidity: in saturated air of 40 °C
 * sound is another 1 % faster.
 */
export const ultrasonicTemperature: Correction = {
  name: 'ultrasonic-temperature',
  version: 1,
  quantity: 'fillDistance',
  source: 'speed of sound in an ideal gas, c = √(γ·R·T/M); the same γ, R and M at both temperatures',
  needs: ['binTemperature'],
  apply: (raw, conditions) => {
    const celsius = condition(conditions, 'binTemperature');
    if (celsius < RANGE[0] || celsius > RANGE[1]) return notCorrected(`${celsius} °C is no temperature of a bin`);
    return raw * Math.sqrt((ZERO_CELSIUS_K + celsius) / (ZERO_CELSIUS_K + ASSUMED_CELSIUS));
  },
};
