import type { AirPollutant } from './aqi-parts.ts';
import type { IndexCategory } from './index-result.ts';
import type { Point } from './interpolate.ts';

/** QĐ 1459/QĐ-TCMT of 12 November 2019, Bảng 2: I of each row. */
const levels = [0, 50, 100, 150, 200, 300, 400, 500];

const column = (...concentrations: readonly number[]): readonly Point[] =>
  concentrations.map((concentration, row) => [concentration, levels[row] ?? 0]);

/**
 * Bảng 2: break-points in µg/m³, CO too. They are continuous: a row ends where the next begins. The last row is printed with "≥", and the
 * text says nothing of what lies beyond: the sub-index stays at 500. O3 over 8 hours has no value above 400 µg/m³.
 */
export const vnAqiPoints: Readonly<Record<Exclude<AirPollutant, 'o3'> | 'o3Of1h' | 'o3Of8h', readonly Point[]>> = {
  o3Of1h: column(0, 160, 200, 300, 400, 800, 1_000, 1_200),
  o3Of8h: column(0, 100, 120, 170, 210, 400),
  co: column(0, 10_000, 30_000, 45_000, 60_000, 90_000, 120_000, 150_000),
  so2: column(0, 125, 350, 550, 800, 1_600, 2_100, 2_630),
  no2: column(0, 100, 200, 700, 1_200, 2_350, 3_100, 3_850),
  pm10: column(0, 50, 150, 250, 350, 420, 500, 600),
  pm25: column(0, 25, 50, 80, 150, 250, 350, 500),
};

/** Above this the sub-index of O3 over 8 hours is not computed, and that over 1 hour decides (Bảng 2, note). */
export const O3_OF_8H_LIMIT = 400;

const stayInVi = 'Ở trong nhà, đóng cửa; nếu phải ra ngoài đeo khẩu trang đạt tiêu chuẩn';
const stayIn = 'Stay indoors with the doors and windows shut; if you must go out, wear a mask that meets the standard';

/**
 * Names, colours and advice: QĐ 1459, Bảng 1 and its table of advice, the Vietnamese shortened, the English our translation. Of the last
 * band the decision has one cell for everybody.
 */
export const vnAqiCategories: readonly IndexCategory[] = [
  {
    level: 1,
    min: 0,
    max: 50,
    nameEn: 'Good',
    nameVi: 'Tốt',
    colourEn: 'Green',
    colourVi: 'Xanh',
    rgb: [0, 228, 0],
    healthEn: 'The air is good and does not affect health',
    healthVi: 'Chất lượng không khí tốt, không ảnh hưởng tới sức khỏe',
    adviceEn: 'Be outdoors as you like',
    adviceVi: 'Tự do thực hiện các hoạt động ngoài trời',
    sensitiveAdviceEn: 'Be outdoors as you like',
    sensitiveAdviceVi: 'Tự do thực hiện các hoạt động ngoài trời',
  },
  {
    level: 2,
    min: 51,
    max: 100,
    nameEn: 'Moderate',
    nameVi: 'Trung bình',
    colourEn: 'Yellow',
    colourVi: 'Vàng',
    rgb: [255, 255, 0],
    healthEn:
      'Acceptable; sensitive people (the old, children, those with lung or heart disease) may be affected somewhat',
    healthVi:
      'Chấp nhận được; người nhạy cảm (người già, trẻ em, người mắc bệnh hô hấp, tim mạch…) có thể chịu tác động nhất định',
    adviceEn: 'Be outdoors as you like',
    adviceVi: 'Tự do thực hiện các hoạt động ngoài trời',
    sensitiveAdviceEn: 'Watch for coughing or shortness of breath; you can still be active outdoors',
    sensitiveAdviceVi: 'Nên theo dõi các triệu chứng như ho hoặc khó thở, nhưng vẫn có thể hoạt động bên ngoài',
  },
  {
    level: 3,
    min: 101,
    max: 150,
    nameEn: 'Unhealthy for sensitive groups',
    nameVi: 'Kém',
    colourEn: 'Orange',
    colourVi: 'Da cam',
    rgb: [255, 126, 0],
    healthEn: 'Sensitive people have health problems; others are little affected',
    healthVi: 'Người nhạy cảm gặp vấn đề sức khỏe, người bình thường ít ảnh hưởng',
    adviceEn:
      'With sore eyes, a cough or a sore throat, consider doing less outdoors; pupils can be outside, with less lasting exercise',
    adviceVi:
      'Có triệu chứng đau mắt, ho, đau họng nên cân nhắc giảm hoạt động ngoài trời; học sinh có thể hoạt động bên ngoài nhưng giảm tập thể dục kéo dài',
    sensitiveAdviceEn:
      'Do less that is strenuous and be outdoors less; people with asthma may need their medicine more often',
    sensitiveAdviceVi:
      'Nên giảm hoạt động mạnh và thời gian ngoài trời; người hen suyễn có thể cần dùng thuốc thường xuyên hơn',
  },
  {
    level: 4,
    min: 151,
    max: 200,
    nameEn: 'Unhealthy',
    nameVi: 'Xấu',
    colourEn: 'Red',
    colourVi: 'Đỏ',
    rgb: [255, 0, 0],
    healthEn: 'Everybody begins to be affected; sensitive people can be affected more',
    healthVi: 'Người bình thường bắt đầu bị ảnh hưởng; nhóm nhạy cảm có thể nghiêm trọng hơn',
    adviceEn: 'Do less that is strenuous outdoors, avoid lasting exercise, rest indoors more',
    adviceVi: 'Giảm hoạt động mạnh ngoài trời, tránh tập thể dục kéo dài, nghỉ ngơi trong nhà nhiều hơn',
    sensitiveAdviceEn:
      'Stay indoors, do less that is strenuous; if you must go out, wear a mask that meets the standard',
    sensitiveAdviceVi: 'Nên ở trong nhà, giảm hoạt động mạnh; nếu phải ra ngoài đeo khẩu trang đạt tiêu chuẩn',
  },
  {
    level: 5,
    min: 201,
    max: 300,
    nameEn: 'Very unhealthy',
    nameVi: 'Rất xấu',
    colourEn: 'Purple',
    colourVi: 'Tím',
    rgb: [143, 63, 151],
    healthEn: 'Warning: everybody’s health is affected more seriously',
    healthVi: 'Cảnh báo: mọi người bị ảnh hưởng sức khỏe nghiêm trọng hơn',
    adviceEn:
      'Be outdoors as little as possible, move indoors; if you must go out, wear a mask that meets the standard',
    adviceVi:
      'Hạn chế tối đa hoạt động ngoài trời, chuyển vào trong nhà; nếu phải ra ngoài đeo khẩu trang đạt tiêu chuẩn',
    sensitiveAdviceEn: 'Stay indoors and do less that is strenuous',
    sensitiveAdviceVi: 'Nên ở trong nhà và giảm hoạt động mạnh',
  },
  {
    level: 6,
    min: 301,
    max: 500,
    nameEn: 'Hazardous',
    nameVi: 'Nguy hại',
    colourEn: 'Maroon',
    colourVi: 'Nâu',
    rgb: [126, 0, 35],
    healthEn: 'Emergency: everybody’s health is affected seriously',
    healthVi: 'Cảnh báo khẩn cấp: toàn bộ dân số bị ảnh hưởng nghiêm trọng',
    adviceEn: stayIn,
    adviceVi: stayInVi,
    sensitiveAdviceEn: stayIn,
    sensitiveAdviceVi: stayInVi,
  },
];
