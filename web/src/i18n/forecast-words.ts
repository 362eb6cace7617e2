import type { BinForecast } from '../api/forecast.ts';
import { type Language, useLocale } from './language.ts';

/** The words for a bin's forecast, in both languages. */
export type ForecastWords = {
  readonly heading: string;
  readonly chart: string;
  readonly band: string;
  readonly emptied: string;
  readonly until: (from: string, to: string, at: string) => string;
  readonly unknownStart: string;
  readonly fullBy: string;
  readonly sure: (percent: string) => string;
  readonly notWithinAYear: string;
  readonly already: string;
  readonly lastEmptied: string;
  readonly neverEmptied: string;
  readonly basis: Readonly<Record<BinForecast['basis']['source'], (days: string) => string>>;
};

const vi: ForecastWords = {
  heading: 'Dự báo',
  chart: 'Mức đầy 7 ngày qua và dự báo 3 ngày tới',
  band: 'Dải mờ: mức đầy dự báo với xác suất 80%, nếu không thu gom. ▼: lần thu gom',
  emptied: 'Được thu gom',
  until: (from, to, at) => `Đến ${at}: từ ${from} đến ${to} (xác suất 80%)`,
  unknownStart: 'Không biết mức đầy hiện tại, nên dự báo không chắc chắn',
  fullBy: 'Đầy trước',
  sure: (percent) => `chắc ${percent}`,
  notWithinAYear: 'không trong vòng một năm',
  already: 'đã đầy',
  lastEmptied: 'Thu gom lần cuối',
  neverEmptied: 'chưa biết',
  basis: {
    'own-history': (days) => `Theo lịch sử ${days} ngày của chính thùng này`,
    'similar-bins': () => 'Theo các thùng tương tự; thùng này chưa đủ một ngày lịch sử',
    assumed: () => 'Theo mức thường gặp ở nơi khác; thành phố chưa đủ một ngày lịch sử',
  },
};

const en: ForecastWords = {
  heading: 'Forecast',
  chart: 'Fill of the last 7 days and forecast of the next 3',
  band: 'Pale band: the fill to be expected, 80% sure, unless it is emptied. ▼: emptied',
  emptied: 'Emptied',
  until: (from, to, at) => `By ${at}: ${from} to ${to} (80% sure)`,
  unknownStart: 'Nobody knows how full it is now, so the forecast is wide',
  fullBy: 'Full by',
  sure: (percent) => `${percent} sure`,
  notWithinAYear: 'not within a year',
  already: 'full already',
  lastEmptied: 'Emptied last',
  neverEmptied: 'not known',
  basis: {
    'own-history': (days) => `From ${days} days of this bin’s own history`,
    'similar-bins': () => 'From similar bins; this one has less than a day of history',
    assumed: () => 'From what is usual elsewhere; the city has less than a day of history',
  },
};

const words: Readonly<Record<Language, ForecastWords>> = { vi, en };

export const useForecastWords = (): ForecastWords => words[useLocale().language];
