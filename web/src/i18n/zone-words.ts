import type { Ban, Zone } from '../../../shared/city/fleet/zone.ts';
import { optionNamesEn, optionNamesVi } from './fleet-field-words.ts';
import { type Locale, useLocale } from './language.ts';

/** The words for zones with bans and for areas that are drawn, in both languages. */
export type ZoneWords = {
  readonly show: string;
  readonly none: string;
  readonly wholeCity: string;
  readonly noBans: string;
  readonly allDay: string;
  readonly oddDates: string;
  readonly evenDates: string;
  readonly exceptHolidays: string;
  readonly allTrucks: string;
  readonly wider: (metres: string) => string;
  readonly higher: (metres: string) => string;
  readonly longer: (metres: string) => string;
  readonly heavier: (kg: string) => string;
  readonly platesEnding: (digits: string) => string;
  readonly permitted: (trucks: string) => string;
  readonly nobodyPermitted: string;
  readonly permitsAreOfTrucks: string;
  readonly draw: string;
  readonly stopDrawing: string;
  readonly drawHint: string;
  readonly addMiddle: string;
  readonly removeLast: string;
  readonly removeAll: string;
  readonly noMap: string;
  readonly corners: (count: string) => string;
  readonly replaces: string;
  readonly crosses: (latitude: string, longitude: string) => string;
};

const vi: ZoneWords = {
  show: 'Vùng cấm xe và giờ cấm',
  none: 'Chưa có vùng cấm nào được đăng ký.',
  wholeCity: 'cả thành phố',
  noBans: 'không có lệnh cấm',
  allDay: 'cả ngày',
  oddDates: 'ngày lẻ',
  evenDates: 'ngày chẵn',
  exceptHolidays: 'trừ ngày lễ',
  allTrucks: 'mọi xe',
  wider: (metres) => `xe rộng quá ${metres} m`,
  higher: (metres) => `xe cao quá ${metres} m`,
  longer: (metres) => `xe dài quá ${metres} m`,
  heavier: (kg) => `xe nặng quá ${kg} kg`,
  platesEnding: (digits) => `biển số tận cùng ${digits}`,
  permitted: (trucks) => `Xe có giấy phép vào vùng này: ${trucks}.`,
  nobodyPermitted: 'Chưa xe nào có giấy phép vào vùng này.',
  permitsAreOfTrucks: 'Giấy phép được ghi ở từng xe.',
  draw: 'Vẽ trên bản đồ',
  stopDrawing: 'Vẽ xong',
  drawHint: 'Bấm lên bản đồ để thêm từng góc theo thứ tự.',
  addMiddle: 'Thêm góc ở giữa bản đồ',
  removeLast: 'Bỏ góc cuối',
  removeAll: 'Bỏ tất cả',
  noMap: 'Trình duyệt này không vẽ được bản đồ: hãy ghi tọa độ.',
  corners: (count) => `${count} góc`,
  replaces: 'Góc đầu tiên được vẽ sẽ thay ranh giới đang có.',
  crosses: (latitude, longitude) =>
    `Đường ranh giới tự cắt nhau gần ${latitude}, ${longitude}: hãy dời hoặc bỏ một góc, hoặc thêm góc.`,
};

const en: ZoneWords = {
  show: 'Zones with bans, and their hours',
  none: 'No zone is registered yet.',
  wholeCity: 'the whole city',
  noBans: 'no bans',
  allDay: 'all day',
  oddDates: 'odd dates',
  evenDates: 'even dates',
  exceptHolidays: 'not on holidays',
  allTrucks: 'all trucks',
  wider: (metres) => `trucks wider than ${metres} m`,
  higher: (metres) => `trucks higher than ${metres} m`,
  longer: (metres) => `trucks longer than ${metres} m`,
  heavier: (kg) => `trucks over ${kg} kg`,
  platesEnding: (digits) => `plates ending in ${digits}`,
  permitted: (trucks) => `Trucks with a permit for this zone: ${trucks}.`,
  nobodyPermitted: 'No truck has a permit for this zone.',
  permitsAreOfTrucks: 'Permits are kept with each truck.',
  draw: 'Draw on the map',
  stopDrawing: 'Done drawing',
  drawHint: 'Click on the map to add one corner after the other.',
  addMiddle: 'Add a corner in the middle of the map',
  removeLast: 'Remove last corner',
  removeAll: 'Remove all',
  noMap: 'This browser cannot draw the map: type the coordinates.',
  corners: (count) => `${count} corners`,
  replaces: 'The first corner that you draw replaces the outline that is there.',
  crosses: (latitude, longitude) =>
    `The outline crosses itself near ${latitude}, ${longitude}: move or remove a corner, or add more.`,
};

export const zoneDictionaries = { vi, en } as const;

export const useZoneWords = (): ZoneWords => zoneDictionaries[useLocale().language];

const hoursOf = ({ windows }: Ban, w: ZoneWords): string =>
  windows?.map(({ from, to }) => `${from}–${to}`).join(', ') ?? w.allDay;

const daysOf = ({ weekdays, dates, liftedOnHolidays }: Ban, { language }: Locale, w: ZoneWords): readonly string[] => {
  const names = language === 'vi' ? optionNamesVi : optionNamesEn;
  return [
    ...(weekdays ? [weekdays.map((day) => names[day] ?? day).join(', ')] : []),
    ...(dates ? [dates === 'odd' ? w.oddDates : w.evenDates] : []),
    ...(liftedOnHolidays ? [w.exceptHolidays] : []),
  ];
};

const trucksOf = ({ over, plateEndings }: Ban, { f }: Locale, w: ZoneWords): string => {
  const { widthMetres, heightMetres, lengthMetres, grossWeightKg } = over ?? {};
  const named = [
    widthMetres === undefined ? undefined : w.wider(f.number(widthMetres, 2)),
    heightMetres === undefined ? undefined : w.higher(f.number(heightMetres, 2)),
    lengthMetres === undefined ? undefined : w.longer(f.number(lengthMetres, 2)),
    grossWeightKg === undefined ? undefined : w.heavier(f.count(grossWeightKg)),
    plateEndings === undefined ? undefined : w.platesEnding(plateEndings.join(', ')),
  ].filter((part) => part !== undefined);
  return named.length === 0 ? w.allTrucks : named.join(', ');
};

/** Who may not be there and when, in one line: hours, days, trucks. */
export const banText = (ban: Ban, locale: Locale): string => {
  const w = zoneDictionaries[locale.language];
  return [hoursOf(ban, w), ...daysOf(ban, locale, w), trucksOf(ban, locale, w)].join(' · ');
};

/** A zone's bans, a line each. */
export const bansOf = ({ bans }: Pick<Zone, 'bans'>, locale: Locale): readonly string[] =>
  bans.length === 0 ? [zoneDictionaries[locale.language].noBans] : bans.map((ban) => banText(ban, locale));
