import { column, type Table } from './table.ts';

/** One reading a row; `measuredAtLocal` is the same instant as `measuredAt`. */
export const readingTable: Table = {
  name: 'readings',
  title: { en: 'Readings as they were measured', vi: 'Số đo trực tiếp' },
  columns: [
    column('stationId', 'text', 'Bin or station that the sensor observes', 'Thùng rác hoặc trạm mà cảm biến quan trắc'),
    column('sensorId', 'text', 'Sensor', 'Cảm biến'),
    column('quantity', 'text', 'What was measured', 'Đại lượng đo'),
    column(
      'value',
      'number',
      'Empty where the value is missing, never zero',
      'Trống nếu thiếu số liệu, không bao giờ là 0',
    ),
    column('unit', 'text', 'Unit of the value', 'Đơn vị'),
    column('measuredAt', 'instant', 'When it was measured, UTC', 'Thời điểm đo, UTC'),
    column('measuredAtLocal', 'local-instant', 'When it was measured, city time', 'Thời điểm đo, giờ địa phương'),
    column(
      'flag',
      'integer',
      'QARTOD: 1 good, 2 not evaluated, 3 suspect, 4 fail, 9 missing',
      'QARTOD: 1 tốt, 2 chưa đánh giá, 3 nghi ngờ, 4 hỏng, 9 thiếu',
    ),
    column('test', 'text', 'The quality test that decided the flag', 'Phép kiểm tra chất lượng đã quyết định cờ'),
  ],
  key: ['sensorId', 'quantity', 'measuredAt'],
};
