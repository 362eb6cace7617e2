import type { DayEventBody } from '../api/plan-life.ts';

/** The words for planning the rest of a day anew, in both languages. */
export type ReplanWords = {
  readonly replan: string;
  readonly replanHeading: string;
  readonly replanHint: string;
  readonly whatHappened: string;
  readonly events: Readonly<Record<DayEventBody['kind'], string>>;
  readonly truck: string;
  readonly bin: string;
  readonly choose: string;
  readonly reason: string;
  readonly minutesLate: string;
  readonly areaCentre: string;
  readonly areaBy: string;
  readonly areaByBin: string;
  readonly areaByOutline: string;
  readonly areaOutline: string;
  readonly areaOutlineHint: string;
  readonly since: string;
  readonly eventKind: string;
  readonly eventIncomplete: string;
  readonly noOtherTrucks: string;
  readonly noStoppedTrucks: string;
  readonly backSince: string;
  readonly backFrom: string;
  readonly backFromDepot: string;
  readonly backFromLastPlace: string;
  readonly backEmptied: string;
  readonly nothingClosed: string;
  readonly closedArea: string;
  readonly openSince: string;
  readonly radius: string;
  readonly until: string;
  readonly addEvent: string;
  readonly removeEvent: (event: string) => string;
  readonly replanWhy: string;
  readonly askReplan: string;
  readonly replanning: string;
  readonly replanned: (version: string) => string;
  readonly replanFailed: (reason: string) => string;
};

export const replanVi: ReplanWords = {
  replan: 'Lập lại …',
  replanHeading: 'Lập lại phần còn lại của ngày',
  replanHint: 'Điểm đã xong và đã khóa được giữ nguyên. Kết quả là phiên bản mới, cần ban hành.',
  whatHappened: 'Chuyện gì xảy ra',
  events: {
    'truck-out': 'Xe ngừng hoạt động',
    'truck-back': 'Xe chạy lại',
    'area-opened': 'Khu vực mở lại sớm',
    overflow: 'Thùng đầy tràn',
    'area-closed': 'Khu vực bị chặn',
    'crew-late': 'Tổ bị trễ',
    'truck-joins': 'Thêm xe vào kế hoạch',
  },
  truck: 'Xe',
  bin: 'Thùng',
  choose: 'Chọn',
  reason: 'Lý do',
  minutesLate: 'Trễ (phút)',
  areaCentre: 'Quanh thùng',
  areaBy: 'Khu vực nào',
  areaByBin: 'Quanh một thùng rác',
  areaByOutline: 'Vẽ trên bản đồ hoặc ghi tọa độ',
  areaOutline: 'Các góc: vĩ độ, kinh độ',
  areaOutlineHint: 'Mỗi dòng một góc, như 10.98, 106.65; ít nhất ba góc. Cũng nhận GeoJSON.',
  since: 'Từ lúc (để trống: bây giờ)',
  eventKind: 'Loại sự việc',
  eventIncomplete: 'Chưa đủ: hãy điền hết các ô của sự việc này.',
  noOtherTrucks: 'Mọi xe đã đăng ký đều có trong kế hoạch.',
  noStoppedTrucks: 'Kế hoạch này không có xe nào đang ngừng.',
  backSince: 'Chạy lại từ lúc (để trống: bây giờ)',
  backFrom: 'Chạy lại từ đâu',
  backFromDepot: 'Từ bãi xe',
  backFromLastPlace: 'Từ nơi đã dừng',
  backEmptied: 'Rác trên xe đã được người khác lấy đi',
  nothingClosed: 'Không có khu vực nào đang bị chặn.',
  closedArea: 'Khu vực bị chặn',
  openSince: 'Mở lại từ lúc (để trống: bây giờ)',
  radius: 'Bán kính (m)',
  until: 'Đến giờ (để trống: cả ngày)',
  addEvent: 'Thêm sự việc',
  removeEvent: (event) => `Bỏ: ${event}`,
  replanWhy: 'Ghi chú cho phiên bản mới (không bắt buộc)',
  askReplan: 'Lập lại',
  replanning: 'Đang lập lại …',
  replanned: (version) => `Đã có phiên bản ${version}. Xem thay đổi rồi ban hành.`,
  replanFailed: (reason) => `Không lập lại được: ${reason}`,
};

export const replanEn: ReplanWords = {
  replan: 'Re-plan …',
  replanHeading: 'Re-plan the rest of the day',
  replanHint: 'What is done or locked stays. The outcome is a new version, which has to be published.',
  whatHappened: 'What happened',
  events: {
    'truck-out': 'Truck out of service',
    'truck-back': 'Truck back in service',
    'area-opened': 'Area open again',
    overflow: 'Bin overflowing',
    'area-closed': 'Area closed',
    'crew-late': 'Crew late',
    'truck-joins': 'A truck joins',
  },
  truck: 'Truck',
  bin: 'Bin',
  choose: 'Choose',
  reason: 'Reason',
  minutesLate: 'Minutes late',
  areaCentre: 'Around bin',
  areaBy: 'Which area',
  areaByBin: 'Around a bin',
  areaByOutline: 'Drawn on the map, or typed',
  areaOutline: 'Corners: latitude, longitude',
  areaOutlineHint: 'A corner a line, like 10.98, 106.65; at least three. GeoJSON is read, too.',
  since: 'Since (empty: now)',
  eventKind: 'Kind of event',
  eventIncomplete: 'Something is missing: fill in all fields of this event.',
  noOtherTrucks: 'Every registered truck is in the plan.',
  noStoppedTrucks: 'No truck of this plan is out of service.',
  backSince: 'Back since (empty: now)',
  backFrom: 'Where it starts',
  backFromDepot: 'From its depot',
  backFromLastPlace: 'From where it stopped',
  backEmptied: 'Somebody else has taken what was on board',
  nothingClosed: 'No area is closed.',
  closedArea: 'Closed area',
  openSince: 'Open since (empty: now)',
  radius: 'Radius (m)',
  until: 'Until (empty: all day)',
  addEvent: 'Add event',
  removeEvent: (event) => `Remove: ${event}`,
  replanWhy: 'Note for the new version (optional)',
  askReplan: 'Re-plan',
  replanning: 'Re-planning …',
  replanned: (version) => `Version ${version} is ready. Look at the changes, then publish.`,
  replanFailed: (reason) => `No re-plan could be made: ${reason}`,
};
