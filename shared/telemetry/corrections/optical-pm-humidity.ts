import { type Correction, condition, notCorrected } from './correction.ts';

/** Fitted by the paper, as are the bounds between which it takes humidity. */
const GROWTH = 0.24;
const LEAST_HUMIDITY = 30;
const GREATEST_HUMIDITY = 70;

/**
 * PM2.5 of an optical sensor without its particles' water: they swell in humid air and scatter more light.
 * PM2.5 / (1 + 0.24 / (100 / RH − 1)), RH limited to 30 to 70 %. Fitted on Plantower sensors (PurpleAir, channel cf_1) in North America;
 * a city should check it beside one of its own reference stations, the more so as tropical air is mostly above 70 %.
 * Source: Nilson, Jackson, Schiller, Parsons, "Development and evaluation of correction models for a low-cost fine particulate matter
 * monitor", Atmos. Meas. Tech. 15, 3315 (2022), model 2, after Crilley et al. (2018).
 */
export const opticalPmHumidity: Correction = {
  name: 'optical-pm-humidity',
  version: 1,
  quantity: 'pm25',
  source: 'Nilson et al., Atmos. Meas. Tech. 15, 3315 (2022), model 2, doi:10.5194/amt-15-3315-2022',
  needs: ['relativeHumidity'],
  apply: (raw, conditions) => {
    const humidity = condition(conditions, 'relativeHumidity');
    if (raw < 0) return notCorrected('a negative concentration');
    if (humidity < 0 || humidity > 100) return notCorrected(`${humidity} % is no relative humidity`);
    const limited = Math.min(Math.max(humidity, LEAST_HUMIDITY), GREATEST_HUMIDITY);
    return raw / (1 + GROWTH / (100 / limited - 1));
  },
};
