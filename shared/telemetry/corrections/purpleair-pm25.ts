import { type Correction, condition, notCorrected } from './correction.ts';

/** Above, smoke makes the sensor bend away from the line (Barkjohn et al., Sensors 22, 9669, 2022). */
const GREATEST_RAW = 570;

/**
 * PM2.5 of a PurpleAir (mean of channels A and B, cf_1) as US EPA's map shows it: 0.524 × raw − 0.0862 × RH + 5.75. For this device
 * only. Little dust in humid air comes out below zero; that is no concentration, and is not made one.
 * Source: Barkjohn, Gantt, Clements, "Development and application of a United States-wide correction for PM2.5 data collected with the
 * PurpleAir sensor", Atmos. Meas. Tech. 14, 4617 (2021).
 */
export const purpleairPm25: Correction = {
  name: 'purpleair-pm25-us',
  version: 1,
  quantity: 'pm25',
  source: 'Barkjohn et al., Atmos. Meas. Tech. 14, 4617 (2021), doi:10.5194/amt-14-4617-2021',
  needs: ['relativeHumidity'],
  apply: (raw, conditions) => {
    const humidity = condition(conditions, 'relativeHumidity');
    if (raw < 0 || raw >= GREATEST_RAW) return notCorrected(`${raw} µg/m³ is outside 0 to ${GREATEST_RAW}`);
    if (humidity < 0 || humidity > 100) return notCorrected(`${humidity} % is no relative humidity`);
    const corrected = 0.524 * raw - 0.0862 * humidity + 5.75;
    return corrected < 0 ? notCorrected('the formula gives a negative concentration') : corrected;
  },
};
