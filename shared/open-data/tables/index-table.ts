import { airPollutants } from '../../environment/indices/aqi-parts.ts';
import { column, type Table } from './table.ts';

/** An index a row: what QĐ 1459/QĐ-TCMT, Bảng 3, wants told, in one level of columns. */
export const indexTable: Table = {
  name: 'indices',
  title: { en: 'Indices of the air', vi: 'Chỉ số chất lượng không khí' },
  columns: [
    column('stationId', 'text', 'Station', 'Trạm'),
    column('stationName', 'text', 'Its name', 'Tên trạm'),
    column('latitude', 'number', 'Degrees north, WGS 84', 'Vĩ độ, WGS 84'),
    column('longitude', 'number', 'Degrees east, WGS 84', 'Kinh độ, WGS 84'),
    column('series', 'text', 'The quantity that /readings has its past under', 'Tên chuỗi trong /readings'),
    column('endsAt', 'instant', 'End of the hour or day, UTC', 'Kết thúc giờ hoặc ngày, UTC'),
    column(
      'endsAtLocal',
      'local-instant',
      'End of the hour or day, city time',
      'Kết thúc giờ hoặc ngày, giờ địa phương',
    ),
    column('index', 'text', 'Which index', 'Chỉ số'),
    column('value', 'number', 'Empty where it cannot be computed: see reason', 'Trống nếu không tính được: xem reason'),
    column('categoryLevel', 'integer', 'Category, 1 the best', 'Mức, 1 là tốt nhất'),
    column('categoryEn', 'text', 'Category in English', 'Mức, tiếng Anh'),
    column('categoryVi', 'text', 'Category in Vietnamese', 'Mức, tiếng Việt'),
    column('colour', 'text', 'Colour of the category, #rrggbb', 'Màu của mức, #rrggbb'),
    column('dominant', 'text', 'The pollutant that decided', 'Chất quyết định'),
    ...airPollutants.map((name) => column(name, 'number', `Sub-index of ${name}`, `Chỉ số thành phần ${name}`)),
    column('completeness', 'number', 'Share of the data that is there, 0 to 1', 'Tỷ lệ số liệu, 0 đến 1'),
    column('adviceEn', 'text', 'Advice in English', 'Khuyến nghị, tiếng Anh'),
    column('adviceVi', 'text', 'Advice in Vietnamese', 'Khuyến nghị, tiếng Việt'),
    column(
      'sensitiveAdviceEn',
      'text',
      'Advice for sensitive people, English',
      'Khuyến nghị cho người nhạy cảm, tiếng Anh',
    ),
    column('sensitiveAdviceVi', 'text', 'The same in Vietnamese', 'Khuyến nghị cho người nhạy cảm, tiếng Việt'),
    column('reason', 'text', 'Why it cannot be computed, a code', 'Lý do không tính được, mã'),
    column('reasonEn', 'text', 'Why it cannot be computed, English', 'Lý do không tính được, tiếng Anh'),
    column('reasonVi', 'text', 'Why it cannot be computed, Vietnamese', 'Lý do không tính được, tiếng Việt'),
    column('methodVersion', 'text', 'Decision and version of the method', 'Quyết định và phiên bản phương pháp'),
    column('source', 'text', 'Whose data it is made of', 'Nguồn số liệu'),
  ],
  key: ['stationId', 'series'],
};
