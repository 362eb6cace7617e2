import * as z from 'zod';

/**
 * What a station's numbers may be used for. Thông tư 10/2021/TT-BTNMT, Điều 29 and 30: an `automatic` station meets the circular's
 * demands on place, instruments and control; a `reference` station (trạm tham khảo) does not, low-cost sensors above all. Of a
 * `laboratory` point the samples are taken by hand and analysed by an accredited laboratory.
 */
export const stationClasses = ['automatic', 'reference', 'laboratory'] as const;
export const stationClassSchema = z.enum(stationClasses);
export type StationClass = z.infer<typeof stationClassSchema>;

/** `BD_BAUB_NUOBBA`: as a station's files name it, in capitals; at most 64 characters, for it is also the id of a sensor. */
export const stationCodeSchema = z
  .string()
  .max(64)
  .regex(
    /^[A-Z0-9][A-Z0-9-]{0,31}_[A-Z0-9-]{1,32}_[A-Z0-9-]{1,32}$/,
    '<province>_<facility>_<station>, capitals, digits and "-"',
  );

export type Classified = { readonly class?: StationClass | undefined; readonly referenceStation: boolean };

/** The class of a station. One that anything calls a reference station is one: the doubt is on the side of publishing less. */
export const stationClassOf = (station: Classified): StationClass =>
  station.referenceStation ? 'reference' : (station.class ?? 'automatic');

/**
 * Whether an index (VN_AQI, VN_WQI) may be published for a station. A reference station may publish concentrations only: Thông tư
 * 10/2021/TT-BTNMT, Điều 29 (its data serve as AQI only where Điều 30 khoản 1 điểm a, khoản 2 and Điều 31 are met).
 */
export const mayPublishIndex = (station: Classified): boolean => stationClassOf(station) !== 'reference';
