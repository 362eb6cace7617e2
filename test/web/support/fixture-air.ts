import { indexAnswerOf } from '../../../shared/environment/indices/index-answer.ts';
import { usAqiDaily, usAqiNowcast } from '../../../shared/environment/indices/us-aqi.ts';
import { vnAqiDaily, vnAqiHourly } from '../../../shared/environment/indices/vn-aqi.ts';
import type { WireAirQuality, WireOpenIndex } from '../../../web/src/api/air-quality.ts';
import type { Answer } from './canned-api.ts';
import { iso, NOW, stations } from './fixture-city.ts';

const HOUR = 3_600_000;

const mean = (value: number) => ({ value, completeness: 1, isValid: true });

/** Means of a bad hour and a fair day, through the real indices; a station without sensors has none. */
export const airQualityAt = (stationId: string): WireAirQuality | undefined => {
  const station = stations.find(({ id, kind }) => id === stationId && kind === 'air');
  if (station === undefined) return undefined;
  const isMute = station.sensorIds.length === 0;
  const ofHour = isMute ? {} : { pm25: Array(12).fill(mean(110)), no2: mean(50) };
  const ofDay = isMute ? {} : { pm25: mean(41), no2: Array(24).fill(mean(65)) };
  const hourEndsAt = Math.floor(NOW / HOUR) * HOUR;
  const dayEndsAt = hourEndsAt - 22 * HOUR;
  return {
    stationId,
    class: station.referenceStation ? 'reference' : 'automatic',
    mayPublishIndex: !station.referenceStation,
    hour: {
      startsAt: iso(hourEndsAt - HOUR),
      endsAt: iso(hourEndsAt),
      vnAqi: indexAnswerOf(vnAqiHourly({ station, ...ofHour })),
      usAqi: indexAnswerOf(usAqiNowcast({ station, ...ofHour })),
    },
    day: {
      startsAt: iso(dayEndsAt - 24 * HOUR),
      endsAt: iso(dayEndsAt),
      vnAqi: indexAnswerOf(vnAqiDaily({ station, ...ofDay })),
      usAqi: indexAnswerOf(usAqiDaily({ station, ...ofDay })),
    },
    concentrations: isMute
      ? []
      : [
          {
            quantity: 'pm25',
            nameEn: 'PM2.5',
            nameVi: 'Bụi PM2.5',
            unit: 'µg/m³',
            hour: { value: 110, completeness: 1 },
            day: { value: null, completeness: 0.5 },
          },
        ],
  };
};

/** Answers like the operations API for the stations of air. */
export const airApi = (path: string): Answer | undefined => {
  const [, collection, id = '', part] = path.split('/');
  const body = collection === 'stations' && part === 'air-quality' ? airQualityAt(id) : undefined;
  return body && { status: 200, body };
};

/** Answers like the open data: VN_AQI of the hour of every station that may publish it. */
export const openIndices = (): { readonly indices: readonly WireOpenIndex[] } => ({
  indices: stations.flatMap(({ id }) => {
    const quality = airQualityAt(id);
    return quality?.mayPublishIndex ? [{ stationId: id, result: quality.hour.vnAqi }] : [];
  }),
});
