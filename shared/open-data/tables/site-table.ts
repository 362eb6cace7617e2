import { column, type Table } from './table.ts';

export const siteTable: Table = {
  name: 'stations',
  title: { en: 'Stations and bins', vi: 'Trạm quan trắc và thùng rác' },
  columns: [
    column('id', 'text', 'Id', 'Mã'),
    column('kind', 'text', 'air, water or bin', 'air (không khí), water (nước) hoặc bin (thùng rác)'),
    column('name', 'text', 'Name', 'Tên'),
    column('latitude', 'number', 'Degrees north, WGS 84', 'Vĩ độ, WGS 84'),
    column('longitude', 'number', 'Degrees east, WGS 84', 'Kinh độ, WGS 84'),
    column('positionApproximate', 'boolean', 'True where nobody has surveyed it yet', 'true nếu chưa đo đạc vị trí'),
    column('ward', 'text', 'Ward', 'Phường, xã'),
    column('stream', 'text', 'What a bin is for', 'Nhóm rác của thùng'),
    column('capacityLitres', 'number', 'Capacity of a bin in litres', 'Dung tích thùng, lít'),
    column('referenceStation', 'boolean', 'Reference station (Circular 10/2021, Art. 29)', 'Trạm tham khảo'),
    column('sensorIds', 'text', 'Its sensors, separated by spaces', 'Các cảm biến, cách nhau bởi dấu cách'),
    column('stationClass', 'text', 'Class of a station', 'Loại trạm'),
    column('mayPublishIndex', 'boolean', 'Whether an index may be published', 'Được phép công bố chỉ số'),
  ],
  key: ['id'],
};
